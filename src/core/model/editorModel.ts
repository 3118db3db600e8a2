/**
 * Asks a language model of the editor's own. The editor has the key and the bill; it tells no usage, so what a request
 * cost stays unknown.
 */
import { escapeLine } from "../../shared/escapeText.ts";
import { originOf } from "../../shared/endpoint.ts";
import { OnceoverError } from "../../shared/errors.ts";
import { formatDuration } from "../../shared/format.ts";
import { followSignals } from "../flow/followSignals.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import { createWatchdog, type Watchdog } from "../flow/watchdog.ts";
import type { Clock, LanguageModel, LanguageModelFailure, LanguageModels } from "../ports.ts";
import { CANCELLED } from "./chatFailure.ts";
import type { Model, ModelReply, ModelRequest, RateLimits, StreamHandlers } from "./model.ts";
import { isModelError, ModelError, type ModelFailure } from "./modelError.ts";
import { withSchemaInWords } from "./schemaInWords.ts";

export interface EditorModelOptions {
  /** `vendor/id` */
  readonly name: string;
  /** undefined: not in an editor. */
  readonly languageModels: LanguageModels | undefined;
  readonly clock: Clock;
  readonly limits?: Partial<EditorModelLimits>;
}

interface EditorModelLimits {
  /** Longest silence; at first the editor may be asking its user. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly maxReplyChars: number;
}

const DEFAULT_LIMITS: EditorModelLimits = { idleMs: 180_000, totalMs: 600_000, maxReplyChars: 16 * 1024 * 1024 };

const NO_LIMITS: RateLimits = {
  remainingRequests: null,
  limitRequests: null,
  resetRequestsMs: null,
  remainingTokens: null,
  limitTokens: null,
  resetTokensMs: null,
};

/** @throws unknown-model when the editor has none of that name */
export async function createEditorModel(options: EditorModelOptions): Promise<Model> {
  const { name, languageModels, clock } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const found = await languageModels?.find(name);
  if (!found) throw new OnceoverError("unknown-model", `The editor offers no model ${escapeLine(name)}.`, { advice });
  const closed = new AbortController();
  return {
    provider: "vscode",
    name,
    origin: originOf("vscode", name, null),
    contextTokens: found.maxInputTokens,
    async stream(request, handlers, outerSignal) {
      if (outerSignal.aborted || closed.signal.aborted) throw new ModelError(CANCELLED);
      const either = followSignals(outerSignal, closed.signal);
      const { signal } = either;
      const watchdog = createWatchdog({ clock, ...limits, signal });
      const received: Received = { text: "", wasSent: false };
      try {
        await receive({ model: found, request, handlers, watchdog, limits }, received);
        return reply(name, received.text);
      } catch (error) {
        throw failed(error, { name, limits, received, isCancelled: signal.aborted, expired: watchdog.expired });
      } finally {
        watchdog.stop();
        either.stop();
      }
    },
    close: async () => closed.abort(),
  };
}

const advice = "Sign in to the extension that brings it, or choose another model with “Onceover: Choose Model”.";

interface Received {
  text: string;
  wasSent: boolean;
}

interface Exchange {
  readonly model: LanguageModel;
  readonly request: ModelRequest;
  readonly handlers: StreamHandlers;
  readonly watchdog: Watchdog;
  readonly limits: EditorModelLimits;
}

/** Editors know the user's role and the model's: what others say in the system's role is said first. */
async function receive({ model, request, handlers, watchdog, limits }: Exchange, received: Received): Promise<void> {
  const { signal } = watchdog;
  const texts = withSchemaInWords(request).map((part) => part.text);
  await checkLength(model, texts.join("\n"), signal);
  // Extensions need not heed a cancellation: nobody waits for those that do not.
  const pieces = (await unlessAborted(model.send(texts, signal), signal))[Symbol.asyncIterator]();
  received.wasSent = true;
  watchdog.touch();
  handlers.onAccepted?.(NO_LIMITS);
  for (;;) {
    const piece = await unlessAborted(pieces.next(), signal);
    if (piece.done) return;
    watchdog.touch();
    if (piece.value === "") continue;
    if (received.text === "") handlers.onFirstToken?.();
    received.text += piece.value;
    if (received.text.length > limits.maxReplyChars) throw new Error("The reply does not end.");
    handlers.onText?.(piece.value);
  }
}

/** Longer prompts fail differently with each extension, or are cut: whoever has split them by then knows why. */
async function checkLength(model: LanguageModel, text: string, signal: AbortSignal): Promise<void> {
  if (Buffer.byteLength(text) <= FEWEST_BYTES_PER_TOKEN * model.maxInputTokens) return;
  const tokens = await unlessAborted(model.countTokens(text, signal), signal);
  if (tokens <= model.maxInputTokens) return;
  throw new ModelError({
    code: "context-too-long",
    kind: "request",
    message: `The prompt has ${tokens} tokens, and the model takes ${model.maxInputTokens}.`,
  });
}

/** Counting goes through another process: what is surely short enough is not counted. */
const FEWEST_BYTES_PER_TOKEN = 2;

function reply(name: string, text: string): ModelReply {
  return { text, finish: "stop", usage: null, model: name, serviceTier: null, providerRequestId: null };
}

interface FailedExchange {
  readonly name: string;
  readonly limits: EditorModelLimits;
  readonly received: Received;
  readonly isCancelled: boolean;
  readonly expired: Watchdog["expired"];
}

function failed(error: unknown, exchange: FailedExchange): ModelError {
  if (isModelError(error)) return error;
  const { received } = exchange;
  return new ModelError({
    ...explain(error, exchange),
    cause: error,
    partialText: received.text,
    billed: received.wasSent ? "maybe" : "no",
  });
}

function explain(error: unknown, { name, limits, isCancelled, expired }: FailedExchange): ModelFailure {
  if (isCancelled) return CANCELLED;
  const model = escapeLine(name);
  if (expired) {
    const ms = expired === "idle" ? limits.idleMs : limits.totalMs;
    return { code: "timeout", kind: "transient", message: `${model} sent nothing for ${formatDuration(ms)}.` };
  }
  const { reason, message } = failureOf(error);
  const said = escapeLine(message).slice(0, 300);
  switch (reason) {
    case "not-allowed":
      return {
        code: "request-rejected",
        kind: "terminal",
        message: `The editor was not allowed to ask ${model}.`,
        advice: "Start the review again and allow it, or choose another model.",
      };
    case "blocked":
      return {
        code: "quota-exhausted",
        kind: "terminal",
        message: `${model} answers no more for now: ${said}`,
        advice,
      };
    case "gone":
      return { code: "unknown-model", kind: "terminal", message: `${model} is no longer offered.`, advice };
    case "failed":
      return { code: "server-error", kind: "transient", message: `${model} failed: ${said}` };
  }
}

function failureOf(error: unknown): LanguageModelFailure {
  if (typeof error === "object" && error !== null && "reason" in error) return error as LanguageModelFailure;
  return { reason: "failed", message: error instanceof Error ? error.message : String(error) };
}
