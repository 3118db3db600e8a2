/** What a team ignores, in its repository's own file. Runs in the store's thread. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Dismissal, DismissalTarget, NewDismissal } from "../../shared/dismissal.ts";
import { describeError, OnceoverError } from "../../shared/errors.ts";
import type { Folder } from "../engine.ts";
import { IGNORE_FILE, readIgnoreFile, renderIgnoreFile, type IgnoredEntry } from "../review/suppression/ignoreFile.ts";

export function listShared(folders: readonly Folder[]): Dismissal[] {
  return folders.flatMap((folder) =>
    readIgnoreFile(folder.path).entries.map(({ since, ...entry }): Dismissal => ({
      ...entry,
      path: folder.prefix + entry.path,
      author: "",
      createdAtMs: Date.parse(since) || 0,
      isMoved: !fs.existsSync(path.join(folder.path, entry.path)),
      isShared: true,
    })),
  );
}

/** Whether the team of the folder keeps such a file, which can be read. */
export function isShared(folder: Folder): boolean {
  const { exists, problem } = readIgnoreFile(folder.path);
  return exists && problem === null;
}

/**
 * Writes the file where there is none yet.
 * @throws OnceoverError `usage` when it does not count or cannot be written
 */
export function addShared(folder: Folder, added: readonly NewDismissal[], nowMs: number): void {
  if (added.length === 0) return;
  const { entries, problem } = readIgnoreFile(folder.path);
  if (problem !== null) throw new OnceoverError("usage", problem, { advice: "Mend the file or remove it." });
  const since = new Date(nowMs).toISOString();
  const next = new Map(entries.map((entry) => [keyOf(entry), entry]));
  for (const { id, path: reported, rule, title, reason, note } of added) {
    const entry = { id, path: reported.slice(folder.prefix.length), rule, title, reason, note, since };
    next.set(keyOf(entry), entry);
  }
  write(folder, [...next.values()]);
}

/** Returns how many there were. */
export function removeShared(folder: Folder, targets: readonly DismissalTarget[]): number {
  const { entries, problem } = readIgnoreFile(folder.path);
  if (problem !== null || entries.length === 0) return 0;
  const gone = new Set(targets.map((one) => keyOf({ ...one, path: one.path.slice(folder.prefix.length) })));
  const kept = entries.filter((entry) => !gone.has(keyOf(entry)));
  if (kept.length < entries.length) write(folder, kept);
  return entries.length - kept.length;
}

/** There is at most one for a finding (or rule) and a path. */
function keyOf({ path: place, id, rule }: DismissalTarget): string {
  return JSON.stringify(id === null ? [place, null, rule] : [place, id]);
}

/** Beside it first: whoever reads it meanwhile, or finds the disk full, has the one before. */
function write(folder: Folder, entries: readonly IgnoredEntry[]): void {
  const target = path.join(folder.path, IGNORE_FILE);
  const unfinished = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(unfinished, renderIgnoreFile(entries), { flag: "wx" });
    fs.renameSync(unfinished, target);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw new OnceoverError("usage", `${IGNORE_FILE} could not be written: ${describeError(error)}`, {
      advice: "Make the folder writable.",
      cause: error,
    });
  }
}
