/**
 * The events of the current run that still matter to someone who opens a view late. Bounded by what a report holds:
 * a finding gives way to its whole self and to the end of its file, and of events that only replace one another the newest is kept.
 */
import type { RunEvent } from "../../shared/events.ts";

/** Of these only the newest counts. */
const replaced: ReadonlySet<RunEvent["type"]> = new Set([
  "snapshot",
  "plan",
  "concurrency",
  "connections",
  "money",
  "budget",
  "daily-budget",
  "memory",
]);

/** Facts about requests are summed up in the view of the run; no late reader needs each of them. */
const passing: ReadonlySet<RunEvent["type"]> = new Set(["request-start", "request-first-token", "request-end", "wait"]);

export interface EventHistory {
  /** A `run-start` forgets the run before it. */
  push(event: RunEvent): void;
  /** Kept events with a greater `seq`, in order. Costs what it returns and a binary search. */
  since(seq: number): readonly RunEvent[];
  /** Whether a file of this path has had a finding or has ended. */
  knows(path: string): boolean;
}

export function createEventHistory(): EventHistory {
  let kept: RunEvent[] = [];
  let dropped = new Set<RunEvent>();
  let newest = new Map<string, RunEvent>();
  let findings = new Map<string, Map<string, RunEvent>>();
  let paths = new Set<string>();

  function forget() {
    kept = [];
    dropped = new Set();
    newest = new Map();
    findings = new Map();
    paths = new Set();
  }

  function drop(event: RunEvent) {
    dropped.add(event);
    // Half of them gone: rewriting the list now keeps the price per event constant.
    if (dropped.size * 2 > kept.length) {
      kept = kept.filter((one) => !dropped.has(one));
      dropped = new Set();
    }
  }

  return {
    push(event) {
      if (event.type === "run-start") forget();
      if (passing.has(event.type)) return;
      kept.push(event);
      if (replaced.has(event.type)) {
        const before = newest.get(event.type);
        newest.set(event.type, event);
        if (before) drop(before);
      } else if (event.type === "finding") {
        const { path, id } = event.finding;
        paths.add(path);
        const ofFile = findings.get(path) ?? new Map<string, RunEvent>();
        const before = ofFile.get(id);
        if (before) drop(before);
        findings.set(path, ofFile.set(id, event));
      } else if (event.type === "file-end") {
        paths.add(event.path);
        for (const one of findings.get(event.path)?.values() ?? []) drop(one);
        findings.delete(event.path);
      }
    },
    since(seq) {
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (kept[middle]!.seq > seq) high = middle;
        else low = middle + 1;
      }
      const later = kept.slice(low);
      return dropped.size === 0 ? later : later.filter((event) => !dropped.has(event));
    },
    knows: (path) => paths.has(path),
  };
}
