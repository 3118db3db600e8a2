/**
 * `.onceover/ignore.json`: what a team has decided about findings, in its repository. Sorted and one field a line, so
 * that two people's entries merge; it holds titles, but no code.
 *
 *     { "schema": "onceover.ignore/1",
 *       "ignored": [ { "path": "src/a.ts", "id": "0123456789abcdef", "rule": "weak-hash", "title": "…",
 *                      "reason": "false-positive", "note": "a checksum", "since": "2026-11-21T10:00:00.000Z" } ] }
 *
 * An entry whose `id` is null is about all findings of its rule in the file.
 */
import fs from "node:fs";
import path from "node:path";
import { describeError } from "../../../shared/errors.ts";
import type { DismissalReason, NewDismissal } from "../../../shared/dismissal.ts";
import { readRegularFile } from "../../workspace/readRegularFile.ts";

export const IGNORE_FILE = ".onceover/ignore.json";
const IGNORE_SCHEMA = "onceover.ignore/1";

/** `path` is relative to the folder, with `/`. */
export interface IgnoredEntry extends NewDismissal {
  /** ISO 8601. */
  readonly since: string;
}

export interface IgnoreFile {
  readonly entries: readonly IgnoredEntry[];
  readonly exists: boolean;
  /** Why the file does not count; null when it does, or when there is none. */
  readonly problem: string | null;
}

/** @param folder absolute path of the workspace's folder; the caller has made sure that it is trusted */
export function readIgnoreFile(folder: string): IgnoreFile {
  const file = path.join(folder, IGNORE_FILE);
  if (!fs.existsSync(file)) return { entries: [], exists: false, problem: null };
  try {
    const text = readRegularFile(file, folder).toString("utf8");
    return { entries: parseIgnoreFile(text), exists: true, problem: null };
  } catch (error) {
    return { entries: [], exists: true, problem: `${IGNORE_FILE} does not count: ${describeError(error)}` };
  }
}

/** @throws Error saying what is wrong with it */
export function parseIgnoreFile(text: string): IgnoredEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error("it is not valid JSON.");
  }
  const { schema, ignored } = (content ?? {}) as Record<string, unknown>;
  if (schema !== IGNORE_SCHEMA) throw new Error(`its schema is not ${IGNORE_SCHEMA}.`);
  if (!Array.isArray(ignored)) throw new Error("what it ignores is not a list.");
  return ignored.map((entry: unknown, at) => readEntry(entry, at + 1));
}

export function renderIgnoreFile(entries: readonly IgnoredEntry[]): string {
  const sorted = entries.toSorted((a, b) => compare(orderOf(a), orderOf(b)));
  const ignored = sorted.map(({ path: place, id, rule, title, reason, note, since }) => {
    return { path: place, id, rule, title, reason, note, since };
  });
  return `${JSON.stringify({ schema: IGNORE_SCHEMA, ignored }, null, 2)}\n`;
}

const orderOf = ({ path: place, rule, id }: IgnoredEntry) => JSON.stringify([place, rule, id]);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function readEntry(entry: unknown, number: number): IgnoredEntry {
  const { path: place, id, rule, title, reason, note, since } = (entry ?? {}) as Record<string, unknown>;
  const wrong = (what: string) => new Error(`entry ${number}: ${what}`);
  if (typeof place !== "string" || place === "") throw wrong("its path is missing.");
  if (typeof rule !== "string" || rule === "") throw wrong("its rule is missing.");
  if (id !== null && typeof id !== "string") throw wrong("its id is neither text nor null.");
  if (!isReason(reason)) throw wrong("its reason is not one of false-positive, wont-fix and later.");
  return { path: place, id, rule, title: textOf(title), reason, note: textOf(note), since: textOf(since) };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

const REASONS: readonly unknown[] = ["false-positive", "wont-fix", "later"] satisfies readonly DismissalReason[];

function isReason(value: unknown): value is DismissalReason {
  return REASONS.includes(value);
}
