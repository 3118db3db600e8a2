/** What both peers share: the prompt, and one request for one file. Neither keeps anything. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type OpenAI from "openai";
import type { ModelRequest } from "../../src/core/model/model.ts";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The request for a file: the one that Onceover itself would send, so that the work is the same. */
export type PromptFunction = (file: SourceFile) => ModelRequest;

export interface PeerReview {
  readonly path: string;
  readonly findings: number;
}

export async function readSourceFiles(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .toSorted();
  return Promise.all(names.map(async (path) => ({ path, text: await readFile(join(folder, path), "utf8") })));
}

export async function reviewFile(
  client: OpenAI,
  model: string,
  promptFor: PromptFunction,
  file: SourceFile,
): Promise<PeerReview> {
  const request = promptFor(file);
  const stream = await client.chat.completions.create({
    model,
    messages: request.parts.map(({ role, text }) => ({ role, content: text })),
    max_completion_tokens: request.maxOutputTokens,
    stream: true,
    stream_options: { include_usage: true },
    ...(request.schema && {
      response_format: {
        type: "json_schema",
        json_schema: { name: request.schema.name, strict: true, schema: { ...request.schema.schema } },
      },
    }),
  });
  let text = "";
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
  const { findings } = JSON.parse(text) as { findings: unknown[] };
  return { path: file.path, findings: findings.length };
}
