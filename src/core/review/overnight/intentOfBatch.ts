import type { Intent } from "../../store/intent.ts";
import type { PreparedUnit } from "../preparedUnit.ts";
import type { ChosenModel, Reviewing } from "../reviewing.ts";

interface Item {
  readonly prepared: PreparedUnit;
  readonly requestId: string;
  readonly boundNano: number;
}

interface Place {
  readonly reviewing: Reviewing;
  readonly chosen: ChosenModel;
  readonly runId: string;
  /** Of the workspace's own text. */
  readonly contextHash: string;
}

/** The ledger knows a request of a batch as it knows any other. */
export function intentOfBatch({ prepared, requestId, boundNano }: Item, place: Place): Intent {
  const { file, unit, key, contentHash } = prepared;
  const { reviewing, chosen, runId, contextHash } = place;
  return {
    place: {
      path: file.absolutePath,
      ordinal: unit.ordinal,
      contentHash,
      contextHash: unit.contextHash,
      recipe: reviewing.recipe ?? "",
      model: chosen.name,
      parts: { workspace: contextHash, symbols: unit.signatures?.symbols ?? [] },
    },
    reason: unit.missReason ?? "edited",
    requestId,
    runId,
    key,
    provider: chosen.provider,
    model: chosen.name,
    origin: chosen.origin,
    attempt: 1,
    reservedNano: boundNano,
    ...(reviewing.settings.waitForBatches ? {} : { asksAgain: true }),
  };
}
