/**
 * The simulator's own surface under `/__control`, for tests in other processes:
 * `GET bill`, `GET requests` (`?from=N`), `GET foreign`, `POST configure` (a JSON patch of settings), `POST reset`.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { settingsPatch } from "./options.ts";
import type { Simulator } from "./providerSimulator.ts";

export async function controlRequest(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "", simulator.origin);
  const name = url.pathname.slice("/__control/".length);
  try {
    const body = await readText(request);
    const answer = carryOut(simulator, `${request.method} ${name}`, url, body);
    if (answer === undefined) return send(response, 404, { error: `No such control: ${request.method} ${name}` });
    send(response, 200, answer);
  } catch (error) {
    send(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function carryOut(simulator: Simulator, call: string, url: URL, body: string): unknown {
  switch (call) {
    case "GET bill":
      return { ...simulator.bill(), peakInFlight: simulator.peakInFlight };
    case "GET requests":
      return simulator.requests.slice(Number(url.searchParams.get("from") ?? 1) - 1);
    case "GET foreign":
      return simulator.foreignRequests;
    case "POST configure":
      simulator.configure(settingsPatch(JSON.parse(body) as Record<string, unknown>));
      return { ok: true };
    case "POST reset":
      simulator.reset();
      return { ok: true };
    default:
      return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
