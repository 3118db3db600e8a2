/**
 * What the simulated model answers each tool, in that tool's own words: two remarks for a file, in as few turns as the
 * tool's prompt allows. A model that looks around first would cost its tool more.
 */
import type { ChatRequest } from "../../test/support/providerSimulator/chatRequest.ts";
import type { ReplyPlan } from "../../test/support/providerSimulator/options.ts";
import { DEFAULT_SETTINGS } from "../../test/support/providerSimulator/options.ts";
import { prepareReply } from "../../test/support/providerSimulator/replyPlan.ts";

const remark =
  "This fails when the value is missing: check it before it is used, and say in the error what was expected.";
/** Where in a file the two remarks are. */
const places = [0.3, 0.7];

export async function peerReply(request: ChatRequest): Promise<ReplyPlan> {
  const asked = request.promptText;
  const scanned = /<current_file_path>(.*)<\/current_file_path>/.exec(asked)?.[1];
  if (Array.isArray(request.body["tools"]) && scanned !== undefined)
    return { text: "", toolCalls: comments(asked, scanned) };
  if (scanned !== undefined) return { text: JSON.stringify({ summary: remark, checkpoints: checkpoints() }) };
  const packed = [...asked.matchAll(/^<file path="(.*)">$/gm)].map((match) => match[1]!);
  if (packed.length > 0) return { text: packed.map((path) => remarks(path)).join("\n") };
  if (/consolidate near-duplicate/.test(asked)) return { text: '{"groups":[]}' };
  if (/project-level summary/.test(asked)) return { text: remark };
  const { text } = await prepareReply(request, { ...DEFAULT_SETTINGS, reply: null }, null);
  return { text };
}

const remarks = (path: string) =>
  places.map((place) => `- ${path}, at ${place * 100} %, warning: ${remark}`).join("\n");
const checkpoints = () => places.map((place) => ({ focus: `at ${place}`, why: "A value may be missing here." }));

function comments(asked: string, path: string) {
  const content = /<current_file_content>\n([^]*?)<\/current_file_content>/.exec(asked)?.[1] ?? "";
  const lines = content.split("\n").filter((line) => line.trim().length > 20);
  const found = places.map((place) => ({
    content: remark,
    existing_code: lines[Math.floor(lines.length * place)] ?? "",
    category: "bug",
    severity: "medium",
    path,
  }));
  return [
    { name: "code_comment", parameters: { comments: found } },
    { name: "task_done", parameters: { state: "DONE" } },
  ];
}
