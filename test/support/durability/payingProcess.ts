/**
 * A process that gets answers for keys as a run does: lease and intent, a request to the provider, the raw reply, the
 * settlement. `node payingProcess.ts STORE URL KEY CONCURRENCY NAME FROM TO` asks for `unit-FROM` up to `unit-TO`.
 */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { startStore } from "../../../src/core/store/storeClient.ts";
import type { Receipt } from "../../../src/core/store/settlement.ts";
import type { StoredReview } from "../../../src/core/store/storedReview.ts";
import { keyOfUnit } from "./unitKeys.ts";

const [folder, url, apiKey, concurrency, name, from, to] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

/** How often to look for what another process pays for. */
const LOOK_AGAIN_MS = 25;
const RECIPE = { recipe: "r", model: "gpt-5-mini" };

const RECEIPT: Receipt = {
  usage: null,
  costNano: 1_000,
  maybeNano: 0,
  serviceTier: null,
  providerRequestId: null,
};

const store = startStore({ folder, ownerId: name });
await store.open();
await store.startRun({ id: name, workspace: "w", provider: "openai", model: RECIPE.model });
let next = Number(from);
const lane = async () => {
  for (let unit = next++; unit < Number(to); unit = next++) await settleUnit(unit);
};
await Promise.all(Array.from({ length: Number(concurrency) }, lane));
await store.endRun(name, "complete");
await store.close();

async function settleUnit(unit: number): Promise<void> {
  const key = keyOfUnit(unit);
  for (;;) {
    const requestId = randomUUID();
    const place = { path: `/${unit}.ts`, ordinal: 0, contentHash: key, contextHash: "", parts: null, ...RECIPE };
    const request = { requestId, runId: name, key, provider: "openai", origin: url, attempt: 1, reservedNano: 1_000 };
    const answer = await store.recordIntent({ place, reason: "new", ...request, model: RECIPE.model }, true);
    if (answer.outcome === "answered") return;
    if (answer.outcome === "unread") return settle(key, answer.rawReply.requestId, answer.rawReply.text);
    if (answer.outcome === "granted") {
      const text = await ask(unit);
      await store.recordReply(requestId, text, RECEIPT);
      return settle(key, requestId, text);
    }
    await setTimeout(LOOK_AGAIN_MS);
  }
}

async function settle(key: string, requestId: string, text: string): Promise<void> {
  const review: StoredReview = { summary: text, findings: [], dropped: 0 };
  const nothing = { verdict: null, code: null, listPriceNano: null };
  await store.settle({ requestId, key, ...RECIPE, runId: name, review, ...nothing });
}

async function ask(unit: number): Promise<string> {
  const response = await fetch(`${url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ model: RECIPE.model, messages: [{ role: "user", content: `unit ${unit} please` }] }),
  });
  if (!response.ok) throw new Error(`The provider said ${response.status}: ${await response.text()}`);
  const body = (await response.json()) as {
    readonly choices: readonly { readonly message: { readonly content: string } }[];
  };
  return body.choices[0]!.message.content;
}
