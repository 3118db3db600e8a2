/** `onceover analyze` where nothing has changed since it was asked the same: answered before the engine is loaded. */
import { isFromSource } from "../core/assets.ts";
import { createEmitter } from "../core/review/emitter.ts";
import { tellUnchanged } from "../core/review/repeatReport.ts";
import type { Folder } from "../core/engine.ts";
import { renderEntries } from "../core/export/jsonReporter.ts";
import { findStanding, standingQuestion, type StandingAnswer } from "../core/standing/standingAnswer.ts";
import { systemClock } from "../core/systemPorts.ts";
import type { Report } from "../shared/report.ts";
import type { Settings } from "../shared/settings.ts";
import { checkIncluded, deliver, screenOf, summarise, type Delivery } from "./delivery.ts";
import { reportStatus } from "./exitStatus.ts";
import type { AnalyzeArguments } from "./invocation.ts";
import { renderReport } from "./renderReport.ts";
import { createCliLogger } from "./session.ts";

/** null: the engine has to be asked. What a day has cost is known to the store alone. */
export function questionOf(args: AnalyzeArguments, folders: readonly Folder[], settings: Settings): string | null {
  // Sources have no build to be told by.
  if (isFromSource) return null;
  const { since, overnight, estimate, trace, useCache, verbose, dailyBudgetUsd } = args;
  const isPlain = since === null && !overnight && !estimate && trace === null && !verbose;
  const [folder, ...others] = folders;
  if (!folder || others.length > 0 || !isPlain || !useCache || dailyBudgetUsd !== null) return null;
  return standingQuestion(folder, settings);
}

interface Asked {
  readonly folder: Folder;
  readonly settings: Settings;
  readonly question: string;
  readonly signal: AbortSignal;
}

/** @returns the exit status; undefined: there is no such answer */
export async function answerStanding(delivery: Delivery, asked: Asked): Promise<number | undefined> {
  const { args, session } = delivery;
  const { monotonicMs } = session.io;
  const answer = await findStanding({ ...asked, now: systemClock.now, monotonicMs });
  if (!answer) return undefined;
  const { report } = answer;
  if (!args.quiet) tell(report, asked.folder, delivery);
  delivery.progress.end();
  checkIncluded(report, args);
  await deliver(delivery, await render(answer, asked.folder, delivery));
  if (args.format === "github") await summarise(report, delivery);
  return reportStatus(report, args.failOn, asked.signal.aborted);
}

/** As a run does whose files are all known. */
function tell(report: Report, folder: Folder, { args, progress }: Delivery): void {
  const { id, startedAt, provider, model } = report.run;
  const emit = createEmitter(id, systemClock, createCliLogger(progress.note, args), [progress.onEvent]);
  emit({ type: "run-start", startedAt, workspace: folder.path, provider, model, budgetUsd: report.cost.budgetUsd });
  tellUnchanged(report, emit, { priceKnown: true });
  emit({ type: "run-end", stoppedBy: null, error: null, report });
}

async function render({ report, entries }: StandingAnswer, folder: Folder, delivery: Delivery) {
  if (delivery.args.format === "json") return renderEntries(entries);
  return renderReport(report, { args: delivery.args, folders: [folder], ...screenOf(delivery) });
}
