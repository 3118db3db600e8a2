/** The engine's side of reviews at half price. */
import { tieredPrices } from "../../model/tieredPrices.ts";
import type { RunRequest } from "../../engine.ts";
import type { Ports } from "../../ports.ts";
import { openBatches } from "../../model/createBatches.ts";
import type { BatchRow } from "../../store/batches.ts";
import type { Store } from "../../store/store.ts";
import type { Reviewing } from "../reviewing.ts";
import { cancelOvernight, collectOvernight, type Overnight } from "./collectOvernight.ts";
import type { OvernightCollection, OvernightOptions, OvernightStatus, OvernightSubmission } from "./overnight.ts";
import { overnightStatus } from "./overnightBatch.ts";
import { submitOvernight } from "./submitOvernight.ts";

export function submit(
  reviewing: Reviewing,
  request: RunRequest,
  options?: OvernightOptions,
): Promise<OvernightSubmission> {
  const { settings, ports, chosen } = reviewing;
  const open = (signal: AbortSignal) =>
    openBatches(
      { provider: chosen?.provider ?? "offline", model: chosen?.name ?? "", baseUrl: settings.baseUrl },
      ports,
      signal,
    );
  return submitOvernight(atBatchPrices(reviewing), request, open, options);
}

/** What a batch costs is certain: its bound is at half price too. */
export function atBatchPrices(reviewing: Reviewing): Reviewing {
  const { chosen } = reviewing;
  return chosen
    ? { ...reviewing, chosen: { ...chosen, prices: tieredPrices(chosen.usualPrices ?? chosen.prices, "batch", true) } }
    : reviewing;
}

const overnightOf = (store: Store, ports: Ports): Overnight => ({
  store,
  ports,
  open: ({ provider, model, baseUrl }: BatchRow, signal) => openBatches({ provider, model, baseUrl }, ports, signal),
});

export function collect(store: Store, ports: Ports, options?: OvernightOptions): Promise<OvernightCollection> {
  return collectOvernight(overnightOf(store, ports), options);
}

export function cancel(store: Store, ports: Ports, options?: OvernightOptions): Promise<OvernightCollection> {
  return cancelOvernight(overnightOf(store, ports), options);
}

export async function status(store: Store): Promise<OvernightStatus> {
  return overnightStatus(await store.batches("all"));
}
