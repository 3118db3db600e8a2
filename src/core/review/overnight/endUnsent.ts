import type { Receipt } from "../../store/settlement.ts";
import type { Store } from "../../store/store.ts";

/** What certainly was not billed. */
export const NOTHING_BILLED: Receipt = {
  usage: null,
  costNano: 0,
  maybeNano: 0,
  serviceTier: null,
  providerRequestId: null,
};

/** The provider has none of it: its units may be planned again. */
export async function endUnsent(store: Store, id: string, problem: string): Promise<void> {
  const units = await store.batchUnits(id, null);
  const ends = units.map(({ requestId }) => ({
    requestId,
    receipt: NOTHING_BILLED,
    reply: null,
    code: "batch-refused",
  }));
  await store.endBatchUnits(id, ends);
  await store.endBatch(id, "refused", problem);
}
