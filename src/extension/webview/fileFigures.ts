import type { RunEvent } from "../../shared/events.ts";
import type { FileFigures, FileOrder, FileTable, FileWish } from "../../shared/panelFigures.ts";
import type { FileReport, Report } from "../../shared/report.ts";

type Asked = NonNullable<FileFigures["asked"]>;

/** Every file that took time or money, and why. */
export interface FileFiguresReader {
  push(event: RunEvent): void;
  table(wish: FileWish): FileTable;
}

/** During a run the order is renewed as events come, but not for every message: sorting ten thousand takes its time. */
const SORT_AGAIN_MS = 500;

export function createFileFiguresReader(): FileFiguresReader {
  let asked = new Map<string, Asked>();
  let files: FileFigures[] = [];
  let nowMs = 0;
  let isOver = false;
  let sorted: {
    readonly order: FileOrder;
    readonly atMs: number;
    readonly count: number;
    readonly rows: readonly FileFigures[];
  } | null = null;

  const note = (paths: readonly string[], change: (before: Asked) => Partial<Asked>) => {
    for (const path of paths) {
      const before = asked.get(path) ?? NOTHING_ASKED;
      asked.set(path, { ...before, ...change(before) });
    }
  };

  const rowsIn = (order: FileOrder) => {
    const isFresh =
      sorted?.order === order && (sorted.count === files.length || (!isOver && nowMs - sorted.atMs < SORT_AGAIN_MS));
    if (!sorted || !isFresh) sorted = { order, atMs: nowMs, count: files.length, rows: sortFiles(files, order) };
    return sorted.rows;
  };

  return {
    push(event) {
      nowMs = event.monotonicMs;
      switch (event.type) {
        case "run-start":
          asked = new Map();
          files = [];
          sorted = null;
          isOver = false;
          return;
        case "request-start":
          return note(event.paths, ({ requests, retries }) => ({
            requests: requests + 1,
            retries: retries + (event.attempt > 1 ? 1 : 0),
          }));
        case "request-end":
          return note(event.paths, (before) => ({
            failed: before.failed + (event.outcome === "failed" ? 1 : 0),
            inputTokens: before.inputTokens + (event.usage?.inputTokens ?? 0),
            cachedInputTokens: before.cachedInputTokens + (event.usage?.cachedInputTokens ?? 0),
            outputTokens: before.outputTokens + (event.usage?.outputTokens ?? 0),
          }));
        case "file-end": {
          const { path, durationMs, costUsd } = event;
          if (isOfNote(durationMs, costUsd)) files.push(figuresOf(event, asked.get(path) ?? NOTHING_ASKED));
          asked.delete(path);
          return;
        }
        case "run-end":
          isOver = true;
          sorted = null;
          return;
        default:
      }
    },
    table: (wish) => part(rowsIn(wish.order), wish),
  };
}

/** Of a stored report: what was asked is not in it. */
export function reportFileTable(report: Report, wish: FileWish): FileTable {
  const files = report.files
    .filter(({ durationMs, costUsd }) => isOfNote(durationMs, costUsd))
    .map((file) => figuresOf(file, null));
  return part(sortFiles(files, wish.order), wish);
}

type Ended = Omit<FileReport, "findings">;

function figuresOf(file: Ended, asked: Asked | null): FileFigures {
  const { path, status, reason, durationMs: ms, costUsd, model, modelReason = null } = file;
  return { path, status, reason, ms, costUsd, model, modelReason, asked };
}

const NOTHING_ASKED: Asked = {
  requests: 0,
  retries: 0,
  failed: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
};

function isOfNote(ms: number, costUsd: number | null): boolean {
  return ms > 0 || costUsd === null || costUsd > 0;
}

const byPath = (a: FileFigures, b: FileFigures) => (a.path < b.path ? -1 : 1);
const price = ({ costUsd }: FileFigures) => costUsd ?? Infinity;

/** Of the dearest: those that cost something, unknown ones first, for nobody knows how dear they were. */
function sortFiles(files: readonly FileFigures[], order: FileOrder): readonly FileFigures[] {
  if (order === "slowest") return files.filter(({ ms }) => ms > 0).toSorted((a, b) => b.ms - a.ms || byPath(a, b));
  return files
    .filter(({ costUsd }) => costUsd !== 0)
    .toSorted((a, b) => (price(a) === price(b) ? byPath(a, b) : price(b) - price(a)));
}

function part(rows: readonly FileFigures[], { order, from, count }: FileWish): FileTable {
  const start = Math.min(from, Math.max(0, rows.length - 1));
  return { order, from: start, total: rows.length, rows: rows.slice(start, start + count) };
}
