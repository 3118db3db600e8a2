/**
 * One run at a time: reads settings, asks what has to be asked, carries the run out, tells how it ended.
 * Knows nothing of VS Code: what it needs is handed in.
 */
import type { Folder, PromptPreview, QuoteQuestion, RunRequest } from "../core/engine.ts";
import type { Logger } from "../core/ports.ts";
import type { HeldReports } from "./heldReports.ts";
import { describeError, errorCode } from "../shared/errors.ts";
import type { Report } from "../shared/report.ts";
import { createRunReader } from "../shared/runReader.ts";
import type { Question } from "./consent.ts";
import type { Engines } from "./engines.ts";
import type { FindingsStore } from "./findingsStore.ts";
import { createLookAgain } from "./lookAgain.ts";
import type { Consents, WorkspaceMemory } from "./memory.ts";
import { describeCompletion, describeOutcome, type Outcome } from "./outcome.ts";
import { describeProblem } from "./problems.ts";
import type { RunMirror } from "./runMirror.ts";
import { runOnce, type Told } from "./runOnce.ts";
import type { RunWatch } from "./runWatch.ts";
import type { KeyRing } from "./secrets.ts";
import type { ExtensionSettings } from "./settings.ts";

/** What a run is about and by which rules, read anew for every run. */
export interface RunInputs {
  readonly settings: ExtensionSettings;
  readonly folders: readonly Folder[];
  readonly trusted: boolean;
}

export interface PreviewSource {
  /** Paths, most bytes first. */
  readonly files: readonly string[];
  /** null: nothing would be sent for it. */
  prompt(path: string): Promise<PromptPreview | null>;
  /** Aborted when the run is cancelled: the question is void. */
  readonly signal: AbortSignal;
}

export interface RunUi {
  /** Resolves with true when the user agreed. Before that they may read what would be sent for each of these files. */
  confirm(question: Question, preview: PreviewSource): Promise<boolean>;
  /** The run is about to cost more than it was to cost at most: whether it goes on. */
  agreeToMore(question: QuoteQuestion): Promise<boolean>;
  /** The window is not the one that its user looks at. */
  isInBackground(): boolean;
  /** Shows that a run is under way until `done` settles. */
  showProgress(done: Promise<void>, cancel: () => void): void;
  tell(outcome: Outcome): void;
}

export interface RunControllerOptions {
  readonly engines: Engines;
  /** Throws `invalid-setting` or `missing-folder`. */
  readonly readInputs: () => RunInputs;
  readonly mirror: RunMirror;
  readonly findings: FindingsStore;
  readonly memory: WorkspaceMemory;
  readonly consents: Consents;
  readonly keys: KeyRing;
  readonly ui: RunUi;
  /** Loaded with the engine. */
  readonly watch: () => Promise<RunWatch>;
  readonly held: HeldReports;
  readonly logger: Logger;
}

/** What of the workspace a run is about: these files, these folders, what differs from a revision, or without either all of it. */
export type RunScope = Pick<RunRequest, "only" | "under" | "since" | "storedOnly">;

export interface RunController {
  isRunning(): boolean;
  /** Resolves when the run is over, however it ended; what went wrong has been told by then. */
  analyze(scope?: RunScope): Promise<void>;
  /** What a reload cut off, again: what was paid for is not paid again, what is to be asked is asked again. */
  resume(): Promise<void>;
  /** Resolves when the run is over; at once when there is none. */
  cancel(): Promise<void>;
  /** Cancels, and resolves when the run has ended. The note that it was under way stays: the next window shows it. */
  shutdown(): Promise<void>;
}

export function createRunController(options: RunControllerOptions): RunController {
  let running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  let isClosing = false;

  const start = (scope: RunScope) => {
    const abort = new AbortController();
    options.mirror.begin(createRunReader);
    const ended = carryOut(options, scope, abort.signal, () => isClosing);
    const done = ended.then((recheck) => {
      running = undefined;
      if (recheck) void lookAgain.begin(recheck, abort, () => analyze(scope));
    });
    running = { abort, done };
    options.ui.showProgress(done, () => abort.abort());
    return done;
  };

  const idle = (): Promise<void> => (running ? running.done.then(idle) : Promise.resolve());
  const lookAgain = createLookAgain({ ...options, idle });
  // What was erased is not kept here either.
  const follow = options.mirror.onDidChange(() => {
    if (options.mirror.lastReport() === null) options.held.forget();
  });

  const cancel = async () => {
    lookAgain.cancel();
    running?.abort.abort();
    await running?.done;
  };

  const analyze = async (scope: RunScope = {}) => {
    if (running || isClosing) return;
    await start(scope);
  };

  return {
    isRunning: () => running !== undefined,
    analyze,
    resume: () => analyze(options.memory.interruptedScope()),
    cancel,
    shutdown() {
      isClosing = true;
      follow.dispose();
      return cancel();
    },
  };
}

/** Never rejects. @returns given: whether what was told holds is still to be asked */
async function carryOut(
  options: RunControllerOptions,
  scope: RunScope,
  signal: AbortSignal,
  isClosing: () => boolean,
): Promise<Told["recheck"]> {
  const { mirror, memory, ui, logger } = options;
  let told: Told | null = null;
  let failure: { code: string; message: string } | null = null;
  try {
    told = await runOnce(options, scope, signal);
    const report = told?.report;
    if (report) logger.info(describeRun(report) + (told?.recheck ? " No change had been heard of." : ""));
    const outcome = report && (describeOutcome(report) ?? (ui.isInBackground() ? describeCompletion(report) : null));
    if (outcome && !isClosing()) ui.tell(outcome);
  } catch (error) {
    if (!signal.aborted) {
      failure = { code: errorCode(error), message: describeError(error) };
      logger.error(`The run failed (${failure.code}): ${failure.message}`);
      ui.tell({ level: "error", ...describeProblem(error) });
    }
  }
  mirror.end(failure);
  if (isClosing()) return undefined;
  // A window that is closing may refuse to remember: the run is over all the same.
  await memory
    .runEnded({ hasReport: told !== null })
    .catch(() => logger.warn("The end of the run could not be noted."));
  return told?.recheck;
}

/** For the log: figures, no paths, no texts. */
function describeRun({ run, coverage, cost, findings }: Report): string {
  const how =
    run.stoppedBy === null ? "ended" : `was stopped (${run.stoppedBy}${run.error ? `, ${run.error.code}` : ""})`;
  const files = Object.entries(coverage).map(([name, count]) => `${name} ${count}`);
  const usd = cost.unknown ? "cost unknown" : `$${cost.usd.toFixed(4)}`;
  return `Run ${how} after ${Math.round(run.durationMs)} ms: ${files.join(", ")}; ${findings.length} findings; ${usd}.`;
}
