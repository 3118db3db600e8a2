/**
 * Batches as both providers carry them out: requests are done one after the other in the clock's own time, what is not
 * done after a day expires, and what is done costs half. Nothing happens by itself: whoever asks sees what the clock
 * has made of it.
 */
import { randomBytes } from "node:crypto";
import { apiError, type ApiError } from "./apiError.ts";
import type { SimulatorSettings } from "./options.ts";
import { knownPrice } from "./prices.ts";
import type { Protocol } from "./protocols.ts";
import { prepareReply } from "./replyPlan.ts";
import type { ChatService } from "./serveChat.ts";
import type { RequestRecord } from "./requestLog.ts";

const DAY_MS = 86_400_000;

/** How long things take; with the defaults a batch is done as soon as somebody asks for it. */
export interface BatchTimes {
  readonly batchValidatingMs: number;
  readonly batchRequestMs: number;
  readonly batchFinalizingMs: number;
  /** From the order to stop to the end. */
  readonly batchCancellingMs: number;
}

export type BatchAnswer =
  | { readonly kind: "done"; readonly body: object; readonly requestId: string }
  | { readonly kind: "error"; readonly error: ApiError }
  | { readonly kind: "expired" }
  | { readonly kind: "cancelled" };

export type BatchPhase = "validating" | "running" | "finalizing" | "completed" | "expired" | "cancelling" | "cancelled";

export interface BatchJob {
  readonly id: string;
  readonly protocol: Protocol;
  readonly createdMs: number;
  readonly metadata: unknown;
  readonly requests: readonly { readonly customId: string; readonly body: unknown }[];
  /** In order of their requests; the rest is outstanding. */
  readonly answers: BatchAnswer[];
  cancelledMs: number | null;
  /** Why it failed in validation; null: it did not. */
  readonly problem: string | null;
  inputFileId: string | null;
}

export interface BatchJobs {
  readonly all: BatchJob[];
  create(job: Pick<BatchJob, "protocol" | "metadata" | "requests" | "problem">, prefix: string): BatchJob;
  /** Carries out what the clock says is done by now. */
  phase(job: BatchJob): Promise<BatchPhase>;
  /** Seconds since 1970 for a moment of the simulator's clock. */
  epochSeconds(ms: number): number;
}

export function createBatchJobs(service: ChatService): BatchJobs {
  const bornEpochMs = Date.now() - service.monotonicMs();
  const all: BatchJob[] = [];

  const advance = async (job: BatchJob, untilMs: number) => {
    const { batchValidatingMs, batchRequestMs } = service.settings;
    const workedMs = Math.min(untilMs, job.createdMs + DAY_MS) - job.createdMs - batchValidatingMs;
    const count = workedMs < 0 ? 0 : batchRequestMs === 0 ? Infinity : Math.floor(workedMs / batchRequestMs);
    while (job.answers.length < Math.min(count, job.requests.length)) {
      job.answers.push(await carryOut(service, job, job.requests[job.answers.length]!.body));
    }
  };

  const fill = (job: BatchJob, kind: "expired" | "cancelled") => {
    while (job.answers.length < job.requests.length) job.answers.push({ kind });
  };

  return {
    all,
    epochSeconds: (ms) => Math.floor((bornEpochMs + ms) / 1_000),
    create(given, prefix) {
      const id = `${prefix}${randomBytes(8).toString("hex")}`;
      const createdMs = service.monotonicMs();
      const job: BatchJob = { ...given, id, createdMs, answers: [], cancelledMs: null, inputFileId: null };
      all.push(job);
      return job;
    },
    async phase(job) {
      const nowMs = service.monotonicMs();
      const { batchValidatingMs, batchRequestMs, batchFinalizingMs, batchCancellingMs } = service.settings;
      await advance(job, Math.min(nowMs, job.cancelledMs ?? Infinity));
      const isDone = job.answers.length === job.requests.length;
      if (job.cancelledMs !== null && (!isDone || job.answers.at(-1)?.kind === "cancelled")) {
        if (nowMs < job.cancelledMs + batchCancellingMs) return "cancelling";
        fill(job, "cancelled");
        return "cancelled";
      }
      if (!isDone || job.answers.at(-1)?.kind === "expired") {
        if (nowMs < job.createdMs + batchValidatingMs) return "validating";
        if (nowMs < job.createdMs + DAY_MS) return "running";
        fill(job, "expired");
        return "expired";
      }
      const doneMs = job.createdMs + batchValidatingMs + batchRequestMs * job.requests.length;
      return nowMs < doneMs + batchFinalizingMs ? "finalizing" : "completed";
    },
  };
}

/** One request: the checks of the API, the reply, and half of its price on the bill. */
async function carryOut(service: ChatService, job: BatchJob, body: unknown): Promise<BatchAnswer> {
  const { settings, log } = service;
  const record = recordOf(log.records.length + 1, body, settings, service.monotonicMs());
  log.open(record);
  const refuse = (error: ApiError): BatchAnswer => {
    record.outcome = "rejected";
    record.status = error.status;
    return { kind: "error", error };
  };
  const parsed = job.protocol.parse(body, record.index, () => 1);
  if ("error" in parsed) return refuse(parsed.error);
  const { request } = parsed;
  if (request.stream) return refuse(apiError(400, { message: "Streaming is not supported in batches." }));
  if (!settings.models.includes(request.model)) return refuse(apiError(404));
  record.model = request.model;
  record.promptLength = request.promptText.length;
  const fault = service.faults.faultFor(request);
  record.fault = fault?.kind ?? null;
  if (fault?.kind === "http-error") return refuse(apiError(fault.status, fault.error));
  const reply = await prepareReply(request, settings, fault);
  const usage = {
    inputTokens: request.promptTokens,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: reply.outputTokens,
  };
  const price = settings.prices[request.model] ?? knownPrice(request.model);
  log.charge(record, usage, price, "batch");
  record.outcome = "completed";
  record.status = 200;
  record.usageReported = fault?.kind !== "missing-usage";
  const requestId = `req_${String(record.index).padStart(6, "0")}`;
  const head = { requestId, created: Math.floor(Date.now() / 1_000), model: request.model, serviceTier: "default" };
  const told = record.usageReported ? { ...usage, cache: settings.cache, withDetails: true } : null;
  return { kind: "done", body: job.protocol.format.whole(head, reply, told), requestId };
}

function recordOf(index: number, body: unknown, settings: SimulatorSettings, startMs: number): RequestRecord {
  return {
    index,
    method: "BATCH",
    path: "",
    body: settings.keepBodies ? body : null,
    headers: { authorization: "right", contentType: null, accept: null, userAgent: null },
    model: null,
    inFlight: 0,
    startMs,
    firstTokenMs: null,
    endMs: startMs,
    status: null,
    outcome: "running",
    fault: null,
    promptLength: 0,
    usage: null,
    usageReported: false,
    costUsd: 0,
  };
}
