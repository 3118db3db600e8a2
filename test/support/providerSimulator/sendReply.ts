/** Sends a prepared reply in its time, as a stream or whole, and lets a fault break it on the way. */
import { apiError } from "./apiError.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { Fault } from "./faults.ts";
import type { Timetable } from "./latency.ts";
import type { PreparedReply } from "./replyPlan.ts";
import type { ResponseWriter } from "./responseWriter.ts";
import { countTokens } from "./tokens.ts";
import { waitForAbort } from "./wait.ts";
import type { ReplyHead, ToldUsage, WireFormat } from "./wireFormat.ts";

export interface Sending {
  readonly request: ChatRequest;
  readonly reply: PreparedReply;
  readonly format: WireFormat;
  readonly head: ReplyHead;
  readonly fault: Fault | null;
  readonly timetable: Timetable;
  readonly headers: Readonly<Record<string, string>>;
  /** The usage as the reply tells it; null: it says none. */
  readonly usage: ToldUsage | null;
  readonly writer: ResponseWriter;
  readonly signal: AbortSignal;
  /** Waits until so many milliseconds after the request's arrival. */
  until(ms: number): Promise<void>;
  /** Called before the first token is sent. */
  onFirstToken(): Promise<void>;
  /** So many output tokens have been sent by now. */
  onProgress(outputTokens: number): void;
  onUsageSent(): void;
}

/** `broken`: the fault ended the reply before its proper end. */
export type SendResult = "completed" | "broken";

export function sendReply(sending: Sending): Promise<SendResult> {
  return sending.request.stream ? sendStream(sending) : sendWhole(sending);
}

async function sendStream(sending: Sending): Promise<SendResult> {
  const { writer, timetable, head, reply, request, format, usage } = sending;
  await sending.until(timetable.headersMs);
  writer.head(200, {
    ...sending.headers,
    "content-type": format.contentType,
    "cache-control": "no-cache",
  });
  if ((await breakAt(sending, 0)) === "broken") return "broken";
  await sending.until(timetable.firstTokenMs);
  await sending.onFirstToken();
  await writer.write(format.start(head, request, usage));
  if ((await sendDeltas(sending)) === "broken") return "broken";
  sending.onProgress(reply.outputTokens);
  if (sending.fault?.kind === "silent-end") return brokenEnd(writer);
  await writer.write(format.end(head, request, reply.finish, reply.isRefusal, usage));
  if (usage && format.tellsUsage(request)) sending.onUsageSent();
  await writer.end();
  return "completed";
}

async function sendDeltas(sending: Sending): Promise<SendResult> {
  const { reply, timetable, head, format, request } = sending;
  const allTokens = countTokens(reply.text);
  let tokens = 0;
  for (const [index, delta] of reply.deltas.entries()) {
    if (index > 0 && (await breakAt(sending, index)) === "broken") return "broken";
    tokens += countTokens(delta);
    await sending.until(timetable.tokenMs(tokens, allTokens));
    await sending.writer.write(format.delta(head, request, delta, reply.isRefusal));
    sending.onProgress(Math.min(tokens, reply.outputTokens));
  }
  // A fault that was to come later than the reply is long comes at its end.
  const last = "afterDeltas" in (sending.fault ?? {}) ? await breakAt(sending, Infinity) : null;
  return last ?? "completed";
}

async function sendWhole(sending: Sending): Promise<SendResult> {
  const { writer, reply, timetable, head, fault, format } = sending;
  await sending.until(timetable.firstTokenMs);
  await sending.onFirstToken();
  await sending.until(timetable.tokenMs(countTokens(reply.text), countTokens(reply.text)));
  sending.onProgress(reply.outputTokens);
  const body = JSON.stringify(format.whole(head, reply, sending.usage));
  writer.head(200, { ...sending.headers, "content-type": "application/json" });
  switch (fault?.kind) {
    case "stall":
      await writer.write(body.slice(0, body.length / 2));
      return waitForAbort(sending.signal);
    case "cut":
      await writer.write(body.slice(0, body.length / 2));
      writer.destroy();
      return "broken";
    case "silent-end":
    case "malformed-sse":
      await writer.end(body.slice(0, body.length / 2));
      return "broken";
    case "error-event":
      await writer.end(JSON.stringify(format.errorBody(apiError(500, fault.error))));
      return "broken";
    default:
      await writer.end(body);
      if (sending.usage) sending.onUsageSent();
      return "completed";
  }
}

/** Carries out the fault if its place has been reached. Never comes back from a stall but by the signal. */
async function breakAt(sending: Sending, sentDeltas: number): Promise<SendResult | null> {
  const { fault, writer, format } = sending;
  if (!fault || !("afterDeltas" in fault) || fault.afterDeltas === undefined) return null;
  if (sentDeltas < fault.afterDeltas) return null;
  switch (fault.kind) {
    case "stall":
      return waitForAbort(sending.signal);
    case "cut":
      writer.destroy();
      return "broken";
    case "silent-end":
      return brokenEnd(writer);
    case "malformed-sse":
      await writer.write(format.malformed);
      return brokenEnd(writer);
    case "error-event":
      await writer.write(format.errorEvent(apiError(500, fault.error)));
      return brokenEnd(writer);
  }
}

async function brokenEnd(writer: ResponseWriter): Promise<SendResult> {
  await writer.end();
  return "broken";
}
