/** Small numbers that all processes of the store go by. */
import type { DatabaseSync } from "node:sqlite";

export type MarkName = "reviews" | "maintained";

export interface Marks {
  read(name: MarkName): number;
  /** Call inside a transaction. */
  write(name: MarkName, value: number): void;
  /** Call inside a transaction. */
  raise(name: MarkName): void;
}

export function createMarks(db: DatabaseSync): Marks {
  const select = db.prepare("SELECT value FROM marks WHERE name = ?");
  const upsert = db.prepare("INSERT OR REPLACE INTO marks VALUES (?, ?)");
  const read = (name: MarkName) => Number(select.get(name)?.["value"] ?? 0);
  return {
    read,
    write: (name, value) => void upsert.run(name, value),
    raise: (name) => void upsert.run(name, read(name) + 1),
  };
}
