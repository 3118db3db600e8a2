/** What can go wrong, and when. Plain data, so that another process can script it over the control surface. */
import type { ApiError } from "./apiError.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { matches } from "./requestMatch.ts";
import type { RequestMatch } from "./requestMatch.ts";

/** `afterDeltas` counts content deltas that are sent before; 0: after the headers, before anything else. */
export type Fault =
  /** An error status. The body's wording follows the status unless `error` says otherwise. */
  | {
      readonly kind: "http-error";
      readonly status: number;
      /** Seconds or an HTTP date, sent as it stands. */
      readonly retryAfter?: string;
      readonly retryAfterMs?: number;
      readonly error?: Partial<Pick<ApiError, "message" | "type" | "code" | "param">>;
      /** Sent instead of the JSON body, as a proxy's error page would be. */
      readonly html?: string;
    }
  /** The account is empty: 429 with `insufficient_quota`. */
  | { readonly kind: "quota" }
  | { readonly kind: "context-too-long" }
  /** Closes the connection before any answer. */
  | { readonly kind: "drop" }
  /** Closes this connection and refuses new ones; null: until told to listen again. */
  | { readonly kind: "refuse"; readonly forMs: number | null }
  /** Sends the client to another origin, by default a listener of the simulator's own that notes what comes. */
  | { readonly kind: "redirect"; readonly status?: 301 | 302 | 303 | 307 | 308; readonly location?: string }
  /** So long nothing at all, then as usual; null: never anything. */
  | { readonly kind: "slow-headers"; readonly ms: number | null }
  /** Falls silent with the connection open. */
  | { readonly kind: "stall"; readonly afterDeltas: number }
  /** Byte by byte. */
  | { readonly kind: "drip"; readonly byteDelayMs: number }
  /** Destroys the socket. */
  | { readonly kind: "cut"; readonly afterDeltas: number }
  /** Ends the response properly, but without a finish reason, usage and `[DONE]`. Default: after the whole text. */
  | { readonly kind: "silent-end"; readonly afterDeltas?: number }
  /** An error in the stream after status 200. */
  | {
      readonly kind: "error-event";
      readonly afterDeltas: number;
      readonly error?: Partial<Pick<ApiError, "message" | "type" | "code" | "param">>;
    }
  /** A chunk that is not JSON, then the end of the stream. */
  | { readonly kind: "malformed-sse"; readonly afterDeltas: number }
  /** Half of the JSON, with finish reason `stop`. */
  | { readonly kind: "truncated-json" }
  /** Valid JSON of another shape. Default: one with a list where text belongs. */
  | { readonly kind: "off-schema"; readonly text?: string }
  /** Half of the text, with finish reason `length`. */
  | { readonly kind: "finish-length" }
  /** Half of the text, with finish reason `content_filter`. */
  | { readonly kind: "content-filter" }
  | { readonly kind: "refusal"; readonly text?: string }
  /** Valid JSON with an endless summary. */
  | { readonly kind: "huge-reply"; readonly sizeBytes: number }
  /** A complete reply that never says what it used. */
  | { readonly kind: "missing-usage" }
  /** Usage without `prompt_tokens_details`; the prompt cache is not used, so that the totals are the truth. */
  | { readonly kind: "usage-without-details" };

export type FaultKind = Fault["kind"];

export interface FaultRule extends RequestMatch {
  readonly fault: Fault;
  /** At most so many times. */
  readonly times?: number;
}

export interface FaultScript {
  /** The fault of the first rule that applies to the request. */
  faultFor(request: ChatRequest): Fault | null;
  /** Puts a rule behind the others. */
  add(rule: FaultRule): void;
  replace(rules: readonly FaultRule[]): void;
  clear(): void;
  /** Forgets how often each rule has applied. */
  rewind(): void;
}

export function createFaultScript(initial: readonly FaultRule[] = []): FaultScript {
  let rules = initial.map((rule) => ({ rule, used: 0 }));
  return {
    faultFor(request) {
      const found = rules.find(({ rule, used }) => used < (rule.times ?? Infinity) && matches(rule, request));
      if (!found) return null;
      found.used += 1;
      return found.rule.fault;
    },
    add(rule) {
      rules.push({ rule, used: 0 });
    },
    replace(next) {
      rules = next.map((rule) => ({ rule, used: 0 }));
    },
    clear() {
      rules = [];
    },
    rewind() {
      for (const entry of rules) entry.used = 0;
    },
  };
}
