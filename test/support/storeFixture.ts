import { onTestFinished } from "vitest";
import type { NewBatch } from "../../src/core/store/batches.ts";
import { startStore } from "../../src/core/store/storeClient.ts";
import type { Intent } from "../../src/core/store/intent.ts";
import type { PlanRequest } from "../../src/core/store/plan.ts";
import type { Receipt, Settlement } from "../../src/core/store/settlement.ts";
import type { Store } from "../../src/core/store/store.ts";
import type { StoredReview } from "../../src/core/store/storedReview.ts";

/** A real store in its real worker; closed when the test ends. */
export async function openStore(folder: string, ownerId = "test"): Promise<Store> {
  const store = startStore({ folder, ownerId });
  onTestFinished(() => store.close());
  await store.open();
  return store;
}

export const REVIEW: StoredReview = { summary: "Does things.", findings: [], dropped: 0 };

export const RECEIPT: Receipt = {
  usage: { inputTokens: 100, cachedInputTokens: 10, cacheWriteTokens: null, outputTokens: 5 },
  costNano: 1_234_567,
  maybeNano: 0,
  serviceTier: null,
  providerRequestId: "r1",
};

export function intentOf(requestId: string, key: string): Intent {
  const place = { path: "/a.ts", ordinal: 0, contentHash: "c", contextHash: "x", recipe: "r", model: "m", parts: null };
  return {
    place,
    reason: "new file",
    requestId,
    runId: "run",
    key,
    provider: "openai",
    model: "m",
    origin: "http://127.0.0.1:1",
    attempt: 1,
    reservedNano: 5_000_000,
  };
}

export const BATCH: NewBatch = {
  id: "b1",
  runId: "run",
  workspace: "w",
  workspaceName: "w",
  provider: "openai",
  model: "m",
  recipe: "r",
  origin: "http://127.0.0.1:1",
  baseUrl: null,
  prices: {},
};

export function settlementOf(requestId: string, key: string, patch: Partial<Settlement> = {}): Settlement {
  return {
    requestId,
    key,
    recipe: "r",
    model: "m",
    runId: "run",
    listPriceNano: 2_000_000,
    review: REVIEW,
    verdict: null,
    code: null,
    ...patch,
  };
}

export function planRequest(folder: string, patch: Partial<PlanRequest> = {}): PlanRequest {
  return {
    folders: [{ path: folder, prefix: "" }],
    only: null,
    under: null,
    since: null,
    trusted: true,
    include: [],
    exclude: [],
    maxFileKb: 512,
    recipe: "recipe",
    refuterRecipe: null,
    model: "m",
    strong: null,
    offlineVersion: "1",
    outlineVersion: "1",
    // There are no threads here that could make them.
    withoutMissing: true,
    useCache: true,
    ...patch,
  };
}
