/** `onceover analyze`: folders and flags to a run, its report to stdout or a file, its outcome to an exit status. */
import type { Engine, RunRequest } from "../core/engine.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { TraceRecorder } from "../core/profile/traceRecorder.ts";
import { describeError, OnceoverError } from "../shared/errors.ts";
import type { RunEvent } from "../shared/events.ts";
import type { Report } from "../shared/report.ts";
import { DEFAULT_SETTINGS, type Settings } from "../shared/settings.ts";
import { baseUrlOf } from "./flagValues.ts";
import type { AnalyzeArguments } from "./invocation.ts";
import { baseUrlVariable, chosenBaseUrl, createEnvironmentSecrets } from "./environmentSecrets.ts";
import { renderPlan, renderPlanJson } from "./estimateReporter.ts";
import { reportStatus } from "./exitStatus.ts";
import { resolveFolders } from "./folders.ts";
import { oneLine, partialWords } from "../core/export/outcomeWords.ts";
import { openOutputFile, TRACE, type OutputFile } from "./outputFile.ts";
import { createPalette, widthWithoutTerminal } from "./palette.ts";
import { createProgress, type Progress } from "./progress.ts";
import { renderReport } from "./renderReport.ts";
import { createCliLogger, isWorkflow, progressMode, type Session } from "./session.ts";
import { listenForCancel, type Cancellation } from "./signals.ts";
import { storeFolderOf } from "./storeFolder.ts";
import { workflowCommand, withoutWorkflowCommands } from "./workflowCommand.ts";

interface Analysis {
  readonly args: AnalyzeArguments;
  readonly session: Session;
  readonly request: RunRequest;
  readonly engine: Engine;
  readonly progress: Progress;
  readonly cancellation: Cancellation;
  readonly file: OutputFile | null;
  readonly trace: Trace | null;
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
  let engine: Engine | undefined;
  try {
    const createEngine = await io.loadEngine();
    const logger = createCliLogger(progress.note, args);
    const ports = createSystemPorts({ secrets: createEnvironmentSecrets(io.env, baseUrl, args.endpoints), logger });
    engine = await createEngine(ports, settingsOf(args, baseUrl, io.cwd));
    const request: RunRequest = {
      folders,
      trusted: true,
      ...(args.since === null ? {} : { since: args.since }),
      ...(args.overnight && { overnight: true }),
    };
    const trace = traceFile && { file: traceFile, recorder: await createRecorder(() => ports.clock.monotonicMs()) };
    const analysis: Analysis = { args, session, request, engine, progress, cancellation, file, trace };
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
  const { args, engine, request, progress, cancellation, trace } = analysis;
  const onEvent = (event: RunEvent) => {
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
  return reportStatus(report, args.failOn, cancellation.signal.aborted);
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

/** For the job's own page, where GitHub's limit of ten annotations a kind does not hold. */
async function summarise(report: Report, { session, progress }: Analysis): Promise<void> {
  const file = session.io.env["GITHUB_STEP_SUMMARY"];
  if (!file) return;
  const [{ reportMarkdown }, { addStepSummary }] = await Promise.all([
    import("../shared/reportMarkdown.ts"),
    import("./stepSummary.ts"),
  ]);
  const problem = addStepSummary(file, reportMarkdown(report));
  if (problem !== null) progress.note(problem);
}

/** A report for programs, or in a file, is not read at once: there, what stopped the run is said where people look. */
async function sayWhatStopped(report: Report, { args, file, session }: Analysis): Promise<void> {
  const { error } = report.run;
  if (!error) return;
  const isForPrograms = args.format === "json" || args.format === "sarif";
  const isSaid = !file && !isForPrograms && partialWords(report).some((text) => text.includes(oneLine(error.message)));
  if (!isSaid) await session.stderr.write(`onceover: ${escapeLine(error.message)}\n`).catch(() => {});
}

/** A mistyped pattern must not pass for a clean review. */
function checkIncluded({ coverage }: Report, { include, since }: AnalyzeArguments): void {
  if (include.length === 0 || since !== null || coverage.files > coverage.skipped) return;
  throw new OnceoverError("usage", `Nothing to review matches --include ${include.join(" ")}.`, {
    advice: "Patterns count from the reviewed folder, such as 'src/**' or '*.ts'.",
  });
}

function showNotice(event: RunEvent & { readonly type: "notice" }, { args, progress }: Analysis): void {
  const isWanted = event.level === "error" || (event.level === "warning" ? !args.quiet : args.verbose);
  if (isWanted) progress.note(escapeLine(event.message));
}

/** A file has no colours. */
function screenOf({ session, file }: Analysis): Pick<Session, "io" | "palette" | "width"> {
  return file
    ? { io: session.io, palette: createPalette(false), width: widthWithoutTerminal(session.io.env) }
    : session;
}

async function deliver({ session, file, args, progress }: Analysis, pieces: Iterable<string>): Promise<void> {
  // JSON is for a program behind a pipe; in the log of a workflow its lines begin with quotes and braces.
  const isForPeople = (args.format === "pretty" || args.format === "markdown") && isWorkflow(session.io.env);
  if (file) {
    file.write(pieces);
    if (!args.quiet) progress.note(`Written to ${escapeLine(args.output ?? "")}`);
    return;
  }
  for (const piece of pieces) {
    if (session.stdout.isClosed) return;
    await session.stdout.write(isForPeople ? withoutWorkflowCommands(piece) : piece);
  }
}
