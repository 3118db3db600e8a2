/** Model servers on this machine, looked for where they usually listen. Sends no code and no key. */
import { isLoopback, parseEndpoint } from "../shared/endpoint.ts";

export interface LocalServer {
  readonly name: "Ollama" | "LM Studio" | "llama.cpp";
  readonly provider: "ollama" | "openai";
  readonly baseUrl: string;
  /** In the server's own order; never empty. */
  readonly models: readonly string[];
}

type Candidate = Omit<LocalServer, "models">;

/** Which models a server lists; rejects where there is none. */
export type AskServer = (candidate: Candidate, signal: AbortSignal) => Promise<readonly string[]>;

const COMPATIBLE: readonly Candidate[] = [
  { name: "LM Studio", provider: "openai", baseUrl: "http://127.0.0.1:1234/v1" },
  { name: "llama.cpp", provider: "openai", baseUrl: "http://127.0.0.1:9931/v1" },
  { name: "llama.cpp", provider: "openai", baseUrl: "http://127.0.0.1:8080/v1" },
];

/**
 * All at once, for as long as `signal` allows. Where nothing answers nothing is offered.
 * @param ollamaHost the variable OLLAMA_HOST; an address on another machine is not asked
 */
export async function findLocalServers(
  ask: AskServer,
  ollamaHost: string | undefined,
  signal: AbortSignal,
): Promise<readonly LocalServer[]> {
  const ollama: Candidate = { name: "Ollama", provider: "ollama", baseUrl: ollamaAddress(ollamaHost) };
  const found = await Promise.all([ollama, ...COMPATIBLE].map((candidate) => askOne(candidate, ask, signal)));
  return found.filter((server) => server !== null);
}

async function askOne(candidate: Candidate, ask: AskServer, signal: AbortSignal): Promise<LocalServer | null> {
  try {
    const models = await ask(candidate, signal);
    return models.length > 0 ? { ...candidate, models } : null;
  } catch {
    return null;
  }
}

const OLLAMA_PORT = 11434;

/** OLLAMA_HOST may lack the scheme or the port, and may be what the server binds to rather than where it is reached. */
export function ollamaAddress(host: string | undefined): string {
  const usual = parseEndpoint(null, "ollama").origin;
  const text = host?.trim();
  if (!text) return usual;
  const hasScheme = /^https?:\/\//i.test(text);
  const withScheme = hasScheme ? text : `http://${text.startsWith(":") ? `127.0.0.1${text}` : text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url) return usual;
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  // A written :80 is dropped by URL; what counts is whether the text names a port. With a scheme none means its own.
  if (!hasScheme && !/:\d+\/?$/.test(text)) url.port = String(OLLAMA_PORT);
  return isLoopback(url.origin) ? url.origin : usual;
}
