/** Why an exchange did not come to a finished reply. */
import { formatDuration } from "../../shared/format.ts";
import type { Endpoint } from "../../shared/endpoint.ts";
import { excerpt, readServerError } from "./errorBody.ts";
import type { GuardedFetch } from "./guardedFetch.ts";
import { ModelError, type ModelFailure } from "./modelError.ts";
import type { StreamedReply } from "./streamedReply.ts";
import { streamedFailure, type AnswerContext } from "./statusError.ts";

export interface ModelLimits {
  /** Longest silence, before the headers and between any two pieces of the reply. */
  readonly idleMs: number;
  readonly totalMs: number;
  /** For the connection alone: a model may think for long before its headers come. */
  readonly connectMs: number;
  /** As received, with the protocol around the text. */
  readonly maxReplyBytes: number;
}

/** What a provider's own server keeps to. */
export const DEFAULT_LIMITS: ModelLimits = {
  idleMs: 60_000,
  totalMs: 600_000,
  connectMs: 10_000,
  maxReplyBytes: 16 * 1024 * 1024,
};

export interface EndedExchange {
  readonly context: AnswerContext;
  readonly limits: ModelLimits;
  readonly guarded: GuardedFetch;
  /** As far as it came. */
  readonly reply: Pick<StreamedReply<unknown>, "text" | "usage">;
  /** Which of our deadlines passed. */
  readonly expired: "connect" | "idle" | "total" | undefined;
  readonly isCancelled: boolean;
  /** What the SDK threw; undefined: the stream ended by itself. */
  readonly error: unknown;
}

export const CANCELLED: ModelFailure = { code: "cancelled", kind: "cancelled", message: "The request was cancelled." };

/** `billed` is `maybe` from when the server may have begun to work until it refuses or says what it used. */
export function failureOfExchange(ended: EndedExchange): ModelError {
  const { guarded, reply, expired, isCancelled } = ended;
  const failure = explain(ended);
  const wasGivenUp = isCancelled || (expired !== undefined && expired !== "connect");
  const mayBeBilled = failure.billed === "maybe" || guarded.accepted || wasGivenUp;
  return new ModelError({
    ...failure,
    limits: guarded.limits,
    partialText: reply.text,
    usage: reply.usage,
    billed: mayBeBilled ? "maybe" : "no",
  });
}

function explain({ context, limits, guarded, expired, isCancelled, error }: EndedExchange): ModelFailure {
  const { endpoint, apiKey } = context;
  if (expired) return expiredFailure(expired, endpoint, limits);
  if (isCancelled) return CANCELLED;
  if (guarded.failure) return guarded.failure;
  if (!guarded.accepted) {
    const message = `The request could not be made: ${excerpt(error instanceof Error ? error.message : String(error), apiKey)}`;
    return { code: "internal", kind: "request", message };
  }
  const said = serverErrorOf(error);
  if (said !== undefined) return streamedFailure(readServerError({ error: said }), context);
  return {
    code: "stream-interrupted",
    kind: "transient",
    message: `The reply of ${endpoint.host} ${howItBroke(error)}.`,
    cause: error,
  };
}

/** An error that the server put into the stream: thrown with what was said, by the SDKs and by our own readers. */
function serverErrorOf(error: unknown): unknown {
  const isFromSdk = error instanceof Error && "error" in error && "requestID" in error;
  if (!isFromSdk) return undefined;
  const said = error.error ?? undefined;
  // Anthropic's library hands on the whole event: the error is within it.
  return typeof said === "object" && "error" in said ? said.error : said;
}

function howItBroke(error: unknown): string {
  if (error === undefined) return "ended without a finish reason";
  return error instanceof SyntaxError ? "has something in it that is not readable" : "broke off in the middle";
}

function expiredFailure(expired: "connect" | "idle" | "total", endpoint: Endpoint, limits: ModelLimits): ModelFailure {
  const { host } = endpoint;
  if (expired === "connect") {
    const message = `${host} cannot be reached: no connection within ${formatDuration(limits.connectMs)}.`;
    return {
      code: "unreachable",
      kind: "transient",
      message,
      advice: "Check the network connection and the base URL.",
    };
  }
  const message =
    expired === "idle"
      ? `${host} fell silent: nothing came for ${formatDuration(limits.idleMs)}.`
      : `The reply of ${host} was not complete within ${formatDuration(limits.totalMs)}.`;
  return { code: "timeout", kind: "transient", message };
}
