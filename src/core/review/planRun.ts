/** The plan of a request, with the outlines that it needs made on the way. */
import type { RunRequest } from "../engine.ts";
import type { OutlineTask } from "../offline/analysis.ts";
import type { OutlineRow, Plan } from "../store/store.ts";
import type { Outline } from "../workspace/outline/outline.ts";
import type { Reviewing } from "./reviewing.ts";

export interface RunPlan extends Plan {
  /** Making outlines; 0 when all were known. */
  readonly outlineMs: number;
}

type Planning = Pick<Reviewing, "store" | "pool" | "planRequest" | "ports">;

/** A file passes on what another one declares, and so on: each round finds the next ones. */
const MAX_ROUNDS = 8;
/** Saved as soon as they are made, so that a run that is ended early has not worked in vain. */
const BATCH = 64;
const EMPTY: Outline = { symbols: [], imports: [], free: [], namespaces: [], properties: [], defaultExport: "" };

/** @throws cancelled */
export async function planRun(reviewing: Planning, request: RunRequest, signal?: AbortSignal): Promise<RunPlan> {
  const { store, planRequest, ports } = reviewing;
  const asked = planRequest(request);
  let outlineMs = 0;
  for (let round = 1; ; round++) {
    // A file that changes all the time is planned with what is known of it in the end.
    const plan = await store.plan({ ...asked, withoutMissing: round > MAX_ROUNDS }, signal);
    if (plan.missingOutlines.length === 0) return { ...plan, outlineMs };
    const startedAt = ports.clock.monotonicMs();
    await makeOutlines(reviewing, plan.missingOutlines, asked.outlineVersion, signal);
    outlineMs += ports.clock.monotonicMs() - startedAt;
  }
}

async function makeOutlines(
  { store, pool, ports }: Planning,
  tasks: readonly OutlineTask[],
  outlineVersion: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let from = 0; from < tasks.length; from += BATCH) {
    const batch = tasks.slice(from, from + BATCH);
    const results = await pool.outline(batch, signal);
    const rows = results.flatMap((result, at): OutlineRow[] => {
      const { language, contentHash } = batch[at]!;
      if (result.ok) return [{ contentHash: result.contentHash, language, outlineVersion, outline: result.outline }];
      // What cannot be outlined is reviewed all the same, and not tried again until it changes.
      ports.logger.warn(`A file could not be outlined: ${result.message}`);
      return [{ contentHash, language, outlineVersion, outline: EMPTY }];
    });
    await store.saveOutlines(rows);
  }
}
