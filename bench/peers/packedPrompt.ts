/** The packer's way: everything in one prompt. `node packedPrompt.mjs FILE MODEL`; endpoint and key as the SDK reads them. */
import { readFile } from "node:fs/promises";
import OpenAI from "openai";

const question =
  "Review this code base. List each defect with its file, the line it is on, how severe it is, and how to repair it.";

const [file = "", model = "gpt-5-mini"] = process.argv.slice(2);
const packed = await readFile(file, "utf8");
const client = new OpenAI();
const stream = await client.chat.completions.create({
  model,
  messages: [{ role: "user", content: `${packed}\n\n${question}` }],
  stream: true,
  stream_options: { include_usage: true },
});
let text = "";
for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
process.stdout.write(text);
