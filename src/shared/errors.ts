/**
 * What went wrong, as a stable word that scripts and tests may rely on.
 * `instanceof` does not survive bundling into several chunks, so the code and a marker identify an error instead.
 */
export type ErrorCode =
  // usage and configuration: exit status 2
  | "usage"
  | "not-a-folder"
  | "missing-folder"
  | "invalid-setting"
  | "missing-key"
  | "invalid-key"
  | "quota-exhausted"
  | "unknown-model"
  | "unknown-price"
  | "wrong-endpoint"
  | "request-rejected"
  // a server that does not answer as it should: exit status 3
  | "unreachable"
  | "rate-limited"
  | "server-error"
  | "stream-interrupted"
  | "timeout"
  | "reply-truncated"
  | "reply-unparseable"
  | "refused"
  | "context-too-long"
  // the run
  | "budget-reached"
  /** What a run was to cost at most, and nobody agreed to more. */
  | "quote-reached"
  | "cancelled"
  // the store: exit status 5
  | "store-failed"
  | "store-damaged"
  | "store-busy"
  // reading the workspace
  | "unreadable-file"
  // tools
  | "not-allowed"
  | "result-too-large"
  | "internal";

const marker = Symbol.for("onceover.error");

export interface OnceoverErrorOptions {
  /** What the user can do about it: one sentence, imperative. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** An error whose message is fit to be shown to a person as it stands. */
export class OnceoverError extends Error {
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  readonly [marker] = true;

  constructor(code: ErrorCode, message: string, options: OnceoverErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "OnceoverError";
    this.code = code;
    this.advice = options.advice;
  }
}

export function isOnceoverError(error: unknown): error is OnceoverError {
  return typeof error === "object" && error !== null && marker in error;
}

/** The error's code, or `internal` for anything that is not ours. */
export function errorCode(error: unknown): ErrorCode {
  return isOnceoverError(error) ? error.code : "internal";
}

/** One line: message, then advice. Never a stack. */
export function describeError(error: unknown): string {
  if (isOnceoverError(error)) return error.advice ? `${error.message} ${error.advice}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
