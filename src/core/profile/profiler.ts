/** Where a run's time goes: spans with a beginning, an end and a parent, in memory that does not grow with the run. */
import type { Percentiles } from "../../shared/report.ts";

/** What is measured. A span's name is one of these, so that a span costs a few numbers and no text. */
export const SPAN_NAMES = [
  "run",
  "plan",
  "look at files",
  "outline files",
  "make the plan",
  "open the model",
  "offline analysis",
  "batch",
  "review",
  "unit",
  "second look",
  "prepare",
  "queue",
  "request",
  "first token",
  "stream",
  "store",
  "parse",
  "report",
] as const;

export type SpanName = (typeof SPAN_NAMES)[number];

/** Which span it is; 0: none. Older spans than the profiler holds are forgotten, their numbers never used again. */
export type SpanId = number;

export interface Span {
  readonly id: SpanId;
  readonly name: SpanName;
  readonly parent: SpanId;
  /** Monotonic, milliseconds. */
  readonly startMs: number;
  /** null: under way. */
  readonly endMs: number | null;
  /** A path, a request's number: what tells it from others of its name. */
  readonly detail: string | null;
}

export interface SpanSummary {
  readonly name: SpanName;
  /** Of all that have ended, those that are held no more included. */
  readonly count: number;
  readonly totalMs: number;
  /** Of those that are held. */
  readonly ms: Percentiles;
}

export interface Profiler {
  begin(name: SpanName, parent?: SpanId, detail?: string): SpanId;
  /** A second end of the same span changes nothing. */
  end(id: SpanId): void;
  /** A span that was measured elsewhere. */
  add(name: SpanName, parent: SpanId, startMs: number, endMs: number): SpanId;
  /** What is held, in the order in which it began. */
  spans(): readonly Span[];
  /** How many were given up to keep within the capacity. */
  readonly dropped: number;
  summary(): readonly SpanSummary[];
  /** What the spans take, roughly. */
  readonly sizeBytes: number;
  clear(): void;
}

/** For whoever does not look: costs a call. */
export const noProfiler: Profiler = {
  begin: () => 0,
  end() {},
  add: () => 0,
  spans: () => [],
  dropped: 0,
  summary: () => [],
  sizeBytes: 0,
  clear() {},
};

const CAPACITY = 65_536;
/** Room for this many at first: most runs are small. */
const FIRST_ROOM = 1_024;
/** Two times, parent and name, and a reference to the detail, whose text belongs to others. */
const BYTES_PER_SPAN = 8 + 8 + 8 + 1 + 8;

/** The newest `capacity` spans in arrays of numbers: ending one is two numbers more, sorting waits until someone asks. */
export function createProfiler(monotonicMs: () => number, capacity = CAPACITY): Profiler {
  let held = createRoom(Math.min(FIRST_ROOM, capacity));
  /** Of the newest span: 1, 2, 3 … */
  let last = 0;
  /** Spans up to this one were cleared. */
  let cleared = 0;
  const counts = new Float64Array(SPAN_NAMES.length);
  const totals = new Float64Array(SPAN_NAMES.length);

  const slotOf = (id: SpanId) => (id - cleared - 1) % held.capacity;
  const isHeld = (id: SpanId) => id > cleared && id <= last && id > last - held.capacity;

  const put = (name: number, parent: SpanId, startMs: number, endMs: number, detail: string | null): SpanId => {
    if (last - cleared >= held.capacity && held.capacity < capacity)
      held = grow(held, Math.min(capacity, held.capacity * 2));
    const id = ++last;
    const slot = slotOf(id);
    held.names[slot] = name;
    held.parents[slot] = parent;
    held.starts[slot] = startMs;
    held.ends[slot] = endMs;
    held.details[slot] = detail;
    return id;
  };

  const count = (name: number, ms: number) => {
    counts[name]!++;
    totals[name]! += ms;
  };

  return {
    begin: (name, parent = 0, detail) => put(NUMBERS[name], parent, monotonicMs(), Number.NaN, detail ?? null),
    end(id) {
      if (!isHeld(id)) return;
      const slot = slotOf(id);
      if (!Number.isNaN(held.ends[slot]!)) return;
      const endMs = monotonicMs();
      held.ends[slot] = endMs;
      count(held.names[slot]!, endMs - held.starts[slot]!);
    },
    add(name, parent, startMs, endMs) {
      count(NUMBERS[name], endMs - startMs);
      return put(NUMBERS[name], parent, startMs, endMs, null);
    },
    spans() {
      const first = Math.max(cleared, last - held.capacity) + 1;
      return Array.from({ length: last - first + 1 }, (_, index): Span => {
        const id = first + index;
        const slot = slotOf(id);
        const endMs = held.ends[slot]!;
        return {
          id,
          name: SPAN_NAMES[held.names[slot]!]!,
          parent: held.parents[slot]!,
          startMs: held.starts[slot]!,
          endMs: Number.isNaN(endMs) ? null : endMs,
          detail: held.details[slot] ?? null,
        };
      });
    },
    get dropped() {
      return Math.max(0, last - cleared - held.capacity);
    },
    summary: () =>
      SPAN_NAMES.flatMap((name, number) => {
        if (counts[number] === 0) return [];
        return [{ name, count: counts[number]!, totalMs: totals[number]!, ms: percentilesOf(held, number) }];
      }),
    get sizeBytes() {
      return held.capacity * BYTES_PER_SPAN;
    },
    clear() {
      held = createRoom(Math.min(FIRST_ROOM, capacity));
      cleared = last;
      counts.fill(0);
      totals.fill(0);
    },
  };
}

const NUMBERS = Object.fromEntries(SPAN_NAMES.map((name, number) => [name, number])) as Record<SpanName, number>;

interface Room {
  readonly capacity: number;
  readonly names: Uint8Array;
  readonly parents: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly details: (string | null)[];
}

function createRoom(capacity: number): Room {
  return {
    capacity,
    names: new Uint8Array(capacity),
    parents: new Float64Array(capacity),
    starts: new Float64Array(capacity),
    // Not a time: an empty slot has no end.
    ends: new Float64Array(capacity).fill(Number.NaN),
    details: Array.from({ length: capacity }, () => null),
  };
}

/** Nearest rank: always one of the samples. */
function percentilesOf({ names, starts, ends }: Room, name: number): Percentiles {
  const lengths = starts.map((startMs, slot) => (names[slot] === name ? ends[slot]! - startMs : Number.NaN));
  // What is under way, or of another name, has no length.
  const sorted = lengths.filter((ms) => !Number.isNaN(ms)).toSorted();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

/** Called when the smaller room is full for the first time: slots keep their numbers. */
function grow(before: Room, capacity: number): Room {
  const room = createRoom(capacity);
  room.names.set(before.names);
  room.parents.set(before.parents);
  room.starts.set(before.starts);
  room.ends.set(before.ends);
  for (const [slot, detail] of before.details.entries()) room.details[slot] = detail;
  return room;
}
