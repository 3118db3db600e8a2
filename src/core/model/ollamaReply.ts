/** Reads and puts together a streamed reply of Ollama's own chat: one JSON object a line. */
import type { ChatResponse } from "ollama";
import type { RequestUsage } from "../../shared/events.ts";
import type { FinishReason } from "./model.ts";
import type { StreamedReply } from "./streamedReply.ts";
import { readOllamaUsage } from "./usage.ts";

export type OllamaChunk = Partial<ChatResponse>;

/** @throws SyntaxError for what is no JSON; an error with what the server said, when it says that it failed */
export async function* readOllamaStream(body: ReadableStream<Uint8Array>): AsyncGenerator<OllamaChunk> {
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield readLine(line);
  }
  if (rest.trim() !== "") yield readLine(rest);
}

function readLine(line: string): OllamaChunk {
  const chunk: unknown = JSON.parse(line);
  if (typeof chunk !== "object" || chunk === null) throw new SyntaxError("A line of the reply is no object.");
  if ("error" in chunk) throw Object.assign(new Error("The server failed."), { error: chunk.error, requestID: null });
  return chunk;
}

export function createOllamaReply(): StreamedReply<OllamaChunk> {
  let text = "";
  let finish: FinishReason | "broken" | null = null;
  let usage: RequestUsage | null = null;
  let model: string | null = null;
  return {
    add(chunk) {
      model ??= chunk.model || null;
      const added = chunk.message?.content ?? "";
      text += added;
      if (chunk.done) {
        finish = finishOf(chunk.done_reason);
        usage = readOllamaUsage(chunk);
      }
      return { text: added, hasToken: Boolean(added || chunk.message?.thinking) };
    },
    get text() {
      return text;
    },
    get finish() {
      return finish;
    },
    get usage() {
      return usage;
    },
    get model() {
      return model;
    },
    serviceTier: null,
  };
}

/** Old servers say no reason. `load` and `unload` answer a request without a prompt: here the model was taken away. */
function finishOf(reason: string | undefined): FinishReason | "broken" {
  if (reason === undefined || reason === "" || reason === "stop") return "stop";
  return reason === "length" ? "length" : "broken";
}
