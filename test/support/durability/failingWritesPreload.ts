/**
 * Loaded into worker threads by NODE_OPTIONS: makes one write to the database fail as a disk does, or that one and all
 * behind it. Writes are what changes rows, and commits, in the order in which they come.
 */
import { Buffer } from "node:buffer";
import fs from "node:fs";
import { DatabaseSync, StatementSync } from "node:sqlite";

export interface WriteFault {
  readonly kind: "full" | "io" | "read-only";
  /** 1: the first write. */
  readonly at: number;
  readonly isLasting: boolean;
  /** Where the number of writes so far is written down; null: nowhere. */
  readonly countFile: string | null;
}

const SAID = {
  full: { errcode: 13, message: "database or disk is full" },
  io: { errcode: 10, message: "disk I/O error" },
  "read-only": { errcode: 8, message: "attempt to write a readonly database" },
} as const;

const { kind, at, isLasting, countFile } = JSON.parse(
  Buffer.from(process.env["ONCEOVER_WRITE_FAULT"] ?? "", "base64").toString(),
) as WriteFault;

let count = 0;

function step(): void {
  count++;
  if (countFile !== null) fs.writeFileSync(countFile, String(count));
  if (count !== at && !(isLasting && count > at)) return;
  const { message, errcode } = SAID[kind];
  throw Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR", errcode });
}

const { exec } = DatabaseSync.prototype;
const { run } = StatementSync.prototype;

DatabaseSync.prototype.exec = function (sql) {
  if (sql.startsWith("COMMIT")) {
    try {
      step();
    } catch (error) {
      // A full disk has undone the transaction by the time that it says so.
      exec.call(this, "ROLLBACK");
      throw error;
    }
  }
  return exec.call(this, sql);
};

StatementSync.prototype.run = function (this: StatementSync, ...values: Parameters<typeof run>) {
  step();
  return run.apply(this, values);
} as typeof run;
