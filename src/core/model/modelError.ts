/** How adapters fail: an error fit to be shown, with what it means for the run. */
import type { RequestUsage } from "../../shared/events.ts";
import { OnceoverError, type ErrorCode } from "../../shared/errors.ts";
import type { ModelErrorDetails, ModelErrorKind, RateLimits } from "./model.ts";

const marker = Symbol.for("onceover.model-error");

/** What an adapter knows of a failure; what it leaves out is null, empty or `no`. */
export interface ModelFailure extends Partial<Omit<ModelErrorDetails, "code" | "kind">> {
  readonly code: ErrorCode;
  readonly kind: ModelErrorKind;
  /** One line for a person. Never a key, never more of the server's text than an excerpt. */
  readonly message: string;
  readonly advice?: string | undefined;
  readonly cause?: unknown;
}

export class ModelError extends OnceoverError implements ModelErrorDetails {
  readonly [marker] = true;
  readonly kind: ModelErrorKind;
  readonly retryAfterMs: number | null;
  readonly billed: "no" | "maybe";
  readonly partialText: string;
  readonly usage: RequestUsage | null;
  readonly httpStatus: number | null;
  readonly limits: RateLimits | null;

  constructor(failure: ModelFailure) {
    super(failure.code, failure.message, {
      ...(failure.advice === undefined ? {} : { advice: failure.advice }),
      cause: failure.cause,
    });
    this.name = "ModelError";
    this.kind = failure.kind;
    this.retryAfterMs = failure.retryAfterMs ?? null;
    this.billed = failure.billed ?? "no";
    this.partialText = failure.partialText ?? "";
    this.usage = failure.usage ?? null;
    this.httpStatus = failure.httpStatus ?? null;
    this.limits = failure.limits ?? null;
  }
}

export function isModelError(error: unknown): error is ModelError {
  return typeof error === "object" && error !== null && marker in error;
}
