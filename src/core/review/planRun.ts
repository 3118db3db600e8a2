/** The plan of a request, with the outlines that it needs made on the way. */
import type { RunRequest } from "../engine.ts";
import type { OutlineResult, OutlineTask } from "../offline/analysis.ts";
import type { Plan, PlanLookups, PlanRequest } from "../store/plan.ts";
import type { OutlineRow, Store } from "../store/store.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import type { ToolUse } from "../../shared/report.ts";
import { planTools, type MadeOutlines } from "./planTools.ts";
import type { Reviewing } from "./reviewing.ts";

export interface RunPlan extends Plan {
  /** Making outlines; 0 when all were known. */
  readonly outlineMs: number;
  /** What was looked up for it. */
  readonly tools: readonly ToolUse[];
}

export type Planning = Pick<Reviewing, "store" | "pool" | "planRequest" | "ports">;

/** A file passes on what another one declares, and so on: each round finds the next ones. */
const MAX_ROUNDS = 8;
/** Saved as soon as they are made, so that a run that is ended early has not worked in vain. */
const BATCH = 64;
const NO_METRICS = { lines: 0, functions: 0, cognitiveComplexity: 0 };
const EMPTY: MeasuredOutline = {
  symbols: [],
  imports: [],
  free: [],
  namespaces: [],
  properties: [],
  defaultExport: "",
  metrics: NO_METRICS,
};

/** @throws cancelled */
export async function planRun(planning: Planning, request: RunRequest, signal?: AbortSignal): Promise<RunPlan> {
  const rounds: PlanLookups[] = [];
  const plan = await withOutlines(planning, request, signal, async (store, asked) => {
    const round = await store.plan(asked, signal);
    if (round.lookups) rounds.push(round.lookups);
    return round;
  });
  return { ...plan, tools: planTools(rounds, plan.outlines) };
}

/**
 * Asks until no outline is missing, and has the missing ones made in between.
 * @throws cancelled
 */
export async function withOutlines<T extends { readonly missingOutlines: readonly OutlineTask[] }>(
  planning: Planning,
  request: RunRequest,
  signal: AbortSignal | undefined,
  ask: (store: Store, asked: PlanRequest) => Promise<T>,
): Promise<T & { readonly outlineMs: number; readonly outlines: MadeOutlines }> {
  const { store, planRequest, ports } = planning;
  const asked = planRequest(request);
  let outlineMs = 0;
  let made = 0;
  let failures = 0;
  for (let round = 1; ; round++) {
    // A file that changes all the time is taken with what is known of it in the end.
    const answer = await ask(store, { ...asked, withoutMissing: round > MAX_ROUNDS });
    if (answer.missingOutlines.length === 0) {
      return { ...answer, outlineMs, outlines: { made, failures, ms: outlineMs } };
    }
    const startedAt = ports.clock.monotonicMs();
    failures += await makeOutlines(planning, answer.missingOutlines, asked.outlineVersion, signal);
    made += answer.missingOutlines.length;
    outlineMs += ports.clock.monotonicMs() - startedAt;
  }
}

/**
 * What fails is tried once more: on a machine that has stood still for a while a file can be given up that there is
 * nothing wrong with, and whoever uses it would be asked about, and paid for, again once it is known.
 */
async function outlineTwice(
  pool: Planning["pool"],
  tasks: readonly OutlineTask[],
  signal: AbortSignal | undefined,
): Promise<readonly OutlineResult[]> {
  const results = await pool.outline(tasks, signal);
  const failed = tasks.filter((_, at) => !results[at]!.ok);
  if (failed.length === 0) return results;
  const again = await pool.outline(failed, signal);
  return results.map((result) => (result.ok ? result : again.shift()!));
}

/** @returns how many could not be made */
async function makeOutlines(
  { store, pool, ports }: Planning,
  tasks: readonly OutlineTask[],
  outlineVersion: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  let failures = 0;
  for (let from = 0; from < tasks.length; from += BATCH) {
    const batch = tasks.slice(from, from + BATCH);
    const startedMs = ports.clock.monotonicMs();
    const results = await outlineTwice(pool, batch, signal);
    const costMs = (ports.clock.monotonicMs() - startedMs) / batch.length;
    const rows = results.flatMap((result, at): OutlineRow[] => {
      const { language, contentHash } = batch[at]!;
      if (result.ok) {
        return [{ contentHash: result.contentHash, language, outlineVersion, outline: result.outline, costMs }];
      }
      // What cannot be outlined is reviewed all the same, and not tried again until it changes.
      failures++;
      ports.logger.warn(`A file could not be outlined: ${result.message}`);
      return [{ contentHash, language, outlineVersion, outline: EMPTY }];
    });
    await store.saveOutlines(rows);
  }
  return failures;
}
