/** Where a review's result goes: stdout or a file, and what people are told beside it. */
import { oneLine, partialWords } from "../core/export/outcomeWords.ts";
import { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { Report } from "../shared/report.ts";
import type { AnalyzeArguments } from "./invocation.ts";
import type { Piece } from "./output.ts";
import type { OutputFile } from "./outputFile.ts";
import { createPalette, widthWithoutTerminal } from "./palette.ts";
import type { Progress } from "./progress.ts";
import { isWorkflow, type Session } from "./session.ts";
import { withoutWorkflowCommands } from "./workflowCommand.ts";

export interface Delivery {
  readonly args: AnalyzeArguments;
  readonly session: Session;
  readonly progress: Progress;
  readonly file: OutputFile | null;
}

export async function deliver({ session, file, args, progress }: Delivery, pieces: Iterable<Piece>): Promise<void> {
  // JSON is for a program behind a pipe; in the log of a workflow its lines begin with quotes and braces.
  const isForPeople = (args.format === "pretty" || args.format === "markdown") && isWorkflow(session.io.env);
  if (file) {
    file.write(pieces);
    if (!args.quiet) progress.note(`Written to ${escapeLine(args.output ?? "")}`);
    return;
  }
  for (const piece of pieces) {
    if (session.stdout.isClosed) return;
    await session.stdout.write(isForPeople && typeof piece === "string" ? withoutWorkflowCommands(piece) : piece);
  }
}

/** A file has no colours. */
export function screenOf({ session, file }: Delivery): Pick<Session, "io" | "palette" | "width"> {
  return file
    ? { io: session.io, palette: createPalette(false), width: widthWithoutTerminal(session.io.env) }
    : session;
}

/** For the job's own page, where GitHub's limit of ten annotations a kind does not hold. */
export async function summarise(report: Report, { session, progress }: Delivery): Promise<void> {
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
export async function sayWhatStopped(report: Report, { args, file, session }: Delivery): Promise<void> {
  const { error } = report.run;
  if (!error) return;
  const isForPrograms = args.format === "json" || args.format === "sarif";
  const isSaid = !file && !isForPrograms && partialWords(report).some((text) => text.includes(oneLine(error.message)));
  if (!isSaid) await session.stderr.write(`onceover: ${escapeLine(error.message)}\n`).catch(() => {});
}

/** A mistyped pattern must not pass for a clean review. */
export function checkIncluded({ coverage }: Pick<Report, "coverage">, { include, since }: AnalyzeArguments): void {
  if (include.length === 0 || since !== null || coverage.files > coverage.skipped) return;
  throw new OnceoverError("usage", `Nothing to review matches --include ${include.join(" ")}.`, {
    advice: "Patterns count from the reviewed folder, such as 'src/**' or '*.ts'.",
  });
}
