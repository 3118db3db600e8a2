/** A unit made ready to be sent: its text without secrets, its key, its request. */
import type { ModelRequest } from "../model/model.ts";
import { MAX_CHUNK_LENGTH } from "../workspace/splitText.ts";
import { fileRole } from "../workspace/language.ts";
import type { AnchorSource } from "./anchor.ts";
import { unitKey } from "./keys.ts";
import type { ModelRun } from "./modelRun.ts";
import { buildReviewRequest, type UnitText } from "./prompt.ts";
import type { UnitJob } from "./unitsToSend.ts";

export interface PreparedUnit extends UnitJob {
  readonly key: string;
  /** sha256 of the unit's own text as it was read. */
  readonly contentHash: string;
  readonly source: AnchorSource;
  readonly text: UnitText;
  /** About it alone. */
  readonly request: ModelRequest;
}

/** What of a run the texts of its requests depend on. */
export type PromptSource = Pick<ModelRun, "contexts" | "pool" | "cancelSignal" | "recipe">;

export async function prepareUnit(
  { file, unit }: UnitJob,
  run: PromptSource,
): Promise<PreparedUnit | { failure: string }> {
  const range = unit.lines ? { startLine: unit.lines.start, endLine: unit.lines.end } : {};
  const context = run.contexts[file.folder]!;
  const task = { absolutePath: file.absolutePath, folder: context.folder, ...range };
  const prepared = await run.pool.prepare(task, run.cancelSignal);
  if (!prepared.ok) return { failure: prepared.message };
  const changed = prepared.contentHash !== file.contentHash;
  // Grown meanwhile, it has to be looked at, and cut, anew.
  if (changed && (unit.lines || prepared.text.length > MAX_CHUNK_LENGTH))
    return { failure: "changed while it was being reviewed; run again" };
  const role = fileRole(file.path);
  const language = file.language ?? "plaintext";
  // An answer belongs to the bytes that were sent, not to those that the plan had seen.
  const key = changed
    ? unitKey({
        contentHash: prepared.contentHash,
        language,
        role,
        isChunk: false,
        contextHash: unit.contextHash,
        recipe: run.recipe,
      })
    : unit.key;
  const signatures = unit.signatures?.text ?? "";
  const text = { language, role, isChunk: unit.lines !== null, text: prepared.text, signatures };
  return {
    file,
    unit,
    key,
    contentHash: changed ? prepared.contentHash : unit.contentHash,
    source: prepared,
    text,
    request: buildReviewRequest(context.text, text, cacheKeyOf(run.recipe, context.hash)),
  };
}

/** Routes requests with the same beginning to the same machine of the provider. */
function cacheKeyOf(recipe: string, contextHash: string): string {
  return `onceover-${recipe.slice(0, 8)}-${contextHash.slice(0, 8)}`;
}
