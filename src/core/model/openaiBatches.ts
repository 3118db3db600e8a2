/** OpenAI's batches: a file of requests goes up, files of answers and of errors come down. */
import type { Batch } from "openai/resources/batches";
import type { ErrorCode } from "../../shared/errors.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import type { BatchClient, BatchResult, RemoteBatch } from "./batch.ts";
import { createGuardedCalls, type GuardedPlace } from "./guardedCalls.ts";
import { isFields, readChatCompletion } from "./batchReply.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";
import { loadLibrary } from "./openai.ts";
import { buildChatBody, firstDialect } from "./openaiRequest.ts";
import { MAX_TIMER_MS } from "./adapter.ts";

const PATH = "/v1/chat/completions";
/** Under this name the provider keeps our own id. */
const MARK = "onceover_batch";
const PAGE = 100;
const MAX_PAGES = 20;
/** Clocks differ. */
const SKEW_MS = 3_600_000;

const STATES: Readonly<Record<Batch["status"], RemoteBatch["state"]>> = {
  validating: "running",
  in_progress: "running",
  finalizing: "running",
  cancelling: "cancelling",
  failed: "ended",
  completed: "ended",
  expired: "ended",
  cancelled: "ended",
};

export async function createOpenAiBatches(place: GuardedPlace): Promise<BatchClient> {
  const { OpenAI, toFile } = await loadLibrary();
  const { model, endpoint, apiKey } = place;
  const call = createGuardedCalls(place);
  const dialect = firstDialect(capabilitiesOf(model), endpoint);
  const clientFor = (fetch: typeof globalThis.fetch) =>
    new OpenAI({
      apiKey,
      baseURL: endpoint.baseUrl,
      fetch,
      maxRetries: 0,
      timeout: MAX_TIMER_MS,
      // Nothing comes from the environment: it would go to whatever server is set.
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      logLevel: "off",
    });
  const lines = async (fileId: string | undefined): Promise<unknown[]> => {
    if (!fileId) return [];
    const text = await call(async (fetch, signal) => (await clientFor(fetch).files.content(fileId, { signal })).text());
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as unknown);
  };
  const retrieve = (id: string) => call(async (fetch, signal) => clientFor(fetch).batches.retrieve(id, { signal }));

  return {
    line({ customId, request }) {
      // Requests of a batch share no cache that could be counted on: nothing is marked, so that no writing is billed.
      const parts = request.parts.map(({ role, text }) => ({ role, text }));
      const { stream: _, stream_options: __, ...body } = buildChatBody(model, { ...request, parts }, dialect);
      return JSON.stringify({ custom_id: customId, method: "POST", url: PATH, body });
    },
    async submit(id, requests, onUploaded) {
      const uploaded = await call(async (fetch, signal) => {
        const file = await toFile(Buffer.from(`${requests.join("\n")}\n`), `onceover-${id}.jsonl`);
        return clientFor(fetch).files.create({ file, purpose: "batch" }, { signal });
      }).catch((error: unknown) => {
        throw withoutBill(error);
      });
      await onUploaded(uploaded.id);
      const batch = await call((fetch, signal) =>
        clientFor(fetch).batches.create(
          { input_file_id: uploaded.id, endpoint: PATH, completion_window: "24h", metadata: { [MARK]: id } },
          { signal },
        ),
      );
      return remoteOf(batch);
    },
    async find({ id, createdAtMs }) {
      let after: string | undefined;
      for (let page = 0; page < MAX_PAGES; page++) {
        const query = { limit: PAGE, ...(after === undefined ? {} : { after }) };
        const { data } = await call(async (fetch, signal) => clientFor(fetch).batches.list(query, { signal }));
        const found = data.find((batch) => batch.metadata?.[MARK] === id);
        if (found) return remoteOf(found);
        const last = data.at(-1);
        // Newest first: what comes now is older than what is looked for.
        if (!last || data.length < PAGE || last.created_at * 1_000 < createdAtMs - SKEW_MS) return null;
        after = last.id;
      }
      return "unclear";
    },
    retrieve: async (id) => remoteOf(await retrieve(id)),
    async results(remote) {
      const batch = await retrieve(remote.id);
      const answers = [...(await lines(batch.output_file_id)), ...(await lines(batch.error_file_id))];
      return answers.flatMap((line) => resultOf(line) ?? []);
    },
    cancel: (id) => call(async (fetch, signal) => remoteOf(await clientFor(fetch).batches.cancel(id, { signal }))),
    async discard({ files }) {
      for (const file of files) await call((fetch, signal) => clientFor(fetch).files.delete(file, { signal }));
    },
  };
}

/** A file alone is never billed. */
function withoutBill(error: unknown): unknown {
  return isFields(error) && error["billed"] === "maybe" ? Object.assign(error, { billed: "no" }) : error;
}

function remoteOf(batch: Batch): RemoteBatch {
  const counts = batch.request_counts;
  const errors = batch.errors?.data?.map(({ message }) => message).filter(Boolean) ?? [];
  return {
    id: batch.id,
    state: STATES[batch.status] ?? "running",
    word: escapeLine(String(batch.status)).slice(0, 40),
    expiresAtMs: batch.expires_at ? batch.expires_at * 1_000 : null,
    done: (counts?.completed ?? 0) + (counts?.failed ?? 0),
    problem: batch.status === "failed" ? escapeLine(errors[0] ?? "the provider did not accept it").slice(0, 300) : null,
    files: [batch.input_file_id, batch.output_file_id, batch.error_file_id].filter((one) => one !== undefined),
  };
}

/** `{custom_id, response: {status_code, body}, error}`; undefined: it says about no request. */
function resultOf(line: unknown): BatchResult | undefined {
  if (!isFields(line) || typeof line["custom_id"] !== "string") return undefined;
  const customId = line["custom_id"];
  const { response, error } = line;
  if (isFields(response) && response["status_code"] === 200) {
    const requestId = typeof response["request_id"] === "string" ? response["request_id"] : null;
    const reply = readChatCompletion(response["body"], requestId);
    return reply ? { customId, reply } : failed(customId, "stream-interrupted");
  }
  const code = isFields(error) ? error["code"] : undefined;
  if (code === "batch_expired" || code === "batch_cancelled") return failed(customId, "timeout", true);
  const status = isFields(response) ? Number(response["status_code"]) : 500;
  return failed(customId, status === 429 ? "rate-limited" : status < 500 ? "request-rejected" : "server-error");
}

function failed(customId: string, code: ErrorCode, isExpired = false): BatchResult {
  return { customId, failure: { code, isExpired } };
}
