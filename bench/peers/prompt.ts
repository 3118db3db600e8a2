/** Onceover's own request for a whole file in a workspace without rules. */
import { buildReviewRequest } from "../../src/core/review/prompt.ts";
import { fileRole, fileType } from "../../src/core/workspace/language.ts";
import type { PromptFunction } from "./reviewFile.ts";

export const onceoverPrompt: PromptFunction = (file) => {
  const language = fileType(file.path)?.language ?? "plaintext";
  const unit = { language, role: fileRole(file.path), isChunk: false, text: file.text, signatures: "" };
  return buildReviewRequest("", unit, "peer");
};
