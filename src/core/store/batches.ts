/** Batches that providers work on over night: what was handed over, and what is still out. */
import type { DatabaseSync } from "node:sqlite";
import type { PriceOverride } from "../../shared/settings.ts";
import type { AnchorSource } from "../review/anchor.ts";
import { isAlive } from "./leases.ts";
import { packJson } from "./packedJson.ts";
import { unpackRow } from "./sealedRows.ts";
import type { Intent } from "./intent.ts";
import type { Receipt, Settlement } from "./settlement.ts";

/** As in the schema. */
export type BatchState = "submitting" | "unclear" | "pending" | "cancelling" | "collected" | "refused";

/** Written before anything is sent. */
export interface NewBatch {
  readonly id: string;
  readonly runId: string;
  readonly workspace: string;
  readonly workspaceName: string;
  readonly provider: string;
  readonly model: string;
  readonly recipe: string;
  readonly origin: string;
  /** null: the provider's own. */
  readonly baseUrl: string | null;
  readonly prices: Readonly<Record<string, PriceOverride>>;
}

/** One request of a batch; `requestId` is its custom id there. */
export interface BatchUnit {
  readonly intent: Intent;
  readonly source: AnchorSource;
}

/** `answered` and `submitted`: nothing has to be sent. `held`: a run of another process asks for it right now. */
export type BatchUnitAnswer = "granted" | "answered" | "submitted" | "held" | "over-daily-budget";

export interface BatchRow extends NewBatch {
  readonly state: BatchState;
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly remoteId: string | null;
  readonly inputFileId: string | null;
  /** The provider's own word for how it stands. */
  readonly remoteState: string | null;
  /** Requests that the provider has done, as it says. */
  readonly remoteDone: number;
  readonly problem: string | null;
  readonly units: number;
  readonly reviewed: number;
  readonly failed: number;
  readonly expired: number;
  readonly reservedNano: number;
  readonly costNano: number;
  readonly maybeNano: number;
  /** The process that records and sends it still runs. */
  readonly hasOwner: boolean;
}

export type BatchNote = Partial<
  Pick<BatchRow, "state" | "expiresAtMs" | "remoteId" | "inputFileId" | "remoteState" | "remoteDone" | "problem">
>;

/** A unit that is still out. */
export interface OpenBatchUnit {
  readonly requestId: string;
  readonly key: string;
  readonly reservedNano: number;
  /** null: the row is damaged. */
  readonly source: AnchorSource | null;
}

/** How one request of a batch ended. */
export interface BatchUnitEnd {
  readonly requestId: string;
  readonly receipt: Receipt;
  /** null: there was no reply, and `code` says why. */
  readonly reply: { readonly raw: string; readonly settlement: Settlement } | null;
  readonly code: string | null;
}

/** The code of a request that its batch did not come to: it is not billed. */
export const EXPIRED_CODE = "batch-expired";

/** Of the store's port: what concerns batches. */
export interface BatchStore {
  /**
   * Batch and intents in one commit, for the units that are granted; none of them: no batch.
   * @param dailyLimitNano what the day may cost with them; null: there is no daily budget
   * @returns one answer a unit
   */
  recordBatch(
    batch: NewBatch,
    units: readonly BatchUnit[],
    useCache: boolean,
    dailyLimitNano: number | null,
  ): Promise<readonly BatchUnitAnswer[]>;
  noteBatch(id: string, note: BatchNote): Promise<void>;
  /** Newest first. `open`: those with units that are out. */
  batches(which: "open" | "all"): Promise<readonly BatchRow[]>;
  /** @param requestIds null: all that are out, without their texts */
  batchUnits(id: string, requestIds: readonly string[] | null): Promise<readonly OpenBatchUnit[]>;
  /** In one commit; a unit that has ended before is left alone. Returns how many ended now. */
  endBatchUnits(id: string, ends: readonly BatchUnitEnd[]): Promise<number>;
  /** The batch is over: call when none of its units is out. */
  endBatch(id: string, state: "collected" | "refused", problem: string | null): Promise<void>;
}

/** Everything here is called inside a transaction of its caller where it writes. */
export function createBatches(db: DatabaseSync, owner: string, now: () => number) {
  const insert = db.prepare(
    `INSERT INTO batches (id, run_id, workspace, workspace_name, owner, provider, model, recipe, origin, base_url, prices,
       state, created_at, units, reserved_nano)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'submitting', ?, ?, ?)`,
  );
  const insertUnit = db.prepare(
    "INSERT INTO batch_units (request_id, batch_id, key, reserved_nano, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const isOut = db.prepare("SELECT 1 FROM batch_units WHERE key = ? LIMIT 1");
  const selectOut = db.prepare(
    `SELECT batch_units.key AS key, min(batches.created_at) AS created_at FROM batch_units
     JOIN batches ON batches.id = batch_units.batch_id WHERE batch_units.key IN (SELECT value FROM json_each(?))
     GROUP BY batch_units.key`,
  );
  const selectAll = db.prepare("SELECT * FROM batches ORDER BY created_at DESC, id");
  const selectOpen = db.prepare(
    "SELECT * FROM batches WHERE state IN ('submitting', 'unclear', 'pending', 'cancelling') ORDER BY created_at DESC, id",
  );
  const selectUnits = db.prepare("SELECT request_id, key, reserved_nano FROM batch_units WHERE batch_id = ?");
  const selectUnit = db.prepare(
    "SELECT request_id, batch_id, key, reserved_nano, digest, body FROM batch_units WHERE batch_id = ? AND request_id = ?",
  );
  const drop = db.prepare("DELETE FROM batch_units WHERE batch_id = ? AND request_id = ?");
  const count = db.prepare(
    `UPDATE batches SET reviewed = reviewed + ?, failed = failed + ?, expired = expired + ?, cost_nano = cost_nano + ?,
       maybe_nano = maybe_nano + ? WHERE id = ?`,
  );
  const reserved = db.prepare(
    `SELECT coalesce(sum(batch_units.reserved_nano), 0) AS nano FROM batch_units
     JOIN ledger ON ledger.request_id = batch_units.request_id WHERE ledger.created_at >= ? AND ledger.created_at < ?`,
  );
  const end = db.prepare("UPDATE batches SET state = ?, problem = coalesce(?, problem), ended_at = ? WHERE id = ?");

  return {
    insert(batch: NewBatch, units: readonly BatchUnit[]): void {
      const { id, runId, workspace, workspaceName, provider, model, recipe, origin, baseUrl, prices } = batch;
      const nano = units.reduce((sum, { intent }) => sum + intent.reservedNano, 0);
      const texts = [id, runId, workspace, workspaceName, owner, provider, model, recipe, origin] as const;
      insert.run(...texts, baseUrl, JSON.stringify(prices), now(), units.length, nano);
    },
    insertUnit(batchId: string, { intent, source }: BatchUnit): void {
      const sealed = [intent.requestId, batchId, intent.key];
      const packed = packJson({ text: source.text, redactions: source.redactions }, sealed);
      insertUnit.run(intent.requestId, batchId, intent.key, intent.reservedNano, packed.digest, packed.body);
    },
    isOut: (key: string): boolean => isOut.get(key) !== undefined,
    /** Of these keys, those that are out, and since when (milliseconds since 1970). */
    allOut(keys: readonly string[]): Map<string, number> {
      const rows = selectOut.all(JSON.stringify(keys));
      return new Map(rows.map((row) => [String(row["key"]), Number(row["created_at"])]));
    },
    /** Held back for requests that were handed over in that time and are still out. */
    reservedNano: (startMs: number, endMs: number): number => Number(reserved.get(startMs, endMs)?.["nano"] ?? 0),
    note(id: string, note: BatchNote): void {
      for (const [name, value] of Object.entries(note)) {
        const column = COLUMNS[name as keyof BatchNote];
        db.prepare(`UPDATE batches SET ${column} = ? WHERE id = ? AND state NOT IN ('collected', 'refused')`).run(
          value,
          id,
        );
      }
    },
    list: (which: "open" | "all"): BatchRow[] => (which === "open" ? selectOpen : selectAll).all().map(rowOf),
    units(id: string, requestIds: readonly string[] | null): OpenBatchUnit[] {
      const find = (one: string) => selectUnit.get(id, one);
      const rows: Row[] = requestIds ? requestIds.map(find).filter((row) => row !== undefined) : selectUnits.all(id);
      return rows.map((row) => ({
        requestId: String(row["request_id"]),
        key: String(row["key"]),
        reservedNano: Number(row["reserved_nano"]),
        source: row["body"] ? sourceOf(row) : null,
      }));
    },
    /** False: it has ended before. */
    endUnit(id: string, { requestId, receipt, reply, code }: BatchUnitEnd): boolean {
      if (drop.run(id, requestId).changes === 0) return false;
      const isReview = reply?.settlement.review ? 1 : 0;
      const isExpired = code === EXPIRED_CODE ? 1 : 0;
      count.run(isReview, 1 - isReview - isExpired, isExpired, receipt.costNano ?? 0, receipt.maybeNano, id);
      return true;
    },
    end: (id: string, state: "collected" | "refused", problem: string | null): void =>
      void end.run(state, problem, now(), id),
  };
}

const COLUMNS: Readonly<Record<keyof BatchNote, string>> = {
  state: "state",
  expiresAtMs: "expires_at",
  remoteId: "remote_id",
  inputFileId: "input_file_id",
  remoteState: "remote_state",
  remoteDone: "remote_done",
  problem: "problem",
};

type Row = Readonly<Record<string, unknown>>;

function sourceOf(row: Row): AnchorSource | null {
  return (unpackRow("batch_units", row) as AnchorSource | undefined) ?? null;
}

function rowOf(row: Row): BatchRow {
  const text = (name: string) => String(row[name]);
  const maybeText = (name: string) => (row[name] === null ? null : text(name));
  const maybeNumber = (name: string) => (row[name] === null ? null : Number(row[name]));
  return {
    id: text("id"),
    runId: text("run_id"),
    workspace: text("workspace"),
    workspaceName: text("workspace_name"),
    provider: text("provider"),
    model: text("model"),
    recipe: text("recipe"),
    origin: text("origin"),
    baseUrl: maybeText("base_url"),
    prices: JSON.parse(text("prices")) as NewBatch["prices"],
    state: text("state") as BatchState,
    createdAtMs: Number(row["created_at"]),
    endedAtMs: maybeNumber("ended_at"),
    expiresAtMs: maybeNumber("expires_at"),
    remoteId: maybeText("remote_id"),
    inputFileId: maybeText("input_file_id"),
    remoteState: maybeText("remote_state"),
    remoteDone: Number(row["remote_done"]),
    problem: maybeText("problem"),
    units: Number(row["units"]),
    reviewed: Number(row["reviewed"]),
    failed: Number(row["failed"]),
    expired: Number(row["expired"]),
    reservedNano: Number(row["reserved_nano"]),
    costNano: Number(row["cost_nano"]),
    maybeNano: Number(row["maybe_nano"]),
    hasOwner: isAlive(text("owner")),
  };
}

export type Batches = ReturnType<typeof createBatches>;
