/** What a server says went wrong, in the shapes that compatible servers use. */
import { escapeLine } from "../../shared/escapeText.ts";

export interface ServerError {
  /** False: no error of an API, but a proxy's page or nothing. */
  readonly isApiError: boolean;
  readonly message: string;
  readonly code: string | null;
  readonly type: string | null;
  readonly param: string | null;
}

const NOTHING: ServerError = { isApiError: false, message: "", code: null, type: null, param: null };

/**
 * OpenAI's `{error: {message, type, param, code}}`; also bare (vLLM), in a list (Gemini), `{error: "text"}` (LM Studio)
 * and `{detail}` (FastAPI).
 */
export function parseErrorBody(text: string): ServerError {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return NOTHING;
  }
  return readServerError(Array.isArray(body) ? body[0] : body);
}

export function readServerError(body: unknown): ServerError {
  if (typeof body !== "object" || body === null) return NOTHING;
  const outer = body as Record<string, unknown>;
  const error = outer["error"] ?? (outer["message"] === undefined ? outer["detail"] : outer);
  if (typeof error === "string") return { ...NOTHING, isApiError: outer["error"] !== undefined, message: error };
  if (typeof error !== "object" || error === null) return NOTHING;
  const fields = error as Record<string, unknown>;
  const word = (name: string) => {
    const value = fields[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  };
  const message = word("message") ?? "";
  // FastAPI's own 404 is `{detail: "Not Found"}`: a wrong path, not an error of the API.
  const isApiError = outer["error"] !== undefined || message !== "";
  return { isApiError, message, code: word("code"), type: word("type"), param: word("param") };
}

const MAX_EXCERPT = 200;

/**
 * A short piece of a server's text that may be shown: one line, nothing hidden in it, no key, and nothing of what was
 * sent where a server quotes it.
 */
export function excerpt(text: string, secret: string): string {
  const withoutInput = text.replace(/[,{]?\s*['"]input['"]\s*:[\s\S]*$/, " …");
  const withoutKey = secret.length >= 4 ? withoutInput.replaceAll(secret, "[key]") : withoutInput;
  const shown = escapeLine(
    withoutKey
      .replace(/\b(sk|pk|key)-[\w*.-]{3,}|\bBearer\s+\S+/gi, "[key]")
      .replace(/\s+/g, " ")
      .trim(),
  );
  return shown.length > MAX_EXCERPT ? `${shown.slice(0, MAX_EXCERPT - 1)}…` : shown;
}
