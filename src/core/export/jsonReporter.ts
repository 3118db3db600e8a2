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
  const keys = orderedKeys(report, REPORT_KEYS);
  for (const [index, key] of keys.entries()) {
    yield `${index === 0 ? "{" : ","}\n  ${JSON.stringify(key)}: `;
    if (key === "files") yield* renderList(report.files, FILE_KEYS);
    else if (key === "findings") yield* renderList(report.findings, FINDING_KEYS);
    else if (key === "refuted") yield* renderList(report.refuted ?? [], FINDING_KEYS);
    else yield visibleJson(report[key], 1);
  }
  yield "\n}\n";
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
