/** How a simulator behaves. Everything has a default; all but where it listens can be changed while it runs. */
import type { BatchTimes } from "./batchJobs.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { FaultRule } from "./faults.ts";
import type { Latency, LatencyOverride } from "./latency.ts";
import type { ModelPrice } from "./prices.ts";
import type { PromptCacheOptions } from "./promptCache.ts";
import type { RateLimitOptions } from "./rateLimits.ts";
import type { RequestRecord } from "./requestLog.ts";
import { DEFAULT_LINE_PATTERN } from "./reviewReply.ts";
import type { ReviewReplyOptions } from "./reviewReply.ts";
import { realWait } from "./wait.ts";
import type { Wait } from "./wait.ts";

export type FinishReason = "stop" | "length" | "content_filter";

export interface ToolCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ReplyPlan {
  readonly text: string;
  /** Sent after the text; only in whole replies of OpenAI's protocol. */
  readonly toolCalls?: readonly ToolCall[];
  /** Sent as refusal deltas instead of content. */
  readonly refusal?: string;
  readonly finish?: FinishReason;
  /** What the reply is billed as; default: the tokens of its text. */
  readonly outputTokens?: number;
}

/** What becomes of a call about batches: it is lost before, or after, it was carried out, or refused. */
export type BatchFault = { readonly drop: "before" | "after" } | { readonly status: number };

export interface SimulatorSettings
  extends Latency, PromptCacheOptions, RateLimitOptions, ReviewReplyOptions, BatchTimes {
  /** Asked for each call about files and batches, such as `POST /v1/batches` or `GET /v1/batches/ID`. */
  readonly batchCall: ((call: string) => BatchFault | null | Promise<BatchFault | null>) | null;
  /** Bends the lines of a batch's results. */
  readonly batchLines: ((lines: readonly string[]) => readonly string[]) | null;
  /** Host and port that Anthropic's `results_url` names; null: this server. */
  readonly batchResultsHost: string | null;
  /** The only key that is let in; null: any, or none. */
  readonly key: string | null;
  /** The first one is the one to use by default. */
  readonly models: readonly string[];
  /** Instead of the price library's. A model that neither knows is served for nothing. */
  readonly prices: Readonly<Record<string, ModelPrice>>;
  /** The account is empty once so much has been charged; null: never. */
  readonly creditUsd: number | null;
  /** Prompt and the longest possible reply together. */
  readonly contextTokens: number;
  readonly cacheReadableAt: "first-token" | "end";
  /** Tokens in one content delta. */
  readonly deltaTokens: number;
  /** Multiplies all latencies: 0.1 is ten times as fast. */
  readonly timeScale: number;
  readonly latencyOverrides: readonly LatencyOverride[];
  /** Above so many requests at once: 429. */
  readonly maxConcurrent: number | null;
  readonly faults: readonly FaultRule[];
  /** Whether the log keeps request bodies: without them a long run stays small. */
  readonly keepBodies: boolean;
  /** The reply's text; default: a review of the prompt's numbered lines. */
  readonly reply: ((request: ChatRequest) => string | ReplyPlan | Promise<string | ReplyPlan>) | null;
  /** The first token waits for this too: lets a test decide the order of things. */
  readonly gate: ((request: ChatRequest) => Promise<void>) | null;
  readonly onRequestEnd: ((record: RequestRecord) => void) | null;
}

export interface SimulatorPlace {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly monotonicMs: () => number;
  readonly wait: Wait;
}

export type SimulatorOptions = Partial<SimulatorSettings & SimulatorPlace>;

const DEFAULT_KEY = "simulator-key-0123456789";
const DEFAULT_MODEL = "gpt-5-mini";

export const DEFAULT_SETTINGS: SimulatorSettings = {
  key: DEFAULT_KEY,
  models: [DEFAULT_MODEL, "gpt-5", "gpt-5.6", "claude-sonnet-5", "claude-haiku-4-5", "qwen3-coder:30b"],
  prices: {},
  creditUsd: null,
  contextTokens: 400_000,
  cache: "blocks",
  cacheTtlMs: 30 * 60_000,
  cacheOverflowPerMinute: null,
  cacheReadableAt: "first-token",
  headersMs: 0,
  firstTokenMs: 0,
  tokensPerSecond: null,
  totalMs: null,
  deltaTokens: 4,
  timeScale: 1,
  latencyOverrides: [],
  maxConcurrent: null,
  requestsPerMinute: null,
  tokensPerMinute: null,
  linePattern: DEFAULT_LINE_PATTERN,
  replyTokens: null,
  faults: [],
  keepBodies: true,
  reply: null,
  gate: null,
  onRequestEnd: null,
  batchCall: null,
  batchLines: null,
  batchResultsHost: null,
  batchValidatingMs: 0,
  batchRequestMs: 0,
  batchFinalizingMs: 0,
  batchCancellingMs: 0,
};

export const DEFAULT_PLACE: SimulatorPlace = {
  host: "127.0.0.1",
  port: 0,
  monotonicMs: () => performance.now(),
  wait: realWait,
};

const functions: ReadonlySet<string> = new Set(["reply", "gate", "onRequestEnd", "batchCall", "batchLines"]);

/** A patch from another process: unknown names are an error, so that a typing mistake does not pass for a setting. */
export function settingsPatch(json: Record<string, unknown>): Partial<SimulatorSettings> {
  for (const name of Object.keys(json)) {
    if (!(name in DEFAULT_SETTINGS) || functions.has(name)) throw new TypeError(`No such setting: ${name}`);
  }
  return json as Partial<SimulatorSettings>;
}
