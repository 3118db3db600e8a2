/**
 * The report as annotations of a GitHub workflow. The runner keeps ten of each kind from a step, in the order written:
 * so the worst come first, what was not reviewed before them, and one line sums up the rest.
 */
import path from "node:path";
import type { Folder } from "../core/engine.ts";
import { formatQuantity } from "../shared/format.ts";
import type { FileReport, Finding, Report, Severity } from "../shared/report.ts";
import {
  countSeverities,
  coverageWords,
  meterWords,
  SEVERITIES,
  severityWords,
  suppressedWords,
} from "../core/export/figures.ts";
import { inStableOrder } from "../core/export/findingOrder.ts";
import { findingWords, oneLine, partialWords, scopeWords } from "../core/export/outcomeWords.ts";
import { workflowCommand, withoutWorkflowCommands, type Annotation, type AnnotationKind } from "./workflowCommand.ts";

const MOST_OF_A_KIND = 10;
const MOST_FILES_NAMED = 20;

const KINDS: Readonly<Record<Severity, AnnotationKind>> = { error: "error", warning: "warning", info: "notice" };

export interface GithubOptions {
  readonly folders: readonly Folder[];
  /** The checked-out repository, to which GitHub's paths are relative; absolute. */
  readonly root: string;
}

export function* renderGithub(report: Report, options: GithubOptions): Generator<string> {
  const missing = missingAnnotations(report);
  const left = new Map<AnnotationKind, number>(
    (["error", "warning", "notice"] as const).map((kind) => [
      kind,
      MOST_OF_A_KIND - missing.filter((one) => one.kind === kind).length,
    ]),
  );
  for (const one of missing) yield `${workflowCommand(one)}\n`;
  const ordered = SEVERITIES.flatMap((severity) =>
    inStableOrder(report.findings.filter((finding) => finding.severity === severity)),
  );
  const rest: Finding[] = [];
  for (const finding of ordered) {
    const kind = KINDS[finding.severity];
    const room = left.get(kind)!;
    left.set(kind, room - 1);
    if (room > 0) yield `${workflowCommand(annotationOf(finding, options))}\n`;
    else rest.push(finding);
  }
  yield* closingLines(report, rest).map((line) => `${withoutWorkflowCommands(line)}\n`);
}

function closingLines(report: Report, rest: readonly Finding[]): string[] {
  const hidden = suppressedWords(report.suppressed);
  return [
    ...(rest.length > 0
      ? [
          `${formatQuantity(rest.length, "more finding")} (${severityWords(countSeverities(rest)).join(", ")}): ` +
            "GitHub shows ten of a kind for a step; the summary of the job has them all.",
        ]
      : []),
    findingWords(report),
    ...scopeWords(report),
    ...(hidden === null ? [] : [`hidden: ${hidden}`]),
    coverageWords(report.coverage),
    meterWords(report),
  ];
}

function annotationOf(finding: Finding, { folders, root }: GithubOptions): Annotation {
  const { startLine, endLine, startColumn, endColumn, severity, category, rule } = finding;
  const facts = category === rule ? category : `${category}, ${rule}`;
  return {
    kind: KINDS[severity],
    title: oneLine(finding.title),
    message: `${finding.detail.trim() || finding.title}\n(${facts})`,
    place: {
      file: pathInRepository(finding.path, folders, root),
      line: startLine,
      endLine,
      columns: startLine === endLine ? { start: startColumn, end: endColumn } : null,
    },
  };
}

/** The reported path itself where the folder lies outside the repository. */
function pathInRepository(reported: string, folders: readonly Folder[], root: string): string {
  const folder = folders.find(({ prefix }) => reported.startsWith(prefix));
  if (!folder) return reported;
  const relative = path.relative(root, path.join(folder.path, reported.slice(folder.prefix.length)));
  const isOutside = relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return isOutside ? reported : relative.split(path.sep).join("/");
}

/** What was not reviewed, before any finding: a step that shows none of either must mean that all is well. */
function missingAnnotations(report: Report): Annotation[] {
  const failed = report.files.filter((file) => file.status === "failed");
  return [
    ...partialWords(report).map((message) => annotation("error", "Onceover: partial review", message)),
    ...(failed.length > 0
      ? [annotation("error", `Onceover: ${formatQuantity(failed.length, "file")} failed`, failedWords(failed))]
      : []),
  ];
}

function annotation(kind: AnnotationKind, title: string, message: string): Annotation {
  return { kind, title, message };
}

function failedWords(failed: readonly FileReport[]): string {
  const named = failed.slice(0, MOST_FILES_NAMED);
  const left = failed.length - named.length;
  return [
    ...named.map((file) => `${oneLine(file.path)}: ${oneLine(file.reason ?? "no reason given")}`),
    ...(left > 0 ? [`and ${formatQuantity(left, "more file")}`] : []),
  ].join("\n");
}
