import type { ToolUse } from "../../shared/report.ts";
import type { LookupCount, Plan, PlanLookups } from "../store/plan.ts";

/** What had to be outlined between the rounds of a plan. */
export interface MadeOutlines {
  readonly made: number;
  readonly failures: number;
  readonly ms: number;
}

/**
 * What a plan has looked up, over all its rounds.
 * @param rounds oldest first: the first one meets files as they were, the last one is complete
 */
export function planTools(rounds: readonly PlanLookups[], outlines: MadeOutlines): readonly ToolUse[] {
  const first = rounds[0];
  const last = rounds.at(-1);
  if (!first || !last) return [];
  const signaturesMs = rounds.reduce((sum, { signatures }) => sum + signatures.ms, 0);
  // What could not be outlined is stored as such: the last round has found it too.
  const outlined = { ...outlines, calls: Math.max(last.outlines, outlines.made) };
  return [
    toolUse("contents", first.contents),
    toolUse("outline", outlined),
    toolUse("signatures", { ...last.signatures, ms: signaturesMs }),
  ].filter(({ calls }) => calls > 0);
}

/** The offline engine's part, once it is over. */
export function analysisTool({ files }: Plan, made: Omit<LookupCount, "calls">): readonly ToolUse[] {
  const stored = files.filter(({ analysisKey, analysis }) => analysisKey !== null && analysis !== null).length;
  const calls = stored + made.made;
  return calls === 0 ? [] : [toolUse("analysis", { ...made, calls })];
}

function toolUse(name: string, { calls, made, failures, ms }: LookupCount): ToolUse {
  return { name, calls, hits: Math.max(0, calls - made), failures, ms: Math.round(ms) };
}
