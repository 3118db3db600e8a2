/** One request about one unit and its reply, from the wire to the ledger. */
import { keepReply } from "./keepReply.ts";
import type { ModelRun } from "./modelRun.ts";
import { previewFinding } from "./previewFinding.ts";
import { createStreamedFindings } from "./streamedFindings.ts";
import type { UnitOutcome } from "./fileTracker.ts";
import type { PreparedUnit } from "./preparedUnit.ts";
import { emitRequestEnd, transmit, type BilledReply, type Transmission } from "./transmit.ts";

export type Asked =
  | { readonly stored: UnitOutcome }
  /** `outcome` null: the reply could not be read and may be asked for once more. */
  | { readonly outcome: UnitOutcome | null; readonly costUsd: number | null };

export interface Exchange extends Omit<Transmission, "request" | "paths" | "onText"> {
  readonly prepared: PreparedUnit;
  readonly mayRepeat: boolean;
}

export async function exchangeOnce(exchange: Exchange): Promise<Asked> {
  const { prepared, run } = exchange;
  const { request, file } = prepared;
  const sending = { ...exchange, request, paths: [file.path], onText: createPreview(prepared, run) };
  return transmit(sending, (billed) => receive(exchange, sending, billed));
}

function createPreview(prepared: PreparedUnit, run: ModelRun): (delta: string) => void {
  const stream = createStreamedFindings((streamed) => previewFinding(streamed, prepared, run));
  return (delta) => stream.push(delta);
}

/** Stores the reply before reading it, then what it says. */
async function receive(exchange: Exchange, sending: Transmission, billed: BilledReply): Promise<Asked> {
  const { reply, receipt, costUsd } = billed;
  const read = await keepReply(exchange, reply, receipt);
  emitRequestEnd(sending, billed, read.review ? null : (read.code ?? read.verdict?.code ?? "reply-unparseable"));
  if (read.review) return { outcome: { review: read.review, failure: null, fromCache: false, costUsd }, costUsd };
  if (read.isUnreadable && exchange.mayRepeat) return { outcome: null, costUsd };
  return { outcome: { review: null, failure: read.failure, fromCache: false, costUsd }, costUsd };
}
