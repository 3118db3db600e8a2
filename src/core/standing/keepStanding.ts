/** Keeps the answer that the next process gives without loading the engine, once it is proved that it may. */
import type { Report } from "../../shared/report.ts";
import type { RunRequest } from "../engine.ts";
import { jsonEntries } from "../export/jsonReporter.ts";
import { repeatable } from "../review/planStage.ts";
import { repeatedReport, repeatOf } from "../review/repeatedReport.ts";
import type { Reviewing } from "../review/reviewing.ts";
import { budgetOf } from "../review/run.ts";
import type { SavedReport } from "../store/savedReport.ts";
import { createGit } from "../workspace/git.ts";
import { findDifferences, hashOfState, openRepository } from "../workspace/repositoryState.ts";
import { announceStanding, type Standing, type StandingPlace } from "./standingFile.ts";

/** Git's own deadline ends what takes too long. */
const NEVER = new AbortController().signal;

/** Does nothing where the report does not hold any more, or where git's word is not enough. @throws any error */
export async function keepStanding(
  reviewing: Reviewing,
  request: RunRequest,
  place: Omit<StandingPlace, "workspace">,
): Promise<void> {
  const announced = announceStanding({ ...place, workspace: reviewing.workspaceId });
  try {
    const standing = await makeStanding(reviewing, request);
    if (standing) announced.fillIn(standing);
  } finally {
    announced.giveUp();
  }
}

/**
 * What git says first, then every file's stamp: where those are the last report's, its files were the same when git
 * was asked.
 */
async function makeStanding(reviewing: Reviewing, request: RunRequest): Promise<Standing | undefined> {
  const { ports, store } = reviewing;
  const [folder, ...others] = request.folders;
  if (!folder || others.length > 0 || !request.trusted) return undefined;
  const git = createGit(NEVER);
  const [repository, differences] = await Promise.all([
    openRepository(folder.path, git),
    findDifferences(folder.path, git),
  ]);
  if (!repository || !differences) return undefined;
  const keptAtMs = ports.clock.now();
  const state = hashOfState(folder.path, repository, differences, keptAtMs);
  const saved = state && (await store.unchanged(repeatable(reviewing).planRequest(request)));
  if (!saved) return undefined;
  const { report } = JSON.parse(Buffer.from(saved).toString("utf8")) as SavedReport;
  return { keptAtMs, repository, state, entries: jsonEntries(repeated(report, reviewing)) };
}

/** As a run would tell it that asks nobody; when and how long is known to whoever gives the answer. */
function repeated(report: Report, reviewing: Reviewing): Report {
  const { id, startedAt } = report.run;
  const repeat = repeatOf(report, {
    run: { id, startedAt, durationMs: 0 },
    budgetUsd: budgetOf(reviewing),
    daily: null,
    phases: [],
    memory: report.memory,
  });
  return repeatedReport(report, repeat);
}
