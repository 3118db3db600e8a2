/**
 * Fetch as a request with a key may use it: follows no redirect, sends no more headers than the protocol needs, reads
 * no more than allowed, and turns every answer that is no reply into a failure.
 */
import { followSignals, type FollowedSignals } from "../flow/followSignals.ts";
import type { Clock } from "../ports.ts";
import { capBody, readText } from "./cappedBody.ts";
import { connectionFailure } from "./connectionFailure.ts";
import { parseErrorBody, readServerError, type ServerError } from "./errorBody.ts";
import type { RateLimits } from "./model.ts";
import type { ModelFailure } from "./modelError.ts";
import { readRetryAfterMs } from "./retryAfter.ts";
import { notAnApiFailure, redirectFailure, statusFailure, type AnswerContext } from "./statusError.ts";

const MAX_ERROR_BYTES = 64 * 1024;

export interface GuardedFetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly context: AnswerContext;
  readonly maxReplyBytes: number;
  readonly onAccepted: (limits: RateLimits) => void;
  /** Bytes have come. */
  readonly onActivity: () => void;
}

/** What became of the one request that goes through a guarded fetch. */
export interface GuardedFetch {
  readonly fetch: typeof globalThis.fetch;
  /** For answers that are no stream. */
  fetchText(url: string, init: RequestInit): Promise<string>;
  /** Status 200 and headers of a reply were there. */
  readonly accepted: boolean;
  /** Why there is no reply, or no whole one; null: nothing is known to be wrong. */
  readonly failure: ModelFailure | null;
  /** What the server refused, in its own words. */
  readonly rejection: { readonly status: number; readonly error: ServerError } | null;
  readonly limits: RateLimits | null;
  readonly requestId: string | null;
  /** Nothing more is sent or read: what was listened to is let go. */
  end(): void;
}

export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { clock, context, maxReplyBytes, onActivity } = options;
  const { endpoint, wire } = context;
  let accepted = false;
  let failure: ModelFailure | null = null;
  let rejection: GuardedFetch["rejection"] = null;
  let limits: RateLimits | null = null;
  let requestId: string | null = null;

  const followed: FollowedSignals[] = [];

  /** A library makes signals of its own: what the platform's fetch listens to is not let go before it is collected. */
  const follow = (signal: AbortSignal | null | undefined): AbortSignal => {
    const own = followSignals(signal);
    followed.push(own);
    return own.signal;
  };

  const fail = (reason: ModelFailure): Error => {
    failure = reason;
    return new Error(reason.message);
  };

  const reject = (status: number, headers: Headers, error: ServerError): Error => {
    rejection = { status, error };
    return fail({
      ...statusFailure(status, error, context),
      retryAfterMs: readRetryAfterMs(headers, clock.now()),
      limits,
    });
  };

  const accept = (response: Response, body: ReadableStream<Uint8Array> | null): Response => {
    accepted = true;
    options.onAccepted(limits ?? wire.readRateLimits(response.headers, clock.now()));
    const onTooMuch = () => fail(tooMuch(endpoint.host, maxReplyBytes));
    const capped = body && capBody(body, { clock, maxBytes: maxReplyBytes, onBytes: onActivity, onTooMuch });
    return new Response(capped, { status: 200, headers: { "content-type": "text/event-stream" } });
  };

  /** A server that does not stream sends the whole reply at once: it is passed on as a stream of one chunk. */
  const acceptWhole = async (response: Response): Promise<Response> => {
    const text = await readText(response, maxReplyBytes).catch((error: unknown) => {
      throw fail(brokeOff(endpoint.host, error));
    });
    const reply = parseJson(text);
    const error = readServerError(reply);
    if (error.isApiError) {
      if (/unexpected endpoint/i.test(error.message)) throw fail(notAnApiFailure(200, "", context));
      throw reject(500, response.headers, error);
    }
    const stream = reply && wire.streamOfWhole(reply as Record<string, unknown>);
    if (!stream) throw fail(notAnApiFailure(200, "", context));
    return accept(response, new Response(stream).body);
  };

  const open = async (input: string | URL | Request, init: RequestInit | undefined): Promise<Response> => {
    const all = new Headers(init?.headers);
    const headers = new Headers(wire.sentHeaders.flatMap((name) => (all.has(name) ? [[name, all.get(name)!]] : [])));
    try {
      const signal = follow(init?.signal);
      return await options.fetch(input, { ...init, headers, signal, redirect: "manual" });
    } catch (error) {
      throw fail(connectionFailure(error, endpoint));
    }
  };

  /** An answer with a good status that is no web page. */
  const request = async (input: string | URL | Request, init: RequestInit | undefined): Promise<Response> => {
    const response = await open(input, init);
    onActivity();
    limits = wire.readRateLimits(response.headers, clock.now());
    requestId = response.headers.get(wire.requestIdHeader);
    const type = response.headers.get("content-type") ?? "";
    if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw fail(redirectFailure(response.status, response.headers.get("location"), context));
    }
    if (!response.ok)
      throw reject(
        response.status,
        response.headers,
        parseErrorBody(await readText(response, MAX_ERROR_BYTES).catch(() => "")),
      );
    if (/\bhtml\b/i.test(type)) {
      await response.body?.cancel();
      throw fail(notAnApiFailure(response.status, type, context));
    }
    return response;
  };

  const guarded = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await request(input, init);
    const isWhole = /\bjson\b/i.test(response.headers.get("content-type") ?? "");
    return isWhole ? acceptWhole(response) : accept(response, response.body);
  };

  return {
    fetch: guarded,
    fetchText: async (url, init) => readText(await request(url, init), maxReplyBytes),
    get accepted() {
      return accepted;
    },
    get failure() {
      return failure;
    },
    get rejection() {
      return rejection;
    },
    get limits() {
      return limits;
    },
    get requestId() {
      return requestId;
    },
    end() {
      for (const { stop } of followed.splice(0)) stop();
    },
  };
}

function tooMuch(host: string, maxBytes: number): ModelFailure {
  const message = `The reply of ${host} was cut: it is longer than ${Math.round(maxBytes / 1024)} KB.`;
  return { code: "reply-truncated", kind: "request", message, httpStatus: 200 };
}

function brokeOff(host: string, cause: unknown): ModelFailure {
  const message = `The reply of ${host} broke off in the middle.`;
  return { code: "stream-interrupted", kind: "transient", message, billed: "maybe", httpStatus: 200, cause };
}

function parseJson(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
