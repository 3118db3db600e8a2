/** `onceover analyze`: folders and flags to a run, its report to stdout or a file, its outcome to an exit status. */
import type { Engine, RunRequest } from "../core/engine.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { TraceRecorder } from "../core/profile/traceRecorder.ts";
import { describeError } from "../shared/errors.ts";
import type { RunEvent } from "../shared/events.ts";
import { DEFAULT_SETTINGS, type Settings } from "../shared/settings.ts";
import { baseUrlOf } from "./flagValues.ts";
import type { AnalyzeArguments } from "./invocation.ts";
import { baseUrlVariable, chosenBaseUrl, createEnvironmentSecrets } from "./environmentSecrets.ts";
import { renderPlan, renderPlanJson } from "./estimateReporter.ts";
import { checkIncluded, deliver, sayWhatStopped, screenOf, summarise, type Delivery } from "./delivery.ts";
import { reportStatus } from "./exitStatus.ts";
import { resolveFolders } from "./folders.ts";
import { openOutputFile, TRACE, type OutputFile } from "./outputFile.ts";
import { createProgress } from "./progress.ts";
import { renderReport } from "./renderReport.ts";
import { createCliLogger, progressMode, type Session } from "./session.ts";
import { listenForCancel, type Cancellation } from "./signals.ts";
import { answerStanding, questionOf } from "./standingCommand.ts";
import { storeFolderOf } from "./storeFolder.ts";
import { watchWarnings, type Warnings } from "./warnings.ts";
import { workflowCommand } from "./workflowCommand.ts";

interface Analysis extends Delivery {
  readonly request: RunRequest;
  readonly engine: Engine;
  readonly cancellation: Cancellation;
  readonly trace: Trace | null;
  /** By which its answer is kept for the next process; null: it is not. */
  readonly question: string | null;
  readonly warnings: Warnings;
}

/** What `--trace` asks for. */
interface Trace {
  readonly recorder: TraceRecorder;
  readonly file: OutputFile;
}

/** Resolves with the exit status when everything is written and nothing is left running. */
export async function analyzeCommand(args: AnalyzeArguments, session: Session): Promise<number> {
  try {
    return await analyze(args, session);
  } catch (error) {
    if (args.format === "github") await annotate(error, session);
    throw error;
  }
}

/** On the pull request too, no annotation at all would look like a clean review. */
async function annotate(error: unknown, { stdout }: Session): Promise<void> {
  const message = describeError(error);
  const command = workflowCommand({ kind: "error", title: "Onceover: nothing was reviewed", message });
  // Where the report could not be written to, this cannot be either: the error itself is told all the same.
  await stdout.write(`${command}\n`).catch(() => {});
}

async function analyze(args: AnalyzeArguments, session: Session): Promise<number> {
  const { io } = session;
  const folders = resolveFolders(args.paths, io.cwd);
  const baseUrl = baseUrlOf(chosenBaseUrl(args.provider, args.baseUrl, io.env), baseUrlVariable(args.provider));
  const file = args.output === null ? null : openOutputFile(args.output, io.cwd);
  const traceFile = args.trace === null ? null : openOutputFile(args.trace, io.cwd, TRACE);
  const progress = createProgress({
    output: session.stderr,
    mode: progressMode(session, args),
    width: () => io.stderr.columns ?? 80,
    monotonicMs: io.monotonicMs,
    every: io.every,
  });
  const cancellation = listenForCancel(io, () => {
    if (!args.quiet) progress.note("Cancelling; press again to end at once.");
  });
  const settings = settingsOf(args, baseUrl, io.cwd);
  let engine: Engine | undefined;
  try {
    const question = questionOf(args, folders, settings);
    const delivery: Delivery = { args, session, progress, file };
    const known =
      question === null
        ? undefined
        : await answerStanding(delivery, { folder: folders[0]!, settings, question, signal: cancellation.signal });
    if (known !== undefined) return known;
    const createEngine = await io.loadEngine();
    const warnings = watchWarnings(createCliLogger(progress.note, args));
    const ports = createSystemPorts({
      secrets: createEnvironmentSecrets(io.env, baseUrl, args.endpoints),
      logger: warnings.logger,
    });
    engine = await createEngine(ports, settings);
    const request: RunRequest = {
      folders,
      trusted: true,
      ...(args.since === null ? {} : { since: args.since }),
      ...(args.overnight && { overnight: true }),
    };
    const trace = traceFile && { file: traceFile, recorder: await createRecorder(() => ports.clock.monotonicMs()) };
    const analysis: Analysis = { ...delivery, request, engine, cancellation, trace, question, warnings };
    if (args.estimate) return await estimate(analysis);
    return await (args.overnight ? submit(analysis) : review(analysis));
  } finally {
    progress.end();
    file?.discard();
    traceFile?.discard();
    await engine?.dispose();
    cancellation.stop();
  }
}

function settingsOf(args: AnalyzeArguments, baseUrl: string | null, cwd: string): Settings {
  return {
    ...DEFAULT_SETTINGS,
    provider: args.provider,
    model: args.model,
    strongModel: args.strongModel,
    baseUrl,
    endpoints: args.endpoints,
    prices: args.model !== null && args.price !== null ? { [args.model]: args.price } : {},
    refuter: args.refuter,
    budgetUsd: args.budgetUsd,
    dailyBudgetUsd: args.dailyBudgetUsd,
    serviceTier: args.serviceTier,
    waitForBatches: args.waitForBatches,
    concurrency: args.concurrency,
    include: args.include,
    exclude: args.exclude,
    storeFolder: storeFolderOf(args.cacheDir, cwd),
    teamFolder: storeFolderOf(args.teamFolder, cwd),
    useCache: args.useCache,
  };
}

async function estimate(analysis: Analysis): Promise<number> {
  const { args, session, engine, request, cancellation } = analysis;
  const plan = await engine.estimate(request, { signal: cancellation.signal });
  const { palette, width } = screenOf(analysis);
  const text = args.format === "json" ? renderPlanJson(plan) : renderPlan(plan, { palette, width });
  await deliver(analysis, [text]);
  return session.stdout.isClosed ? 0 : reportlessStatus(cancellation);
}

async function submit(analysis: Analysis): Promise<number> {
  const { args, engine, request, cancellation } = analysis;
  const submission = await engine.overnight.submit(request, { signal: cancellation.signal });
  const { renderSubmission, submissionStatus } = await import("./overnightReporter.ts");
  await deliver(analysis, [renderSubmission(submission, args.format === "json")]);
  return submissionStatus(submission);
}

function reportlessStatus({ signal }: Cancellation): number {
  return signal.aborted ? 130 : 0;
}

/** Nobody is there to be asked: the budget, which holds in any case, is the answer given beforehand. */
const onQuoteReached = async () => true;

async function review(analysis: Analysis): Promise<number> {
  const { args, engine, request, progress, cancellation, trace, question, warnings } = analysis;
  const onEvent = (event: RunEvent) => {
    warnings.onEvent(event);
    progress.onEvent(event);
    trace?.recorder.onEvent(event);
    if (event.type === "notice") showNotice(event, analysis);
  };
  const profiler = trace?.recorder.profiler;
  const options = { signal: cancellation.signal, onEvent, onQuoteReached, ...(profiler && { profiler }) };
  const report = await engine.run(request, options).catch((error: unknown) => {
    // A run without a report has a trace all the same; what ended it is what is told.
    tryToWrite(trace);
    throw error;
  });
  progress.end();
  checkIncluded(report, args);
  await deliver(analysis, await renderReport(report, { args, folders: request.folders, ...screenOf(analysis) }));
  if (args.format === "github") await summarise(report, analysis);
  await sayWhatStopped(report, analysis);
  // Last: a report that was paid for does not get lost over it.
  if (trace) writeTrace(trace);
  const status = reportStatus(report, args.failOn, cancellation.signal.aborted);
  if (question !== null && report.run.complete && !warnings.hasAny())
    await engine.keepStanding(request, question, report, cancellation.signal);
  return status;
}

async function createRecorder(monotonicMs: () => number): Promise<TraceRecorder> {
  const { createTraceRecorder } = await import("../core/profile/traceRecorder.ts");
  return createTraceRecorder(monotonicMs);
}

function writeTrace({ recorder, file }: Trace): void {
  file.write([JSON.stringify(recorder.toTrace())]);
}

function tryToWrite(trace: Trace | null): void {
  try {
    if (trace?.recorder.hasRun) writeTrace(trace);
  } catch {
    // It could not be written either.
  }
}

function showNotice(event: RunEvent & { readonly type: "notice" }, { args, progress }: Analysis): void {
  const isWanted = event.level === "error" || (event.level === "warning" ? !args.quiet : args.verbose);
  if (isWanted) progress.note(escapeLine(event.message));
}
