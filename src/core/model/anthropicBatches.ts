/** Anthropic's message batches: the requests go up at once, their results come down as lines. */
import type { MessageBatch, MessageBatchIndividualResponse } from "@anthropic-ai/sdk/resources/messages/batches";
import { MAX_TIMER_MS } from "./adapter.ts";
import { loadAnthropicLibrary } from "./anthropic.ts";
import { buildMessagesBody, firstMessagesDialect } from "./anthropicRequest.ts";
import type { BatchClient, BatchResult, RemoteBatch } from "./batch.ts";
import { createGuardedCalls, type GuardedPlace } from "./guardedCalls.ts";
import { readMessage } from "./batchReply.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";

const PAGE = 100;
const MAX_PAGES = 20;
/** Clocks differ. */
const SKEW_MS = 3_600_000;

const STATES: Readonly<Record<MessageBatch["processing_status"], RemoteBatch["state"]>> = {
  in_progress: "running",
  canceling: "cancelling",
  ended: "ended",
};

export async function createAnthropicBatches(place: GuardedPlace): Promise<BatchClient> {
  const { Anthropic } = await loadAnthropicLibrary();
  const { model, endpoint, apiKey } = place;
  const call = createGuardedCalls(place);
  const dialect = firstMessagesDialect(capabilitiesOf(model, "anthropic"));
  const clientFor = (fetch: typeof globalThis.fetch) =>
    new Anthropic({
      apiKey,
      baseURL: endpoint.baseUrl,
      fetch,
      maxRetries: 0,
      timeout: MAX_TIMER_MS,
      webhookKey: null,
      openTelemetry: false,
      logLevel: "off",
    });
  const responses = (id: string) =>
    call(async (fetch, signal) => {
      const decoder = await clientFor(fetch).messages.batches.results(id, {}, { signal });
      const all: MessageBatchIndividualResponse[] = [];
      for await (const one of decoder) all.push(one);
      return all;
    });
  const list = (after: string | undefined) =>
    call(async (fetch, signal) => {
      const query = { limit: PAGE, ...(after === undefined ? {} : { after_id: after }) };
      return (await clientFor(fetch).messages.batches.list(query, { signal })).data;
    });

  return {
    line({ customId, request }) {
      // Requests of a batch run at any time and in any order: no mark, so that no writing to the cache is billed.
      const { stream: _, ...params } = buildMessagesBody(model, request, dialect, Infinity);
      return JSON.stringify({ custom_id: customId, params });
    },
    async submit(_id, requests) {
      const batch = await call((fetch, signal) =>
        // As they were measured and recorded: the library would make the same of the parsed ones.
        clientFor(fetch).messages.batches.create({ requests: requests.map((one) => JSON.parse(one)) }, { signal }),
      );
      return remoteOf(batch);
    },
    async find({ createdAtMs, customIds, knownIds }) {
      let isUnclear = false;
      let after: string | undefined;
      for (let page = 0; page < MAX_PAGES; page++) {
        const batches = await list(after);
        for (const batch of batches) {
          const isCandidate = Date.parse(batch.created_at) >= createdAtMs - SKEW_MS && !knownIds.has(batch.id);
          if (!isCandidate || total(batch) !== customIds.size) continue;
          // It carries no mark of ours; its results name its requests, once there are some.
          if (batch.processing_status !== "ended") isUnclear = true;
          else if ((await responses(batch.id)).every((one) => customIds.has(one.custom_id))) return remoteOf(batch);
        }
        const last = batches.at(-1);
        const isOlder = last !== undefined && Date.parse(last.created_at) < createdAtMs - SKEW_MS;
        if (!last || batches.length < PAGE || isOlder) return isUnclear ? "unclear" : null;
        after = last.id;
      }
      return "unclear";
    },
    retrieve: (id) =>
      call(async (fetch, signal) => remoteOf(await clientFor(fetch).messages.batches.retrieve(id, {}, { signal }))),
    results: async (remote) => (await responses(remote.id)).map(resultOf),
    cancel: (id) =>
      call(async (fetch, signal) => remoteOf(await clientFor(fetch).messages.batches.cancel(id, {}, { signal }))),
    async discard({ id }) {
      if (id === null) return;
      await call((fetch, signal) => clientFor(fetch).messages.batches.delete(id, {}, { signal }));
    },
  };
}

function total({ request_counts: counts }: MessageBatch): number {
  return counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;
}

function remoteOf(batch: MessageBatch): RemoteBatch {
  const expiresAtMs = Date.parse(batch.expires_at);
  return {
    id: batch.id,
    state: STATES[batch.processing_status] ?? "running",
    word: batch.processing_status in STATES ? batch.processing_status : "unknown",
    expiresAtMs: Number.isNaN(expiresAtMs) ? null : expiresAtMs,
    done: total(batch) - batch.request_counts.processing,
    problem: null,
    files: [],
  };
}

function resultOf({ custom_id: customId, result }: MessageBatchIndividualResponse): BatchResult {
  switch (result.type) {
    case "succeeded": {
      const reply = readMessage(result.message);
      return reply ? { customId, reply } : { customId, failure: { code: "stream-interrupted", isExpired: false } };
    }
    case "expired":
    case "canceled":
      return { customId, failure: { code: "timeout", isExpired: true } };
    case "errored": {
      const isRefusal = result.error.error.type === "invalid_request_error";
      return { customId, failure: { code: isRefusal ? "request-rejected" : "server-error", isExpired: false } };
    }
  }
}
