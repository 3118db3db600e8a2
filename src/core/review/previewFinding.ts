import { anchorFinding } from "./anchor.ts";
import type { ModelRun } from "./modelRun.ts";
import type { PreparedUnit } from "./preparedUnit.ts";
import { MAX_FINDINGS } from "./replySchema.ts";
import type { StreamedFinding } from "./streamedFindings.ts";

/** Shows a finding of a reply that is still arriving, where its quote is found. */
export function previewFinding(streamed: StreamedFinding, prepared: PreparedUnit, run: ModelRun): void {
  const { finding, position, isWhole } = streamed;
  if (position >= MAX_FINDINGS) return;
  const anchored = anchorFinding(finding, prepared.source);
  if (!anchored) return;
  // Its scenario is yet to come: how severe it is, is for now what the model says.
  const shown = isWhole ? anchored : { ...anchored, severity: finding.severity };
  run.tracker.preview(prepared.file, prepared.unit, shown);
}
