/** Keeps the answer that the next process gives without loading the engine, once it is proved that it may. */
import type { Report } from "../../shared/report.ts";
import type { RunRequest } from "../engine.ts";
import { jsonEntries } from "../export/jsonReporter.ts";
import { repeatable } from "../review/planStage.ts";
import { repeatedReport, repeatOf } from "../review/repeatedReport.ts";
import type { Reviewing } from "../review/reviewing.ts";
import { budgetOf } from "../review/run.ts";
import { createGit } from "../workspace/git.ts";
import { findDifferences, hashOfState, openRepository, stampsOf } from "../workspace/repositoryState.ts";
import { promptSignal } from "./promptSignal.ts";
import { announceStanding, databaseOf, type Standing, type StandingPlace } from "./standingFile.ts";

interface Keeping extends Omit<StandingPlace, "workspace"> {
  /** The last one, as its run has told it. */
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
}

/** Does nothing where the report does not hold any more, or where git's word is not enough. @throws any error */
export async function keepStanding(
  reviewing: Reviewing,
  request: RunRequest,
  { signal, report, ...place }: Keeping,
): Promise<void> {
  const announced = announceStanding({ ...place, workspace: reviewing.workspaceId });
  try {
    const standing = await makeStanding(reviewing, request, report, promptSignal(signal));
    if (standing) announced.fillIn({ ...standing, database: databaseOf(place.storeFolder) });
  } finally {
    announced.giveUp();
  }
}

/**
 * What git says first, then every file's stamp: where those are the last report's, its files were the same when git
 * was asked.
 */
async function makeStanding(
  reviewing: Reviewing,
  request: RunRequest,
  report: Report,
  signal: AbortSignal,
): Promise<Omit<Standing, "database"> | undefined> {
  const { ports, store } = reviewing;
  const [folder, ...others] = request.folders;
  if (!folder || others.length > 0 || !request.trusted) return undefined;
  const git = createGit(signal);
  const repository = await openRepository(folder.path, git);
  const differences = repository && (await findDifferences(folder.path, git));
  if (!repository || !differences) return undefined;
  const keptAtMs = ports.clock.now();
  const state = hashOfState(folder.path, repository, differences, keptAtMs);
  if (!state) return undefined;
  const { holds, runId } = await store.unchanged(repeatable(reviewing).planRequest(request), signal);
  if (!holds || runId !== report.run.id) return undefined;
  if (await hangsOnOthers(report, reviewing, request)) return undefined;
  const stamps = stampsOf(repository);
  return { keptAtMs, repository, stamps, state, entries: jsonEntries(repeated(report, reviewing)) };
}

/** Whether a dismissal speaks for code that has moved is told by whether its file is there, and git may not list that. */
async function hangsOnOthers({ files }: Report, { store }: Reviewing, { folders, trusted }: RunRequest) {
  const paths = new Set(files.map((file) => file.path));
  const dismissals = await store.dismissals({ folders, trusted });
  return dismissals.some((one) => !paths.has(one.path));
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
