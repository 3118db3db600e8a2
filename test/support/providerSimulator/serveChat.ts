/** One chat request from its arrival to its end: checks in the order of the real API, then the reply. */
import { hash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { apiError, contextLengthExceeded, insufficientQuota } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { Fault, FaultScript } from "./faults.ts";
import { timetableFor } from "./latency.ts";
import type { SimulatorSettings } from "./options.ts";
import { knownPrice } from "./prices.ts";
import type { BilledUsage } from "./prices.ts";
import type { PromptCache } from "./promptCache.ts";
import type { RateLimits } from "./rateLimits.ts";
import type { Protocol } from "./protocols.ts";
import { prepareReply } from "./replyPlan.ts";
import type { RequestLog, RequestRecord } from "./requestLog.ts";
import { createResponseWriter } from "./responseWriter.ts";
import { sendReply } from "./sendReply.ts";
import { strictSchemaProblem } from "./strictSchema.ts";
import { waitForAbort } from "./wait.ts";
import type { Wait } from "./wait.ts";

export interface ChatService {
  readonly settings: SimulatorSettings;
  readonly log: RequestLog;
  readonly faults: FaultScript;
  readonly promptCache: PromptCache;
  readonly rateLimits: RateLimits;
  /** Hash of a prompt → how often it has come. */
  readonly sightings: Map<string, number>;
  readonly monotonicMs: () => number;
  readonly wait: Wait;
  /** Chat requests being served now. */
  inFlight(): number;
  /** Closes the door for so long; null: until told otherwise. */
  refuse(forMs: number | null): void;
  /** Where redirects lead: a listener on another origin. */
  foreignUrl(): Promise<string>;
}

export interface Exchange {
  readonly protocol: Protocol;
  readonly record: RequestRecord;
  readonly body: unknown;
  readonly response: ServerResponse;
  /** Aborted when the connection closes or the simulator stops. */
  readonly signal: AbortSignal;
  readonly arrivedMs: number;
  /** The prompt has been looked up in the cache: what happens from here on no longer changes what it finds. */
  onArrived(): void;
}

export async function serveChat(service: ChatService, exchange: Exchange): Promise<void> {
  const { record, response } = exchange;
  const checked = checkRequest(service, exchange);
  if ("error" in checked) return sendError(exchange, checked.error, {});
  const { request } = checked;
  record.model = request.model;
  record.promptLength = request.promptText.length;

  const rate = service.rateLimits.take(request.promptTokens + (request.maxOutputTokens ?? 0));
  const headers = { [exchange.protocol.format.requestIdHeader]: requestId(record), ...rate.headers };
  if (rate.exceeded) return sendError(exchange, rateLimitReached(rate.exceeded, rate.retryAfterMs), headers);
  const { maxConcurrent } = service.settings;
  if (maxConcurrent !== null && service.inFlight() > maxConcurrent) return sendError(exchange, apiError(429), headers);

  const fault = service.faults.faultFor(request);
  record.fault = fault?.kind ?? null;
  if (fault?.kind === "drop" || fault?.kind === "refuse") {
    if (fault.kind === "refuse") service.refuse(fault.forMs);
    record.outcome = "broken";
    response.destroy();
    return;
  }
  if (fault?.kind === "redirect") return redirect(service, exchange, fault);
  const error = errorOfFault(fault, request, service.settings) ?? tooLong(request, service.settings);
  if (error) return sendError(exchange, error, headers, fault?.kind === "http-error" ? fault.html : undefined);
  await answer(service, exchange, request, fault, headers);
}

function checkRequest(service: ChatService, exchange: Exchange): { request: ChatRequest } | { error: ApiError } {
  const { settings, sightings } = service;
  const parsed = exchange.protocol.parse(exchange.body, exchange.record.index, (promptText) => {
    const id = hash("sha256", promptText);
    const count = (sightings.get(id) ?? 0) + 1;
    sightings.set(id, count);
    return count;
  });
  if ("error" in parsed) return parsed;
  const { model, schema } = parsed.request;
  if (!settings.models.includes(model)) {
    const message = `The model \`${model}\` does not exist or you do not have access to it.`;
    return { error: apiError(404, { message }) };
  }
  if (settings.creditUsd !== null && service.log.spentUsd() >= settings.creditUsd)
    return { error: insufficientQuota() };
  const problem = schema && strictSchemaProblem(schema);
  return problem ? { error: apiError(400, { message: problem, param: "response_format" }) } : parsed;
}

async function answer(
  service: ChatService,
  exchange: Exchange,
  request: ChatRequest,
  fault: Fault | null,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { settings, log } = service;
  const { record, signal } = exchange;
  const reply = await prepareReply(request, settings, fault);
  const hidesDetails = fault?.kind === "usage-without-details";
  const cache = hidesDetails ? null : service.promptCache.use(request);
  const price = settings.prices[request.model] ?? knownPrice(request.model);
  const usage = (outputTokens: number): BilledUsage => ({
    inputTokens: request.promptTokens,
    cachedInputTokens: cache?.cachedTokens ?? 0,
    cacheWriteTokens: cache?.writeTokens ?? 0,
    outputTokens,
  });
  const charge = (outputTokens: number) => log.charge(record, usage(outputTokens), price, request.serviceTier);
  // The model reads the prompt from here on: whoever hangs up now may be billed for it.
  charge(0);
  exchange.onArrived();
  if (fault?.kind === "slow-headers") await (fault.ms === null ? waitForAbort(signal) : service.wait(fault.ms, signal));
  const result = await sendReply({
    request,
    reply,
    fault,
    headers,
    signal,
    format: exchange.protocol.format,
    head: {
      requestId: requestId(record),
      created: Math.floor(Date.now() / 1000),
      model: request.model,
      serviceTier: request.serviceTier,
    },
    usage:
      fault?.kind === "missing-usage"
        ? null
        : { ...usage(reply.outputTokens), cache: settings.cache, withDetails: !hidesDetails },
    timetable: timetableFor(request, settings, settings.latencyOverrides, settings.timeScale),
    writer: createResponseWriter({
      response: exchange.response,
      wait: service.wait,
      signal,
      byteDelayMs: fault?.kind === "drip" ? fault.byteDelayMs : null,
    }),
    async until(ms) {
      const restMs = exchange.arrivedMs + ms - service.monotonicMs();
      // Timers are no finer than a millisecond: shorter rests are made good by the next wait.
      if (restMs >= 1) await service.wait(restMs, signal);
    },
    async onFirstToken() {
      if (settings.gate) await Promise.race([settings.gate(request), waitForAbort(signal)]);
      record.firstTokenMs = service.monotonicMs();
      if (settings.cacheReadableAt === "first-token") cache?.publish();
    },
    onProgress: charge,
    onUsageSent() {
      record.usageReported = true;
    },
  });
  if (settings.cacheReadableAt === "end") cache?.publish();
  record.outcome = result;
}

function errorOfFault(fault: Fault | null, request: ChatRequest, settings: SimulatorSettings): ApiError | null {
  switch (fault?.kind) {
    case "quota":
      return insufficientQuota();
    case "context-too-long":
      return contextLengthExceeded(settings.contextTokens, request.promptTokens);
    case "http-error":
      return apiError(fault.status, {
        ...fault.error,
        headers: {
          ...(fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter }),
          ...(fault.retryAfterMs === undefined ? {} : { "retry-after-ms": String(fault.retryAfterMs) }),
        },
      });
    default:
      return null;
  }
}

function tooLong(request: ChatRequest, settings: SimulatorSettings): ApiError | null {
  const asked = request.promptTokens + (request.maxOutputTokens ?? 0);
  return asked > settings.contextTokens ? contextLengthExceeded(settings.contextTokens, asked) : null;
}

function rateLimitReached(what: "requests" | "tokens", retryAfterMs: number): ApiError {
  return apiError(429, {
    message: `Rate limit reached for ${what} per minute. Please try again in ${retryAfterMs}ms.`,
    type: what,
    headers: { "retry-after-ms": String(retryAfterMs), "retry-after": String(Math.ceil(retryAfterMs / 1000)) },
  });
}

async function redirect(
  service: ChatService,
  exchange: Exchange,
  fault: Extract<Fault, { kind: "redirect" }>,
): Promise<void> {
  const location = fault.location ?? (await service.foreignUrl());
  exchange.record.outcome = "rejected";
  exchange.record.status = fault.status ?? 307;
  exchange.response.writeHead(exchange.record.status, { location, "content-length": "0" }).end();
}

/** Answers with an error status; nothing is billed. */
export function sendError(
  exchange: Pick<Exchange, "record" | "response" | "protocol">,
  error: ApiError,
  headers: Readonly<Record<string, string>>,
  html?: string,
): void {
  exchange.record.status = error.status;
  exchange.record.outcome = "rejected";
  exchange.response.writeHead(error.status, {
    ...headers,
    ...error.headers,
    "content-type": html === undefined ? "application/json" : "text/html",
  });
  exchange.response.end(html ?? JSON.stringify(exchange.protocol.format.errorBody(error)));
}

function requestId(record: RequestRecord): string {
  return `req_${String(record.index).padStart(6, "0")}`;
}
