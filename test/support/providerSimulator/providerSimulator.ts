/**
 * A provider that speaks OpenAI's Chat Completions, Anthropic's Messages and Ollama's chat over real HTTP on loopback: prompt caching, latency, limits, money
 * and faults as scripted. Its bill is the measure of every meter.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { apiError, errorBody } from "./apiError.ts";
import { batchCallName, createBatchServer, isFailed, readBody, type BatchServer } from "./batchRoutes.ts";
import { controlRequest } from "./control.ts";
import { createFaultScript } from "./faults.ts";
import type { FaultScript } from "./faults.ts";
import { createForeignListener } from "./foreignListener.ts";
import type { ForeignRequest } from "./foreignListener.ts";
import { DEFAULT_PLACE, DEFAULT_SETTINGS } from "./options.ts";
import type { SimulatorOptions, SimulatorSettings } from "./options.ts";
import { PROTOCOLS, type Protocol } from "./protocols.ts";
import { createPromptCache } from "./promptCache.ts";
import { createRateLimits } from "./rateLimits.ts";
import { createRequestLog } from "./requestLog.ts";
import type { Bill, RequestRecord } from "./requestLog.ts";
import { sendError, serveChat } from "./serveChat.ts";
import type { ChatService } from "./serveChat.ts";

export interface Simulator {
  /** Base URL for clients; ends in `/v1`. */
  readonly url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly key: string;
  /** The model to use by default. */
  readonly model: string;
  /** All chat requests since the start or the last reset, in order of arrival. */
  readonly requests: readonly RequestRecord[];
  /** What arrived at the other origin after a `redirect` fault. */
  readonly foreignRequests: readonly ForeignRequest[];
  readonly faults: FaultScript;
  /** Batches and files that are there. */
  readonly batches: Pick<BatchServer, "jobs" | "files">;
  /** All calls about files and batches, without their ids, in order of arrival. */
  readonly batchCalls: readonly string[];
  /** Most chat requests that were served at once. */
  readonly peakInFlight: number;
  bill(): Bill;
  /** Changes settings from now on. New cache or limit settings start with an empty cache or full buckets. */
  configure(patch: Partial<SimulatorSettings>): void;
  /** Forgets log, bill, prompt cache, buckets and fault counts. Settings and fault rules stay. */
  reset(): void;
  /** Resolves once so many chat requests have been read and have either met the model or been turned away. */
  whenArrived(count: number): Promise<void>;
  /** Resolves once no chat request is being served. */
  whenIdle(): Promise<void>;
  /** Refuses new connections; those in flight go on. */
  stopListening(): void;
  /** Takes connections again, at the same port. */
  listen(): Promise<void>;
  /** Ends everything, the requests in flight included. */
  stop(): Promise<void>;
}

export async function createProviderSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host, port, monotonicMs: clockMs, wait, ...given } = { ...DEFAULT_PLACE, ...options };
  const bornMs = clockMs();
  const monotonicMs = () => clockMs() - bornMs;
  let settings: SimulatorSettings = { ...DEFAULT_SETTINGS, ...given };
  let promptCache = createPromptCache(settings, monotonicMs);
  let rateLimits = createRateLimits(settings, monotonicMs);
  const log = createRequestLog();
  const faults = createFaultScript(settings.faults);
  const foreign = createForeignListener(host, () => settings.key);
  const sightings = new Map<string, number>();
  const stopping = new AbortController();
  const arrivalWaiters: { count: number; resolve: () => void }[] = [];
  let idleWaiters: (() => void)[] = [];
  let arrived = 0;
  /** Raised by each reset: requests from before it are not counted after it. */
  let generation = 0;
  let inFlight = 0;
  let peakInFlight = 0;
  let reopenTimer: NodeJS.Timeout | undefined;

  const service: ChatService = {
    get settings() {
      return settings;
    },
    get promptCache() {
      return promptCache;
    },
    get rateLimits() {
      return rateLimits;
    },
    log,
    faults,
    sightings,
    monotonicMs,
    wait,
    inFlight: () => inFlight,
    refuse(forMs) {
      simulator.stopListening();
      if (forMs !== null) reopenTimer = setTimeout(() => void simulator.listen(), forMs);
    },
    foreignUrl: foreign.url,
  };

  const batches = createBatchServer(service, () => `${host}:${(server.address() as AddressInfo).port}`);
  const batchCalls: string[] = [];

  const handleBatch = async (
    request: IncomingMessage,
    response: ServerResponse,
    call: string,
    carryOut: (body: Buffer) => Promise<object | string>,
  ) => {
    batchCalls.push(call);
    try {
      // Whole before anything happens to it: who hangs up after that has sent it.
      const body = await readBody(request);
      const fault = (await settings.batchCall?.(call)) ?? null;
      if (fault && "drop" in fault && fault.drop === "before") return void response.destroy();
      if (fault && "status" in fault) return sendJson(response, fault.status, errorBody(apiError(fault.status)));
      const answer = await carryOut(body);
      if (fault) return void response.destroy();
      if (typeof answer === "string") return void response.writeHead(200, { "content-type": "text/plain" }).end(answer);
      if (isFailed(answer)) return sendJson(response, answer.failed.status, errorBody(answer.failed));
      sendJson(response, 200, answer);
    } catch (error) {
      sendJson(response, 500, errorBody(apiError(500, { message: `Simulator: ${String(error)}` })));
    }
  };

  const handleChat = async (request: IncomingMessage, response: ServerResponse, protocol: Protocol) => {
    inFlight += 1;
    peakInFlight = Math.max(peakInFlight, inFlight);
    const record = recordOf(request, log.records.length + 1, inFlight, monotonicMs(), settings.key);
    log.open(record);
    const bornIn = generation;
    let isCounted = false;
    const onArrived = () => {
      if (isCounted || bornIn !== generation) return;
      isCounted = true;
      arrived += 1;
      for (const waiter of arrivalWaiters) if (arrived >= waiter.count) waiter.resolve();
    };
    const gone = new AbortController();
    response.once("close", () => gone.abort(new Error("The connection was closed.")));
    const signal = AbortSignal.any([gone.signal, stopping.signal]);
    try {
      const body = await readJson(request);
      if (settings.keepBodies) record.body = body;
      const error = record.headers.authorization === "right" ? null : wrongKey(record);
      if (error) sendError({ record, response, protocol }, error, {});
      else if (body === undefined) sendError({ record, response, protocol }, unreadableBody(), {});
      else await serveChat(service, { protocol, record, body, response, signal, onArrived, arrivedMs: record.startMs });
    } catch (error) {
      record.outcome = "aborted";
      // Neither the client nor stop(): a defect of a scripted function, which must not pass for a slow server.
      if (!signal.aborted)
        sendError({ record, response, protocol }, apiError(500, { message: `Simulator: ${String(error)}` }), {});
    } finally {
      if (!response.writableEnded && !response.destroyed) response.destroy();
      record.status ??= response.headersSent ? response.statusCode : null;
      record.endMs = monotonicMs();
      inFlight -= 1;
      onArrived();
      settings.onRequestEnd?.(record);
      if (inFlight === 0) for (const resolve of idleWaiters.splice(0)) resolve();
    }
  };

  const server = createServer((request, response) => {
    // A connection that was open before may outlive the end of listening.
    if (!server.listening) return void response.destroy();
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (path.startsWith("/__control/")) return void controlRequest(simulator, request, response);
    const protocol = Object.hasOwn(PROTOCOLS, path) ? PROTOCOLS[path] : undefined;
    if (protocol && request.method === "POST") return void handleChat(request, response, protocol);
    const known = authorizationOf(request, settings.key) === "right" ? batches.answer(path, request) : undefined;
    if (known) return void handleBatch(request, response, batchCallName(request.method ?? "", path), known);
    answerOther(path, request, response, settings);
  });
  const boundPort = await listenAt(server, port, host);

  const simulator: Simulator = {
    url: `http://${host}:${boundPort}/v1`,
    origin: `http://${host}:${boundPort}`,
    get key() {
      return settings.key ?? "";
    },
    get model() {
      return settings.models[0] ?? "";
    },
    faults,
    batches,
    batchCalls,
    get requests() {
      return log.records;
    },
    get foreignRequests() {
      return foreign.requests;
    },
    get peakInFlight() {
      return peakInFlight;
    },
    bill: () => log.bill(),
    configure(patch) {
      settings = { ...settings, ...patch };
      if ("cache" in patch || "cacheTtlMs" in patch || "cacheOverflowPerMinute" in patch) {
        promptCache = createPromptCache(settings, monotonicMs);
      }
      if ("requestsPerMinute" in patch || "tokensPerMinute" in patch)
        rateLimits = createRateLimits(settings, monotonicMs);
      if (patch.faults) faults.replace(patch.faults);
    },
    reset() {
      log.clear();
      arrived = 0;
      generation += 1;
      faults.rewind();
      foreign.clear();
      sightings.clear();
      peakInFlight = inFlight;
      promptCache = createPromptCache(settings, monotonicMs);
      rateLimits = createRateLimits(settings, monotonicMs);
    },
    async whenArrived(count) {
      if (arrived >= count) return;
      await new Promise<void>((resolve) => arrivalWaiters.push({ count, resolve }));
    },
    async whenIdle() {
      if (inFlight > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
    stopListening() {
      server.close();
    },
    async listen() {
      if (!server.listening && !stopping.signal.aborted) await listenAt(server, boundPort, host);
    },
    async stop() {
      clearTimeout(reopenTimer);
      stopping.abort(new Error("The simulator was stopped."));
      await simulator.whenIdle();
      server.closeAllConnections();
      await Promise.all([foreign.stop(), new Promise<void>((resolve) => server.close(() => resolve()))]);
    },
  };
  return simulator;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function listenAt(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function recordOf(
  request: IncomingMessage,
  index: number,
  inFlight: number,
  startMs: number,
  key: string | null,
): RequestRecord {
  return {
    index,
    method: request.method ?? "",
    path: request.url ?? "",
    body: null,
    headers: {
      authorization: authorizationOf(request, key),
      contentType: request.headers["content-type"] ?? null,
      accept: request.headers.accept ?? null,
      userAgent: request.headers["user-agent"] ?? null,
    },
    model: null,
    inFlight,
    startMs,
    firstTokenMs: null,
    endMs: null,
    status: null,
    outcome: "running",
    fault: null,
    promptLength: 0,
    usage: null,
    usageReported: false,
    costUsd: 0,
  };
}

function authorizationOf(request: IncomingMessage, key: string | null): "right" | "wrong" | "none" {
  const header = request.headers.authorization;
  if (key === null || header === `Bearer ${key}`) return "right";
  return header ? "wrong" : "none";
}

function wrongKey(record: RequestRecord) {
  return record.headers.authorization === "none"
    ? apiError(401, { message: "You didn't provide an API key.", code: null })
    : apiError(401);
}

function unreadableBody() {
  return apiError(400, { message: "We could not parse the JSON body of your request." });
}

/** undefined: not JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    return undefined;
  }
}

function answerOther(path: string, request: IncomingMessage, response: ServerResponse, settings: SimulatorSettings) {
  const send = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (authorizationOf(request, settings.key) !== "right") return send(401, errorBody(apiError(401)));
  if (request.method === "GET" && path === "/v1/models") {
    return send(200, { object: "list", data: settings.models.map(asModel) });
  }
  if (request.method === "GET" && path === "/api/tags") {
    return send(200, { models: settings.models.map((name) => ({ name, model: name, size: 1 })) });
  }
  const asked = /^\/v1\/models\/(.+)$/.exec(path)?.[1];
  if (request.method === "GET" && asked !== undefined && settings.models.includes(decodeURIComponent(asked))) {
    return send(200, asModel(decodeURIComponent(asked)));
  }
  if (asked !== undefined) return send(404, errorBody(apiError(404)));
  const message = `Invalid URL (${request.method} ${path})`;
  return send(404, errorBody(apiError(404, { message, code: null })));
}

function asModel(id: string): object {
  return { id, object: "model", created: 1_700_000_000, owned_by: "simulator" };
}
