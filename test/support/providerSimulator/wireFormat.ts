/** How a protocol words what the simulator says: one for each provider. */
import type { ApiError } from "./apiError.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { FinishReason } from "./options.ts";
import type { BilledUsage } from "./prices.ts";
import type { CacheKind } from "./promptCache.ts";
import type { PreparedReply } from "./replyPlan.ts";

export interface ReplyHead {
  /** `req_000001`. */
  readonly requestId: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly serviceTier: string;
}

export interface ToldUsage extends BilledUsage {
  readonly cache: CacheKind;
  /** False: cached and written tokens are left out. */
  readonly withDetails: boolean;
}

export interface WireFormat {
  readonly contentType: string;
  readonly requestIdHeader: string;
  /** Sent before the first token; the usage so far, where the protocol tells it that early. */
  start(head: ReplyHead, request: ChatRequest, usage: ToldUsage | null): string;
  delta(head: ReplyHead, request: ChatRequest, text: string, isRefusal: boolean): string;
  /** A piece that cannot be read. */
  readonly malformed: string;
  /** From the finish reason to the protocol's own mark of the end. */
  end(head: ReplyHead, request: ChatRequest, finish: FinishReason, isRefusal: boolean, usage: ToldUsage | null): string;
  /** Whether the end tells usage at all. */
  tellsUsage(request: ChatRequest): boolean;
  /** A reply that is not streamed. */
  whole(head: ReplyHead, reply: PreparedReply, usage: ToldUsage | null): object;
  errorBody(error: ApiError): object;
  errorEvent(error: ApiError): string;
}

export const event = (data: object | "[DONE]") => `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
