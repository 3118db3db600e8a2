/** What an error answer means for the run. */
import type { ErrorCode } from "../../shared/errors.ts";
import type { Endpoint } from "../../shared/endpoint.ts";
import { excerpt, type ServerError } from "./errorBody.ts";
import type { ModelErrorKind } from "./model.ts";
import type { ModelFailure } from "./modelError.ts";
import type { WireProtocol } from "./wireProtocol.ts";

/** What is said and advised besides the status itself. */
export interface AnswerContext {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly apiKey: string;
  readonly isFirstRequest: boolean;
  readonly wire: WireProtocol;
}

const KEY_ADVICE = "Set another key in ONCEOVER_API_KEY, or in the editor with “Onceover: Set API Key”.";
const QUOTA_ADVICE =
  "Add credit or raise the limit in the provider's billing settings, then run again: nothing is lost.";

const NOTHING_SAID = { message: "" };

interface Meaning {
  readonly code: ErrorCode;
  readonly kind: ModelErrorKind;
  /** Completes "HOST answered STATUS: …". */
  readonly reason: string;
  readonly advice?: string;
}

const QUOTA =
  /insufficient_quota|credit_balance_exhausted|spend_limit_(exceeded|reached)|billing_error|credit balance is too low|usage_limit_exceeded|billing_(hard_limit_reached|not_active)|insufficient[ _]balance|insufficient[ _]credits/i;
const UNKNOWN_MODEL =
  /model_not_found|not_found_error model: |not a valid model|\bmodel\b.{0,120}\b(does not exist|doesn't exist|not exist|not found|is not available)/i;
const TOO_LONG =
  /context_length_exceeded|exceed_context_size|maximum context length|exceeds? (the )?(available |maximum )?context|context (length|window|size)|prompt is too long|too many (input )?tokens/i;
const BAD_KEY = /invalid_api_key|api key not valid|(invalid|incorrect) api key/i;
const OVERLOADED = /slow_down|rate_limit_(exceeded|error)/i;

/** @param status the HTTP status, or the one that an error within a stream names */
function meaningOf(status: number, error: ServerError, context: AnswerContext): Meaning {
  const words = `${error.code ?? ""} ${error.type ?? ""} ${error.message}`;
  if (status === 402 || QUOTA.test(words)) {
    return {
      code: "quota-exhausted",
      kind: "terminal",
      reason: "the account has no credit left",
      advice: QUOTA_ADVICE,
    };
  }
  if (status === 401 || (status >= 400 && status < 404 && BAD_KEY.test(words))) {
    return { code: "invalid-key", kind: "terminal", reason: "the key was refused", advice: KEY_ADVICE };
  }
  if (status === 403)
    return {
      code: "invalid-key",
      kind: "terminal",
      reason: said(error, context, "the key may not do this"),
      advice: KEY_ADVICE,
    };
  // More tokens than a whole minute's allowance: waiting does not help, a smaller request does.
  if (
    status === 413 ||
    /request too large/i.test(error.message) ||
    (status < 500 && status !== 429 && TOO_LONG.test(words))
  ) {
    return {
      code: "context-too-long",
      kind: "request",
      reason: said(error, context, "the prompt is too long for the model"),
    };
  }
  if (status === 429 || OVERLOADED.test(words)) {
    return { code: "rate-limited", kind: "rate-limited", reason: said(error, context, "too many requests") };
  }
  if (status < 500 && UNKNOWN_MODEL.test(words)) {
    const shown = excerpt(context.model, context.apiKey);
    const reason = `it does not know the model "${shown}"`;
    return { code: "unknown-model", kind: "terminal", reason, advice: context.wire.unknownModelAdvice(shown) };
  }
  if (status === 404 || status === 405 || status === 410) {
    return {
      code: "wrong-endpoint",
      kind: "terminal",
      reason: said(
        error.isApiError ? error : NOTHING_SAID,
        context,
        `there is no ${context.wire.apiName} at this address`,
      ),
      advice: context.wire.urlAdvice,
    };
  }
  if (status === 408 || status === 409 || status === 425 || status >= 500) {
    return { code: "server-error", kind: "transient", reason: said(error, context, "the server failed") };
  }
  return { code: "request-rejected", kind: "request", reason: said(error, context, "the request was rejected") };
}

/** A whole failure from an error answer. */
export function statusFailure(status: number, error: ServerError, context: AnswerContext): ModelFailure {
  const meaning = meaningOf(status, error, context);
  const which = context.isFirstRequest ? " to the first request" : "";
  return {
    ...meaning,
    message: `${context.endpoint.host} answered ${status}${which}: ${meaning.reason}.`,
    httpStatus: status,
  };
}

/** An error that came within a stream, after status 200. */
export function streamedFailure(error: ServerError, context: AnswerContext): ModelFailure {
  // Gateways put the status of the server behind them into `code`.
  const status = /^[45]\d\d$/.test(error.code ?? "") ? Number(error.code) : 500;
  const meaning = meaningOf(status, error, context);
  return {
    ...meaning,
    message: `${context.endpoint.host} broke off its reply with an error: ${meaning.reason}.`,
    httpStatus: 200,
  };
}

export function redirectFailure(status: number, location: string | null, context: AnswerContext): ModelFailure {
  const target =
    location !== null && URL.canParse(location, context.endpoint.baseUrl)
      ? new URL(location, context.endpoint.baseUrl).origin
      : null;
  const where = target === null ? "" : ` to ${excerpt(target, context.apiKey)}`;
  return {
    code: "wrong-endpoint",
    kind: "terminal",
    message: `${context.endpoint.host} answered ${status}, a redirect${where}; a key is never sent on to another address.`,
    advice: "If you trust that address, set it as the base URL.",
    httpStatus: status,
  };
}

export function notAnApiFailure(status: number, contentType: string, context: AnswerContext): ModelFailure {
  const what = /html/i.test(contentType) ? "a web page" : `something that is no reply of a ${context.wire.apiName}`;
  return {
    code: "wrong-endpoint",
    kind: "terminal",
    message: `${context.endpoint.host} answered ${status} with ${what}: there is no ${context.wire.apiName} at ${context.endpoint.baseUrl}.`,
    advice: context.wire.urlAdvice,
    httpStatus: status,
  };
}

/** The server's own words where it has some. */
function said(error: Pick<ServerError, "message">, context: AnswerContext, otherwise: string): string {
  return excerpt(error.message, context.apiKey).replace(/[.\s]+$/, "") || otherwise;
}
