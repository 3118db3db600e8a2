/** What saving files has made stale: they themselves, and files whose requests carry signatures that changed in them. */
import type { RunRequest } from "../engine.ts";
import type { PlannedFile } from "../store/plan.ts";
import { planRun, type RunPlan } from "./planRun.ts";
import type { Reviewing } from "./reviewing.ts";

/**
 * The plan of the whole workspace, without all that is as it was, or stale for another reason.
 * @throws cancelled
 */
export async function planSaved(
  reviewing: Reviewing,
  { only, folders, trusted }: RunRequest,
  signal?: AbortSignal,
): Promise<RunPlan> {
  const plan = await planRun(reviewing, { folders, trusted }, signal);
  const saved = new Set(only);
  return { ...plan, files: plan.files.filter((file) => saved.has(file.path) || hangsOn(file, saved)) };
}

function hangsOn({ units }: PlannedFile, saved: ReadonlySet<string>): boolean {
  return units.some(({ changedIn }) => changedIn.some((path) => saved.has(path)));
}
