/** A model: an adapter to one provider. Adapters only speak the wire; retries, budgets and limits are flow's. */
import type { ServerProvider } from "../../shared/endpoint.ts";
import type { RequestUsage } from "../../shared/events.ts";
import type { ErrorCode } from "../../shared/errors.ts";

export interface PromptPart {
  readonly role: "system" | "user";
  readonly text: string;
  /** True on the last part that other requests share: where a provider has explicit breakpoints, one is set here. */
  readonly cacheBreakpoint?: boolean;
}

export interface ModelRequest {
  /** Stable parts first. */
  readonly parts: readonly PromptPart[];
  /** JSON schema of the reply (strict structured output); undefined: free text. */
  readonly schema?: { readonly name: string; readonly schema: object };
  readonly maxOutputTokens: number;
  /** Routes requests with the same prefix to the same provider cache. */
  readonly cacheKey?: string;
}

/** Rate-limit headers, where the provider sends them. */
export interface RateLimits {
  readonly remainingRequests: number | null;
  readonly limitRequests: number | null;
  readonly resetRequestsMs: number | null;
  readonly remainingTokens: number | null;
  readonly limitTokens: number | null;
  readonly resetTokensMs: number | null;
}

export type FinishReason = "stop" | "length" | "refusal" | "content-filter";

export interface ModelReply {
  readonly text: string;
  readonly finish: FinishReason;
  /** null: the provider sent no usage. */
  readonly usage: RequestUsage | null;
  /** The model that answered, as the reply names it. */
  readonly model: string;
  readonly serviceTier: string | null;
  /** The provider's own id of the request, for support and the ledger. */
  readonly providerRequestId: string | null;
  /** The request's bound was below what it asked for: cut at its length, it is worth another try. */
  readonly hadLearnedBound?: boolean;
}

export interface StreamHandlers {
  /** The provider accepted the request: status 200 and headers are there. */
  onAccepted?(limits: RateLimits): void;
  onFirstToken?(): void;
  onText?(delta: string): void;
}

export interface Model {
  readonly provider: ServerProvider | "vscode";
  readonly name: string;
  /** Scheme, host and port; for the editor's own models see originOf in shared/endpoint.ts. */
  readonly origin: string;
  /** All of them, where requests go to several; missing: `origin` alone. */
  readonly origins?: readonly string[];
  /** Tokens that fit into one request, prompt and reply together. */
  readonly contextTokens: number;
  /** Sends one request, once. Rejects with a ModelError. */
  stream(request: ModelRequest, handlers: StreamHandlers, signal: AbortSignal): Promise<ModelReply>;
  close(): Promise<void>;
}

/** What the failure of one request means for the run. */
export type ModelErrorKind =
  /** No later request can succeed either: stop the run. */
  | "terminal"
  /** The provider asks to come back later. */
  | "rate-limited"
  /** May succeed when sent again. */
  | "transient"
  /** This request alone cannot succeed. */
  | "request"
  | "cancelled";

/** Thrown by adapters. Has the marker and `code` of an OnceoverError as well (see modelError.ts). */
export interface ModelErrorDetails {
  readonly code: ErrorCode;
  readonly kind: ModelErrorKind;
  /** From retry-after headers; null: the provider did not say. */
  readonly retryAfterMs: number | null;
  /** Whether tokens may have been billed for the failed request. */
  readonly billed: "no" | "maybe";
  /** What had arrived before it failed. */
  readonly partialText: string;
  readonly usage: RequestUsage | null;
  readonly httpStatus: number | null;
  readonly limits: RateLimits | null;
}
