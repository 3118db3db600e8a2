/** What one request of a batch came to: the same reading, the same keys and the same ledger as for any other. */
import type { BatchResult, RemoteBatch } from "../../model/batch.ts";
import { BATCH_TIER } from "../../model/batchReply.ts";
import type { ModelReply } from "../../model/model.ts";
import { createPriceBook, type PriceBook } from "../../model/prices.ts";
import { toNano } from "../../profile/costMeter.ts";
import { EXPIRED_CODE, type BatchRow, type BatchUnitEnd, type OpenBatchUnit } from "../../store/batches.ts";
import type { Settlement } from "../../store/settlement.ts";
import { readReply } from "../unitReply.ts";
import { NOTHING_BILLED } from "./endUnsent.ts";

export type EndOfUnit = (unit: OpenBatchUnit, result: BatchResult | undefined) => BatchUnitEnd;

/** By the prices of when it was submitted. */
export async function createEndOfUnit(row: BatchRow, remote: RemoteBatch): Promise<EndOfUnit> {
  const prices = await createPriceBook(row.prices, new Date(row.createdAtMs));
  return (unit, result) => {
    if (result && "reply" in result) return readUnit(row, unit, result.reply, prices);
    const { requestId, reservedNano } = unit;
    const end = { requestId, receipt: NOTHING_BILLED, reply: null };
    if (result) return { ...end, code: result.failure.isExpired ? EXPIRED_CODE : result.failure.code };
    // A batch that was cut short says nothing of what it did not come to. One that is complete has lost an answer.
    if (/^(expired|cancelled)$/.test(remote.word)) return { ...end, code: EXPIRED_CODE };
    return { ...end, receipt: { ...NOTHING_BILLED, maybeNano: reservedNano }, code: "batch-lost" };
  };
}

function readUnit(row: BatchRow, unit: OpenBatchUnit, reply: ModelReply, prices: PriceBook): BatchUnitEnd {
  const { model, recipe, runId } = row;
  const { requestId, key, reservedNano, source } = unit;
  const costUsd = prices.costOf({ model, usage: reply.usage, serviceTier: BATCH_TIER });
  const listUsd = prices.listPriceOf({ model, usage: reply.usage, serviceTier: BATCH_TIER });
  const receipt = {
    usage: reply.usage,
    costNano: costUsd === null ? null : toNano(costUsd),
    // What is not known is at most this; the ledger must cover the bill.
    maybeNano: costUsd === null ? reservedNano : 0,
    serviceTier: BATCH_TIER,
    providerRequestId: reply.providerRequestId,
  };
  // An unreadable reply is asked for once more by the next run, as any other would be.
  const read = readReply(reply, source ?? NO_SOURCE, true);
  const settlement: Settlement = {
    requestId,
    key,
    recipe,
    model,
    runId,
    listPriceNano: listUsd === null ? null : toNano(listUsd),
    // Without the text that was sent no finding could be placed: half a review must not pass for a whole one. And
    // what a damaged row says it was about need not be true.
    review: source ? read.review : null,
    verdict: source ? read.verdict : null,
    code: source ? read.code : "source-damaged",
  };
  return { requestId, receipt, reply: { raw: reply.text, settlement }, code: settlement.code };
}

const NO_SOURCE = { text: "", redactions: [] };
