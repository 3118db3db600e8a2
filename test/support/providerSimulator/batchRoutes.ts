/** What the simulator answers about files and batches, in OpenAI's and in Anthropic's words. */
import type { IncomingMessage } from "node:http";
import { randomBytes } from "node:crypto";
import { apiError, type ApiError } from "./apiError.ts";
import { createBatchJobs, type BatchAnswer, type BatchJob, type BatchJobs, type BatchPhase } from "./batchJobs.ts";
import { isJsonObject, type JsonObject } from "./chatRequest.ts";
import { PROTOCOLS } from "./protocols.ts";
import type { ChatService } from "./serveChat.ts";

/** An object is sent as JSON, a text as it stands. */
type Answer = object | string | { readonly failed: ApiError };

export interface BatchServer {
  /** undefined: the path is about something else. */
  answer(path: string, request: IncomingMessage): ((body: Buffer) => Promise<Answer>) | undefined;
  readonly jobs: readonly BatchJob[];
  /** Files that were uploaded or made and have not been deleted. */
  readonly files: ReadonlyMap<string, string>;
}

const MAX_REQUESTS = 50_000;
const CUSTOM_ID = /^[\w-]{1,64}$/;

const failed = (status: number, message: string): Answer => ({ failed: apiError(status, { message }) });

/** @param host of the server itself, with its port */
export function createBatchServer(service: ChatService, host: () => string): BatchServer {
  const jobs = createBatchJobs(service);
  const files = new Map<string, string>();
  const routes: readonly (readonly [
    string,
    RegExp,
    (request: IncomingMessage, id: string, body: Buffer) => Promise<Answer>,
  ])[] = [
    ["POST", /^\/v1\/files$/, (request, _, body) => uploadFile(request, body, files)],
    ["GET", /^\/v1\/files\/([^/]+)\/content$/, async (_, id) => files.get(id) ?? failed(404, "No such file.")],
    ["DELETE", /^\/v1\/files\/([^/]+)$/, async (_, id) => ({ id, object: "file", deleted: files.delete(id) })],
    ["POST", /^\/v1\/batches$/, (_, __, body) => createBatch(body, jobs, files)],
    ["GET", /^\/v1\/batches$/, async (request) => list(request, jobs, "after", openAi)],
    ["GET", /^\/v1\/batches\/([^/]+)$/, (_, id) => withJob(id, openAi)],
    ["POST", /^\/v1\/batches\/([^/]+)\/cancel$/, (_, id) => withJob(id, openAi, true)],
    ["POST", /^\/v1\/messages\/batches$/, (_, __, body) => createMessageBatch(body, jobs)],
    ["GET", /^\/v1\/messages\/batches$/, async (request) => list(request, jobs, "after_id", anthropic)],
    ["GET", /^\/v1\/messages\/batches\/([^/]+)$/, (_, id) => withJob(id, anthropic)],
    ["POST", /^\/v1\/messages\/batches\/([^/]+)\/cancel$/, (_, id) => withJob(id, anthropic, true)],
    ["GET", /^\/v1\/messages\/batches\/([^/]+)\/results$/, (_, id) => withJob(id, results)],
    ["DELETE", /^\/v1\/messages\/batches\/([^/]+)$/, (_, id) => withJob(id, remove)],
  ];

  const openAi = async (job: BatchJob) => openAiBatch(job, await jobs.phase(job), jobs, files, service);
  const anthropic = async (job: BatchJob) =>
    messageBatch(job, await jobs.phase(job), jobs, service.settings.batchResultsHost ?? host());
  const results = async (job: BatchJob): Promise<Answer> => {
    const phase = await jobs.phase(job);
    if (!hasEnded(phase)) return failed(400, "The batch has not ended.");
    return altered(
      service,
      job.answers.map((answer, at) => resultLine(job, answer, at)),
    ).join("\n");
  };
  const remove = async (job: BatchJob): Promise<Answer> => {
    if (!hasEnded(await jobs.phase(job))) return failed(400, "The batch has not ended.");
    jobs.all.splice(jobs.all.indexOf(job), 1);
    return { id: job.id, type: "message_batch_deleted" };
  };
  const withJob = async (id: string, say: (job: BatchJob) => Promise<Answer>, isCancel = false): Promise<Answer> => {
    const job = jobs.all.find((one) => one.id === id);
    if (!job) return failed(404, "No such batch.");
    if (isCancel && !hasEnded(await jobs.phase(job))) job.cancelledMs ??= service.monotonicMs();
    return say(job);
  };

  return {
    jobs: jobs.all,
    files,
    answer(path, request) {
      for (const [method, pattern, answer] of routes) {
        const match = pattern.exec(path);
        if (match && request.method === method) return (body) => answer(request, match[1] ?? "", body);
      }
      return undefined;
    },
  };
}

function hasEnded(phase: BatchPhase): boolean {
  return phase === "completed" || phase === "expired" || phase === "cancelled";
}

async function uploadFile(request: IncomingMessage, body: Buffer, files: Map<string, string>): Promise<Answer> {
  // Node's own reader of forms.
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": request.headers["content-type"] ?? "" },
  }).formData();
  const file = form.get("file");
  if (form.get("purpose") !== "batch" || !(file instanceof File)) return failed(400, "A file for the purpose batch.");
  const id = `file-${randomBytes(8).toString("hex")}`;
  files.set(id, await file.text());
  return { id, object: "file", bytes: file.size, filename: file.name, purpose: "batch", status: "processed" };
}

async function createBatch(given: Buffer, jobs: BatchJobs, files: ReadonlyMap<string, string>): Promise<Answer> {
  const body = JSON.parse(given.toString("utf8")) as JsonObject;
  const input = files.get(String(body["input_file_id"]));
  if (input === undefined) return failed(400, "No such input file.");
  if (body["completion_window"] !== "24h") return failed(400, "completion_window must be 24h.");
  const path = String(body["endpoint"]);
  const protocol = PROTOCOLS[path];
  if (path !== "/v1/chat/completions" || !protocol) return failed(400, "No such endpoint.");
  const lines = input
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JsonObject);
  const requests = lines.map((line) => ({ customId: String(line["custom_id"]), body: line["body"] }));
  const isOff = lines.some((line) => line["method"] !== "POST" || line["url"] !== path);
  const problem = isOff ? "The URL of a request is not the batch's endpoint." : problemOf(requests);
  const job = jobs.create({ protocol, metadata: body["metadata"] ?? null, requests, problem }, "batch_");
  job.inputFileId = String(body["input_file_id"]);
  return openAiBatch(job, "validating", jobs, new Map(), undefined);
}

function problemOf(requests: BatchJob["requests"]): string | null {
  if (requests.length === 0) return "The batch is empty.";
  if (requests.length > MAX_REQUESTS) return "The batch has too many requests.";
  if (new Set(requests.map(({ customId }) => customId)).size < requests.length) return "A custom_id comes twice.";
  return requests.every(({ customId }) => CUSTOM_ID.test(customId)) ? null : "A custom_id is not one.";
}

async function createMessageBatch(given: Buffer, jobs: BatchJobs): Promise<Answer> {
  const body = JSON.parse(given.toString("utf8")) as { requests?: readonly JsonObject[] };
  const requests = (body.requests ?? []).map((one) => ({ customId: String(one["custom_id"]), body: one["params"] }));
  const problem = problemOf(requests);
  if (problem) return failed(400, problem);
  const protocol = PROTOCOLS["/v1/messages"]!;
  const job = jobs.create({ protocol, metadata: null, requests, problem: null }, "msgbatch_");
  return messageBatch(job, "running", jobs, "");
}

async function list(
  request: IncomingMessage,
  jobs: BatchJobs,
  cursor: "after" | "after_id",
  say: (job: BatchJob) => Promise<Answer>,
): Promise<Answer> {
  const query = new URL(request.url ?? "", "http://localhost").searchParams;
  const prefix = cursor === "after" ? "batch_" : "msgbatch_";
  const newestFirst = jobs.all.filter(({ id }) => id.startsWith(prefix)).toReversed();
  const after = newestFirst.findIndex(({ id }) => id === query.get(cursor));
  const page = newestFirst.slice(after + 1, after + 1 + Number(query.get("limit") ?? 20));
  const data = await Promise.all(page.map(say));
  return { object: "list", data, has_more: after + 1 + page.length < newestFirst.length };
}

function countOf(job: BatchJob, kind: BatchAnswer["kind"]): number {
  return job.answers.filter((answer) => answer.kind === kind).length;
}

function openAiBatch(
  job: BatchJob,
  phase: BatchPhase,
  jobs: BatchJobs,
  files: Map<string, string>,
  service: ChatService | undefined,
): object {
  const status = job.problem !== null ? "failed" : phase === "running" ? "in_progress" : phase;
  const outputs = service && job.problem === null && hasEnded(phase) ? writeOutputs(job, files, service) : {};
  return {
    id: job.id,
    object: "batch",
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
    input_file_id: job.inputFileId,
    status,
    created_at: jobs.epochSeconds(job.createdMs),
    expires_at: jobs.epochSeconds(job.createdMs + 86_400_000),
    metadata: job.metadata,
    request_counts: {
      total: job.requests.length,
      completed: countOf(job, "done"),
      failed: job.answers.length - countOf(job, "done"),
    },
    ...(job.problem === null ? {} : { errors: { object: "list", data: [{ code: "invalid", message: job.problem }] } }),
    ...outputs,
  };
}

/** One file for answers, one for what has none; neither where it would be empty. */
function writeOutputs(job: BatchJob, files: Map<string, string>, service: ChatService): object {
  const lines = altered(
    service,
    job.answers.map((answer, at) => outputLine(job, answer, at)),
  );
  const isGood = (line: string) => line.includes('"status_code":200');
  const write = (name: string, wanted: readonly string[]) => {
    if (wanted.length === 0) return {};
    const id = `file-${name}-${job.id}`;
    files.set(id, `${wanted.join("\n")}\n`);
    return { [`${name}_file_id`]: id };
  };
  return {
    ...write("output", lines.filter(isGood)),
    ...write(
      "error",
      lines.filter((line) => !isGood(line)),
    ),
  };
}

/** In no order that anybody could count on. */
function altered(service: ChatService, lines: readonly string[]): readonly string[] {
  const shuffled = lines.toReversed();
  return service.settings.batchLines?.(shuffled) ?? shuffled;
}

function outputLine(job: BatchJob, answer: BatchAnswer, at: number): string {
  const head = { id: `batch_req_${at}`, custom_id: job.requests[at]!.customId };
  if (answer.kind === "done") {
    const response = { status_code: 200, request_id: answer.requestId, body: answer.body };
    return JSON.stringify({ ...head, response, error: null });
  }
  if (answer.kind === "error") {
    const { status, message, type, code } = answer.error;
    const response = { status_code: status, request_id: "", body: { error: { message, type, code } } };
    return JSON.stringify({ ...head, response, error: null });
  }
  const error = { code: `batch_${answer.kind}`, message: "This request was not executed." };
  return JSON.stringify({ ...head, response: null, error });
}

function messageBatch(job: BatchJob, phase: BatchPhase, jobs: BatchJobs, host: string): object {
  const iso = (ms: number) => new Date(jobs.epochSeconds(ms) * 1_000).toISOString();
  const isOver = hasEnded(phase);
  const results = `http://${host}/v1/messages/batches/${job.id}/results`;
  return {
    id: job.id,
    type: "message_batch",
    processing_status: isOver ? "ended" : phase === "cancelling" ? "canceling" : "in_progress",
    created_at: iso(job.createdMs),
    expires_at: iso(job.createdMs + 86_400_000),
    ended_at: isOver ? iso(job.createdMs) : null,
    archived_at: null,
    cancel_initiated_at: job.cancelledMs === null ? null : iso(job.cancelledMs),
    request_counts: {
      // As long as a batch runs the real one counts nothing but what is processing.
      processing: isOver ? 0 : job.requests.length,
      succeeded: isOver ? countOf(job, "done") : 0,
      errored: isOver ? countOf(job, "error") : 0,
      canceled: isOver ? countOf(job, "cancelled") : 0,
      expired: isOver ? countOf(job, "expired") : 0,
    },
    results_url: isOver ? results : null,
  };
}

function resultLine(job: BatchJob, answer: BatchAnswer, at: number): string {
  const custom_id = job.requests[at]!.customId;
  const say = (result: object) => JSON.stringify({ custom_id, result });
  switch (answer.kind) {
    case "done": {
      const body = answer.body as { usage?: object };
      const usage = body.usage ? { usage: { ...body.usage, service_tier: "batch" } } : {};
      return say({ type: "succeeded", message: { ...body, ...usage } });
    }
    case "error":
      return say({ type: "errored", error: job.protocol.format.errorBody(answer.error) });
    case "expired":
      return say({ type: "expired" });
    case "cancelled":
      return say({ type: "canceled" });
  }
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** What was sent about batches, by method and path without ids: for tests of how often something was asked for. */
export function batchCallName(method: string, path: string): string {
  return `${method} ${path.replace(/\/(file-|batch_|msgbatch_)[^/]+/, "/ID")}`;
}

export function isFailed(answer: Answer): answer is { readonly failed: ApiError } {
  return isJsonObject(answer) && "failed" in answer;
}
