/** A server on another origin, to which redirects lead. It notes whether the key and the prompt came along. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface ForeignRequest {
  readonly method: string;
  readonly path: string;
  /** Whether any header held the key. */
  readonly keyFollowed: boolean;
  readonly bodyBytes: number;
}

export interface ForeignListener {
  readonly requests: readonly ForeignRequest[];
  /** Starts listening when first asked. */
  url(): Promise<string>;
  stop(): Promise<void>;
  clear(): void;
}

export function createForeignListener(host: string, key: () => string | null): ForeignListener {
  let requests: ForeignRequest[] = [];
  let starting: Promise<Server> | null = null;

  const start = () =>
    new Promise<Server>((resolve) => {
      const server = createServer(async (request, response) => {
        let bodyBytes = 0;
        for await (const part of request) bodyBytes += (part as Buffer).length;
        const secret = key();
        const keyFollowed = secret !== null && request.rawHeaders.some((text) => text.includes(secret));
        requests.push({ method: request.method ?? "", path: request.url ?? "", keyFollowed, bodyBytes });
        response.writeHead(404, { "content-type": "application/json" }).end("{}");
      });
      server.listen(0, host, () => resolve(server));
    });

  return {
    get requests() {
      return requests;
    },
    async url() {
      starting ??= start();
      const { port } = (await starting).address() as AddressInfo;
      return `http://${host}:${port}/v1/chat/completions`;
    },
    async stop() {
      const server = await starting;
      starting = null;
      if (!server) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    clear() {
      requests = [];
    },
  };
}
