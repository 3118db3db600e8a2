import type { ModelRequest } from "../model/model.ts";
import type { WorkspaceContext } from "../store/plan.ts";
import { buildPackRequest } from "./packPrompt.ts";
import type { PreparedUnit } from "./preparedUnit.ts";

/** @param units of one folder, at least one */
export function packRequestOf(units: readonly PreparedUnit[], contexts: readonly WorkspaceContext[]): ModelRequest {
  const [first] = units;
  const texts = units.map(({ text }) => text);
  return buildPackRequest(contexts[first!.file.folder]!.text, texts, first!.request.cacheKey ?? "");
}
