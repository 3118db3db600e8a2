/** `onceover analyze`: folders and flags to a run, its report to stdout or a file, its outcome to an exit status. */
import type { Engine, RunRequest } from "../core/engine.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { OnceoverError } from "../shared/errors.ts";
import type { RunEvent } from "../shared/events.ts";
import type { Report } from "../shared/report.ts";
import { DEFAULT_SETTINGS, type Settings } from "../shared/settings.ts";
import { baseUrlOf, type AnalyzeArguments } from "./arguments.ts";
import { baseUrlVariable, chosenBaseUrl, createEnvironmentSecrets } from "./environmentSecrets.ts";
import { renderPlan, renderPlanJson } from "./estimateReporter.ts";
import { reportStatus } from "./exitStatus.ts";
import { resolveFolders } from "./folders.ts";
import { renderJson } from "./jsonReporter.ts";
import { openOutputFile, type OutputFile } from "./outputFile.ts";
import { createPalette } from "./palette.ts";
import { renderPretty } from "./prettyReporter.ts";
import { createProgress, type Progress } from "./progress.ts";
import { createCliLogger, progressMode, type Session } from "./session.ts";
import { listenForCancel, type Cancellation } from "./signals.ts";
import { createLineReader } from "./sourceLines.ts";
import { storeFolderOf } from "./storeFolder.ts";

interface Analysis {
  readonly args: AnalyzeArguments;
  readonly session: Session;
  readonly request: RunRequest;
  readonly engine: Engine;
  readonly progress: Progress;
  readonly cancellation: Cancellation;
  readonly file: OutputFile | null;
}

/** Resolves with the exit status when everything is written and nothing is left running. */
export async function analyzeCommand(args: AnalyzeArguments, session: Session): Promise<number> {
  const { io } = session;
  const folders = resolveFolders(args.paths, io.cwd);
  const baseUrl = baseUrlOf(chosenBaseUrl(args.provider, args.baseUrl, io.env), baseUrlVariable(args.provider));
  const file = args.output === null ? null : openOutputFile(args.output, io.cwd);
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
    const ports = createSystemPorts({ secrets: createEnvironmentSecrets(io.env, baseUrl), logger });
    engine = await createEngine(ports, settingsOf(args, baseUrl, io.cwd));
    const request: RunRequest = { folders, trusted: true };
    const analysis: Analysis = { args, session, request, engine, progress, cancellation, file };
    return await (args.estimate ? estimate(analysis) : review(analysis));
  } finally {
    progress.end();
    file?.discard();
    await engine?.dispose();
    cancellation.stop();
  }
}

function settingsOf(args: AnalyzeArguments, baseUrl: string | null, cwd: string): Settings {
  return {
    ...DEFAULT_SETTINGS,
    provider: args.provider,
    model: args.model,
    baseUrl,
    prices: args.model !== null && args.price !== null ? { [args.model]: args.price } : {},
    budgetUsd: args.budgetUsd,
    concurrency: args.concurrency,
    include: args.include,
    exclude: args.exclude,
    storeFolder: storeFolderOf(args.cacheDir, cwd),
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

function reportlessStatus({ signal }: Cancellation): number {
  return signal.aborted ? 130 : 0;
}

async function review(analysis: Analysis): Promise<number> {
  const { args, engine, request, progress, cancellation } = analysis;
  const onEvent = (event: RunEvent) => {
    progress.onEvent(event);
    if (event.type === "notice") showNotice(event, analysis);
  };
  const report = await engine.run(request, { signal: cancellation.signal, onEvent });
  progress.end();
  checkIncluded(report, args);
  await deliver(analysis, render(report, analysis));
  // A report in a file or a pipe is not read at once: what stopped the run is said where people look.
  if (report.run.error) {
    await analysis.session.stderr.write(`onceover: ${escapeLine(report.run.error.message)}\n`).catch(() => {});
  }
  return reportStatus(report, args.failOn, cancellation.signal.aborted);
}

/** A mistyped pattern must not pass for a clean review. */
function checkIncluded({ coverage }: Report, { include }: AnalyzeArguments): void {
  if (include.length === 0 || coverage.files > coverage.skipped) return;
  throw new OnceoverError("usage", `Nothing to review matches --include ${include.join(" ")}.`, {
    advice: "Patterns count from the reviewed folder, such as 'src/**' or '*.ts'.",
  });
}

function showNotice(event: RunEvent & { readonly type: "notice" }, { args, progress }: Analysis): void {
  const isWanted = event.level === "error" || (event.level === "warning" ? !args.quiet : args.verbose);
  if (isWanted) progress.note(escapeLine(event.message));
}

function render(report: Report, analysis: Analysis): Iterable<string> {
  const { args, request } = analysis;
  if (args.format === "json") return renderJson(report);
  const readLines = createLineReader(request.folders);
  return renderPretty(report, { ...screenOf(analysis), readLines, verbose: args.verbose });
}

/** A file has no colours. */
function screenOf({ session, file }: Analysis): Pick<Session, "palette" | "width"> {
  return file ? { palette: createPalette(false), width: 100 } : session;
}

async function deliver({ session, file, args, progress }: Analysis, pieces: Iterable<string>): Promise<void> {
  if (file) {
    file.write(pieces);
    if (!args.quiet) progress.note(`Written to ${escapeLine(args.output ?? "")}`);
    return;
  }
  for (const piece of pieces) {
    if (session.stdout.isClosed) return;
    await session.stdout.write(piece);
  }
}
