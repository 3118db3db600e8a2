/** A bare HTTP server on loopback that answers as a test says, and notes what came. */
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Parsed, when it is JSON. */
  readonly body: Record<string, unknown>;
}

export type Answer = (response: http.ServerResponse, request: RawRequest) => void | Promise<void>;

export interface RawServer extends AsyncDisposable {
  readonly origin: string;
  readonly requests: readonly RawRequest[];
  /** Connections that were ever made, and those that are open. */
  readonly connections: number;
  readonly openConnections: number;
  /** Resolves when no connection is open. */
  allClosed(): Promise<void>;
  /** Resolves when so many requests have come in all. */
  received(count: number): Promise<void>;
}

/** @param answers one for each request in turn; the last one stays */
export async function startRawServer(...answers: readonly Answer[]): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let connections = 0;
  const check = () => waiting.forEach((resolveIf) => resolveIf());
  const until = (isMet: () => boolean) =>
    new Promise<void>((resolve) => {
      const resolveIf = () => {
        if (!isMet()) return;
        waiting.delete(resolveIf);
        resolve();
      };
      waiting.add(resolveIf);
      resolveIf();
    });

  const server = http.createServer(async (message, response) => {
    const text = await readAll(message);
    const request = {
      method: message.method ?? "",
      url: message.url ?? "",
      headers: message.headers,
      text,
      body: parse(text),
    };
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push(request);
    check();
    await answer(response, request);
  });
  server.on("connection", (socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => (sockets.delete(socket), check()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get connections() {
      return connections;
    },
    get openConnections() {
      return sockets.size;
    },
    allClosed: () => until(() => sockets.size === 0),
    received: (count) => until(() => requests.length >= count),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Server-sent events, as a stream that stays open. */
export function startEvents(
  response: http.ServerResponse,
  headers: Record<string, string> = {},
): (data: unknown) => void {
  response.writeHead(200, { "content-type": "text/event-stream", ...headers });
  response.flushHeaders();
  return (data) => void response.write(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
}

/** A chunk of a chat completion. */
export function chunk(content: string | null, finish: string | null = null, extra: object = {}): object {
  const delta = content === null ? {} : { content };
  return {
    id: "c",
    object: "chat.completion.chunk",
    created: 1,
    model: "gpt-5-mini-2025-08-07",
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...extra,
  };
}

/** The chunk after the last one, where usage is reported. */
function usageChunk(usage: object, extra: object = {}): object {
  return {
    id: "c",
    object: "chat.completion.chunk",
    created: 1,
    model: "gpt-5-mini-2025-08-07",
    choices: [],
    usage,
    ...extra,
  };
}

export const USAGE = {
  prompt_tokens: 1_200,
  completion_tokens: 30,
  total_tokens: 1_230,
  prompt_tokens_details: { cached_tokens: 1_024 },
};

/** A whole, sound reply. */
export const answerWell: Answer = (response) => {
  const send = startEvents(response, { "x-request-id": "req_1" });
  send(chunk("", null));
  send(chunk("Hello "));
  send(chunk("world"));
  send(chunk(null, "stop", { service_tier: "default" }));
  send(usageChunk(USAGE, { service_tier: "default" }));
  send("[DONE]");
  response.end();
};

export function answerJson(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

async function readAll(message: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
