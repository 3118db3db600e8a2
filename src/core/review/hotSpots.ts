/** Where to look first in a repository that nobody has explained. */
import type { HotSpot, HotSpots, RunRequest } from "../engine.ts";
import { hotSpotScore, triage } from "../offline/triage.ts";
import type { SurveyedFile } from "../store/survey.ts";
import { withOutlines, type Planning } from "./planRun.ts";

/** @throws cancelled */
export async function findHotSpots(planning: Planning, request: RunRequest, signal?: AbortSignal): Promise<HotSpots> {
  const { files, cycles } = await withOutlines(planning, request, signal, (store, asked) =>
    store.survey(asked, signal),
  );
  const spots = files.map(hotSpotOf).toSorted((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
  return { spots, cycles };
}

function hotSpotOf(file: SurveyedFile): HotSpot {
  const { path, lines, functions, cognitiveComplexity, sinks, commits, importers } = file;
  const score = hotSpotScore(file, { commits: commits ?? 0, importers });
  const { reasons, level } = triage(file);
  return {
    path,
    score: Math.round(score * 10) / 10,
    level,
    lines,
    functions,
    cognitiveComplexity,
    commits,
    importers,
    sinks,
    reasons: [...reasons, ...surroundings(file)],
  };
}

/** They order and explain; what a model is asked does not depend on them. */
function surroundings({ commits, importers }: SurveyedFile): string[] {
  const reasons: string[] = [];
  if (importers > 1) reasons.push(`used by ${importers.toLocaleString("en")} files`);
  if (commits !== null && commits > 1) reasons.push(`changed ${commits.toLocaleString("en")} times in a year`);
  return reasons;
}
