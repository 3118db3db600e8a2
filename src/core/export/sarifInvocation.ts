/** How the run went, for SARIF: what was not reviewed stands there as notifications, so that silence is never "clean". */
import type { Invocation, Notification, ReportingDescriptor } from "sarif";
import type { FileReport, Report } from "../../shared/report.ts";
import { formatQuantity } from "../../shared/format.ts";
import { oneLine, partialWords, scopeWords } from "./outcomeWords.ts";
import type { SarifLocations } from "./sarifLocations.ts";
import { inert } from "./sarifResults.ts";

const KINDS = {
  "changes-only": "The run was about files that differ from a git revision; the others were not looked at.",
  "run-incomplete": "The run did not review everything it was asked to.",
  "file-failed": "A file could not be reviewed.",
  "files-pending": "Files were not reviewed because the run stopped early.",
  "files-skipped": "Files were left out, for the reason given.",
  "findings-hidden": "Findings are hidden by dismissals, comments in the code or the baseline.",
} as const;

type Kind = keyof typeof KINDS;

export function sarifNotificationKinds(): ReportingDescriptor[] {
  // GitHub asks for all three of every descriptor.
  return Object.entries(KINDS).map(([id, text]) => ({
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text },
  }));
}

/** @param hidden what is hidden, in words; null: nothing */
export function sarifInvocation(report: Report, locations: SarifLocations, hidden: string | null): Invocation {
  const { run } = report;
  const startMs = Date.parse(run.startedAt);
  return {
    executionSuccessful: isComplete(report),
    startTimeUtc: run.startedAt,
    endTimeUtc: new Date(startMs + run.durationMs).toISOString(),
    toolExecutionNotifications: notifications(report, locations, hidden),
  };
}

function isComplete({ run, coverage }: Report): boolean {
  return run.complete && run.stoppedBy === null && run.error === null && coverage.failed + coverage.pending === 0;
}

function notifications(report: Report, locations: SarifLocations, hidden: string | null): Notification[] {
  const notify = (
    kind: Kind,
    level: Notification["level"] & string,
    text: string,
    files: readonly FileReport[] = [],
  ): Notification => ({
    descriptor: { id: kind, index: Object.keys(KINDS).indexOf(kind) },
    level,
    message: { text: inert(text) },
    ...(files.length > 0
      ? { locations: files.map(({ path }) => ({ physicalLocation: { artifactLocation: locations.locate(path) } })) }
      : {}),
  });
  const byStatus = Map.groupBy(report.files, (file) => file.status);
  const failed = byStatus.get("failed") ?? [];
  const pending = byReason(byStatus.get("pending"));
  const skipped = byReason(byStatus.get("skipped"));
  return [
    ...scopeWords(report).map((text) => notify("changes-only", "note", `${capital(text)}.`)),
    ...partialWords(report).map((text) => notify("run-incomplete", "error", text)),
    ...failed.map((file) => notify("file-failed", "error", `Not reviewed: ${reasonOf(file)}.`, [file])),
    ...pending.map(([reason, files]) =>
      notify("files-pending", "warning", `${formatQuantity(files.length, "file")} not reviewed: ${reason}.`, files),
    ),
    ...skipped.map(([reason, files]) =>
      notify("files-skipped", "note", `${formatQuantity(files.length, "file")} skipped: ${reason}.`, files),
    ),
    ...(hidden === null ? [] : [notify("findings-hidden", "note", `Hidden: ${hidden}.`)]),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function byReason(files: readonly FileReport[] = []): (readonly [reason: string, files: readonly FileReport[]])[] {
  return [...Map.groupBy(files, reasonOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function reasonOf({ reason }: FileReport): string {
  return oneLine(reason ?? "no reason given").replace(/\.$/, "");
}
