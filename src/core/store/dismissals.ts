/** What people have dismissed on this machine, by folder: another workspace with the same folder sees the same. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Dismissal, DismissalReason, DismissalTarget, NewDismissal } from "../../shared/dismissal.ts";
import { OnceoverError } from "../../shared/errors.ts";
import type { Folder } from "../engine.ts";

/** In place of a fingerprint: a whole rule in that file. */
const RULE_MARK = "rule:";

export type Dismissals = ReturnType<typeof createDismissals>;

export function createDismissals(db: DatabaseSync, now: () => number) {
  const select = db.prepare("SELECT * FROM dismissals WHERE folder = ? ORDER BY created_at, path, finding");
  const insert = db.prepare(
    `INSERT OR REPLACE INTO dismissals (folder, path, finding, rule, title, reason, note, author, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = db.prepare("DELETE FROM dismissals WHERE folder = ? AND path = ? AND finding = ?");

  return {
    list: (folders: readonly Folder[]): Dismissal[] =>
      folders.flatMap((folder) => select.all(realPath(folder)).map((row) => toDismissal(row, folder))),
    /** The newer one of two about the same stands. */
    add(folders: readonly Folder[], added: readonly NewDismissal[]): void {
      for (const one of added) {
        const [folder, relative, finding] = placeOf(one, folders);
        insert.run(folder, relative, finding, one.rule, one.title, one.reason, one.note, userName(), now());
      }
    },
    /** Returns how many there were. */
    remove(folders: readonly Folder[], targets: readonly DismissalTarget[]): number {
      return targets.reduce((sum, one) => {
        const [folder, relative, finding] = placeOf(one, folders);
        return sum + Number(remove.run(folder, relative, finding).changes);
      }, 0);
    },
  };
}

/** Folder, path in it, and what of it: the row's key. */
function placeOf({ id, path: reported, rule }: DismissalTarget, folders: readonly Folder[]) {
  const folder = folders.find((one) => reported.startsWith(one.prefix));
  if (!folder) throw new OnceoverError("usage", "The file is in none of the folders.");
  return [realPath(folder), reported.slice(folder.prefix.length), id ?? `${RULE_MARK}${rule}`] as const;
}

function realPath({ path: folder }: Folder): string {
  return fs.realpathSync(folder);
}

function toDismissal(row: Readonly<Record<string, unknown>>, folder: Folder): Dismissal {
  const relative = String(row["path"]);
  return {
    id: String(row["finding"]).startsWith(RULE_MARK) ? null : String(row["finding"]),
    path: folder.prefix + relative,
    rule: String(row["rule"]),
    title: String(row["title"]),
    reason: String(row["reason"]) as DismissalReason,
    note: String(row["note"]),
    author: String(row["author"]),
    createdAtMs: Number(row["created_at"]),
    isMoved: !fs.existsSync(path.join(folder.path, relative)),
    isShared: false,
  };
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return ""; // A container may run under a user that has no name.
  }
}
