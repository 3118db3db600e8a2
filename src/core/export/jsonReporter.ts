/** The report for scripts: the object itself, its keys in a fixed order, in pieces that need no second copy of it. */
import type { FileReport, Finding, Report } from "../../shared/report.ts";
import { visibleJson } from "./visibleJson.ts";

type KeysOf<Shape> = readonly (keyof Shape & string)[];

const REPORT_KEYS: KeysOf<Report> = [
  "schema",
  "tool",
  "run",
  "coverage",
  "suppressed",
  "files",
  "findings",
  "refuted",
  "usage",
  "cost",
  "cache",
  "latency",
  "memory",
  "tools",
];
const FILE_KEYS: KeysOf<FileReport> = [
  "path",
  "status",
  "reason",
  "language",
  "sizeBytes",
  "durationMs",
  "model",
  "modelReason",
  "costUsd",
  "findings",
];
const FINDING_KEYS: KeysOf<Finding> = [
  "id",
  "path",
  "startLine",
  "startColumn",
  "endLine",
  "endColumn",
  "severity",
  "category",
  "rule",
  "title",
  "detail",
  "quote",
  "fix",
  "confidence",
  "source",
  "secondLook",
];

const ENTRIES_A_PIECE = 200;

export function* renderJson(report: Report): Generator<string> {
  yield* inOneObject(orderedKeys(report, REPORT_KEYS).map((key) => [key, renderEntry(report, key)]));
}

/** One key of a report with its value as `renderJson` writes it; bytes are UTF-8. */
export type JsonEntry = readonly [key: string, text: string | Uint8Array];

export function jsonEntries(report: Report): JsonEntry[] {
  return orderedKeys(report, REPORT_KEYS).map((key) => [key, [...renderEntry(report, key)].join("")]);
}

/** As `renderJson`, of a report that was written before. */
export function* renderEntries(entries: readonly JsonEntry[]): Generator<string | Uint8Array> {
  yield* inOneObject(entries.map(([key, text]) => [key, [text]]));
}

/** For an entry of a report, below which others stand. */
export function entryText(value: unknown): string {
  return visibleJson(value, 1);
}

function* inOneObject<Piece>(entries: readonly (readonly [string, Iterable<Piece>])[]): Generator<string | Piece> {
  for (const [index, [key, pieces]] of entries.entries()) {
    yield `${index === 0 ? "{" : ","}\n  ${JSON.stringify(key)}: `;
    yield* pieces;
  }
  yield "\n}\n";
}

function* renderEntry(report: Report, key: keyof Report & string): Generator<string> {
  if (key === "files") yield* renderList(report.files, FILE_KEYS);
  else if (key === "findings") yield* renderList(report.findings, FINDING_KEYS);
  else if (key === "refuted") yield* renderList(report.refuted ?? [], FINDING_KEYS);
  else yield entryText(report[key]);
}

/** One value as a document of its own. */
export function renderJsonValue(value: unknown): string {
  return `${visibleJson(value, 0)}\n`;
}

function* renderList<Entry extends object>(entries: readonly Entry[], keys: KeysOf<Entry>): Generator<string> {
  if (entries.length === 0) return yield "[]";
  for (let start = 0; start < entries.length; start += ENTRIES_A_PIECE) {
    const piece = visibleJson(
      entries.slice(start, start + ENTRIES_A_PIECE).map((entry) => inOrder(entry, keys)),
      1,
    );
    yield `${start === 0 ? "[" : ","}${piece.slice("[".length, -"\n  ]".length)}`;
  }
  yield "\n  ]";
}

function inOrder<Shape extends object>(value: Shape, keys: KeysOf<Shape>): object {
  const own = Object.keys(value);
  if (keys.every((key, at) => own[at] === key)) return value;
  return Object.fromEntries(orderedKeys(value, keys).map((key) => [key, value[key]]));
}

/** Known keys first; what a later version adds follows as it comes. */
function orderedKeys<Shape extends object>(value: Shape, keys: KeysOf<Shape>): (keyof Shape & string)[] {
  const own = Object.keys(value) as (keyof Shape & string)[];
  return [...keys.filter((key) => own.includes(key)), ...own.filter((key) => !keys.includes(key))];
}
