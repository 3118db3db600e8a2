/** A response's body with an end: at most so many bytes, every chunk a sign of life, and a socket that can be reused. */
import { NOT_NEEDED } from "../flow/notNeeded.ts";
import type { Clock } from "../ports.ts";

export interface CappedBodyOptions {
  readonly clock: Clock;
  readonly maxBytes: number;
  readonly onBytes: () => void;
  /** Called once when more comes; the stream then fails with what it returns. */
  readonly onTooMuch: () => Error;
}

/** After the last event only the end of the body is outstanding; whoever does not send it loses the connection. */
const MAX_REST_CHUNKS = 8;
const MAX_REST_MS = 500;

export function capBody(body: ReadableStream<Uint8Array>, options: CappedBodyOptions): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let received = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await reader.read();
        if (done) return controller.close();
        received += value.byteLength;
        options.onBytes();
        if (received > options.maxBytes) {
          const error = options.onTooMuch();
          controller.error(error);
          await reader.cancel(error).catch(() => undefined);
          return;
        }
        controller.enqueue(value);
      },
      cancel(reason) {
        // A body that is read to its end leaves its socket to the next request; a cancelled one closes it.
        void drain(reader, options.clock, reason);
      },
    },
    // Nothing is read ahead of the reader.
    { highWaterMark: 0 },
  );
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>, clock: Clock, reason: unknown): Promise<void> {
  const ended = new AbortController();
  const giveUp = () => reader.cancel(reason).catch(() => undefined);
  clock.sleep(MAX_REST_MS, ended.signal).then(giveUp, () => undefined);
  try {
    for (let chunks = 0; chunks < MAX_REST_CHUNKS; chunks++) if ((await reader.read()).done) return;
    await giveUp();
  } catch {
    // The connection has gone: nothing is left to be read.
  } finally {
    ended.abort(NOT_NEEDED);
  }
}

/** The text of an answer that is no stream, cut at so many bytes. */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let received = 0; received < maxBytes;) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    received += value.byteLength;
    text += decoder.decode(value.subarray(0, value.byteLength - Math.max(0, received - maxBytes)), { stream: true });
  }
  await reader.cancel().catch(() => undefined);
  return text;
}
