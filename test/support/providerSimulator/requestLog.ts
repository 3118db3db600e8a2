/** What the simulator notes about each request, and the bill that follows from it. */
import type { FaultKind } from "./faults.ts";
import { costPicoUsd, picoToUsd } from "./prices.ts";
import type { BilledUsage, ModelPrice } from "./prices.ts";

/** `aborted`: the client went away. `broken`: a fault ended the reply. `rejected`: an error status, nothing is billed. */
export type RequestOutcome = "running" | "completed" | "rejected" | "aborted" | "broken";

export interface RequestRecord {
  /** 1, 2, 3 … in order of arrival. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  /** The parsed body; null when bodies are not kept or it was not JSON. */
  body: unknown;
  /** What the client sent along, the key left out. */
  readonly headers: {
    readonly authorization: "right" | "wrong" | "none";
    readonly contentType: string | null;
    readonly accept: string | null;
    readonly userAgent: string | null;
  };
  model: string | null;
  /** Requests being served when this one came, itself included. */
  readonly inFlight: number;
  /** Monotonic milliseconds since the simulator's start. */
  readonly startMs: number;
  firstTokenMs: number | null;
  endMs: number | null;
  /** HTTP status, known when the request has ended; null: the connection went before there was one. */
  status: number | null;
  outcome: RequestOutcome;
  fault: FaultKind | null;
  /** UTF-16 units. */
  promptLength: number;
  /** Tokens served so far; null where the request never got to the model. */
  usage: BilledUsage | null;
  /** Whether the client was told its usage. */
  usageReported: boolean;
  costUsd: number;
}

/** One kind of charge. */
export interface Charge extends BilledUsage {
  readonly usd: number;
  readonly requests: number;
}

export interface Bill extends Charge {
  /** Broken off before the usage was sent: tokens up to there. Not part of the totals. */
  readonly maybe: Charge;
  /** Complete, but the client was never told what they used. Not part of the totals. */
  readonly unreported: Charge;
}

/** Prices a record whose usage is set, and adds it up. */
export interface RequestLog {
  readonly records: readonly RequestRecord[];
  open(record: RequestRecord): void;
  /** Sets what the request has used so far. */
  charge(record: RequestRecord, usage: BilledUsage, price: ModelPrice | undefined, serviceTier: string): void;
  bill(): Bill;
  /** Everything that has been charged, the doubtful included. */
  spentUsd(): number;
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let records: RequestRecord[] = [];
  const picoUsd = new Map<RequestRecord, bigint>();

  const sum = (wanted: (record: RequestRecord) => boolean): Charge => {
    const totals = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, requests: 0 };
    let pico = 0n;
    for (const record of records) {
      if (!record.usage || !wanted(record)) continue;
      totals.requests += 1;
      totals.inputTokens += record.usage.inputTokens;
      totals.cachedInputTokens += record.usage.cachedInputTokens;
      totals.cacheWriteTokens += record.usage.cacheWriteTokens;
      totals.outputTokens += record.usage.outputTokens;
      pico += picoUsd.get(record) ?? 0n;
    }
    return { usd: picoToUsd(pico), ...totals };
  };

  return {
    get records() {
      return records;
    },
    open(record) {
      records.push(record);
    },
    charge(record, usage, price, serviceTier) {
      const pico = price ? costPicoUsd(usage, price, serviceTier) : 0n;
      picoUsd.set(record, pico);
      record.usage = usage;
      record.costUsd = picoToUsd(pico);
    },
    bill() {
      return {
        ...sum((record) => record.usageReported),
        maybe: sum((record) => !record.usageReported && record.outcome !== "completed" && record.outcome !== "running"),
        unreported: sum((record) => !record.usageReported && record.outcome === "completed"),
      };
    },
    spentUsd() {
      return sum(() => true).usd;
    },
    clear() {
      records = [];
      picoUsd.clear();
    },
  };
}
