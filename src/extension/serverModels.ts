/** A first call to a server that speaks OpenAI's protocol: does it answer, and which models has it? */
import { OnceoverError } from "../shared/errors.ts";

export interface ServerQuestion {
  /** Including the version, `http://127.0.0.1:1234/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}

const MAX_REPLY_CHARACTERS = 4_000_000;
const MAX_NAMES = 1_000;

/**
 * Model names, as the server lists them. Sends no code. Rejects with `invalid-key` when the server asks for a (better)
 * key, `wrong-endpoint` when it has no such list, `unreachable` or `timeout` when it does not answer.
 */
export async function listServerModels(question: ServerQuestion): Promise<readonly string[]> {
  const url = modelsUrl(question.baseUrl);
  const { host } = new URL(url);
  const { status, body } = await ask(question, url, host);
  if (status === 401 || status === 403) {
    const advice = question.apiKey ? "Check the key." : "Set a key for it.";
    throw new OnceoverError("invalid-key", `${host} answered ${status}: it wants a valid key.`, { advice });
  }
  const names = status === 200 ? namesIn(body) : undefined;
  if (names) return names;
  throw new OnceoverError("wrong-endpoint", `${host} answered ${status} and listed no models.`, {
    advice: "The address usually ends in /v1.",
  });
}

/** Reads the address as the core does: a bare origin gets the customary `/v1`. */
export function modelsUrl(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "") || "/v1";
  return `${origin}${path}/models`;
}

async function ask(question: ServerQuestion, url: string, host: string): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(question.timeoutMs);
  try {
    // A redirect could carry the key to another origin: it is an answer like any other, and the wrong one.
    const headers = question.apiKey ? { authorization: `Bearer ${question.apiKey}` } : {};
    const response = await question.fetch(url, { headers, signal, redirect: "manual" });
    return { status: response.status, body: await readBounded(response) };
  } catch (error) {
    if (signal.aborted) {
      throw new OnceoverError("timeout", `${host} did not answer within ${question.timeoutMs / 1_000} s.`, {
        cause: error,
      });
    }
    throw new OnceoverError("unreachable", `${host} cannot be reached.`, {
      advice: "Is the server running?",
      cause: error,
    });
  }
}

async function readBounded(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > MAX_REPLY_CHARACTERS) return "";
  }
  return text;
}

function namesIn(body: string): readonly string[] | undefined {
  const data = parseObject(body)?.["data"];
  if (!Array.isArray(data)) return undefined;
  const names = data.map((one: unknown) => (isRecord(one) ? one["id"] : undefined));
  return names.filter((name): name is string => typeof name === "string" && name !== "").slice(0, MAX_NAMES);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Why the text cannot be a key; null: it can, or it is empty. It goes into a header, which takes printable ASCII. */
export function keyProblem(text: string): string | null {
  return /[^\u0021-\u007e]/.test(text.trim()) ? "A key holds no spaces and no special characters." : null;
}

/** Why the text cannot be a server's address; null: it can. */
export function addressProblem(text: string): string | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return "Enter an address like https://host/v1.";
  if (url.username || url.password) return "Leave user name and password out; a key is asked for later.";
  if (url.search || url.hash) return "Leave out everything after the path.";
  return null;
}
