/** What people read about a finding, beside its line and on the clipboard. Pure. */
import type { FileReport, Finding, Severity } from "../../shared/report.ts";
import { categoryName } from "../../shared/categoryName.ts";
import { formatUsd } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import { secondLookSentence } from "../../shared/secondLook.ts";
import type { FindingRef } from "../findingRef.ts";
import { oneLine } from "../oneLine.ts";
import { codeBlock, escapeMarkdown } from "./escapeMarkdown.ts";

/** The commands behind the links; fixed, and ours alone. */
export const FINDING_COMMANDS = {
  applyFix: "onceover.finding.applyFix",
  dismiss: "onceover.finding.dismiss",
  ignoreRule: "onceover.finding.ignoreRule",
  explain: "onceover.finding.explain",
  copy: "onceover.finding.copy",
} as const;

const MAX_REASON = 700;

type FileFacts = Pick<FileReport, "status" | "reason" | "model" | "costUsd">;

/**
 * Markdown that stands below the diagnostic's own text (title and explanation), and adds what that does not say.
 *
 * @param file what the last run reported about the file; undefined when nothing is known
 */
export function hoverMarkdown(finding: Finding, isStale: boolean, file: FileFacts | undefined): string {
  const facts = [severityName(finding.severity), categoryName(finding.category)];
  if (finding.rule !== "" && finding.rule !== finding.category) facts.push(escapeMarkdown(oneLine(finding.rule, 80)));
  facts.push(t("{0} % sure", Math.round(finding.confidence * 100)));
  const parts = [`**Onceover** · ${facts.join(" · ")}`];
  if (isStale) parts.push(t("The code here has changed since it was reviewed. Then it was:"));
  parts.push(codeBlock(finding.quote), ...secondLookOf(finding), originOf(finding, file), linksOf(finding, isStale));
  return parts.join("\n\n");
}

/** Verdict and reason, and the code that it rests on where that is not the quote above. */
function secondLookOf(finding: Finding): string[] {
  const { secondLook, quote } = finding;
  if (!secondLook) return [];
  const sentence = escapeMarkdown(oneLine(secondLookSentence(finding), MAX_REASON));
  const { evidence } = secondLook;
  const isNew = evidence !== null && evidence.trim() !== quote.trim();
  return isNew ? [`${sentence} ${t("It rests on:")}`, codeBlock(evidence)] : [sentence];
}

/** Only what is known: who said it, and what this file cost in the last run. */
function originOf(finding: Finding, file: FileFacts | undefined): string {
  if (finding.source === "offline") return t("Found on this machine by a rule: free.");
  const model = file?.model;
  const by = model ? t("Found by {0}.", escapeMarkdown(oneLine(model, 80))) : t("Found by a model.");
  if (file?.status === "cached")
    return `${by} ${t("Answered from the store: the last run paid nothing for this file.")}`;
  if (file?.status !== "reviewed") return by;
  if (file.costUsd === null) return `${by} ${t("What the file cost is not known.")}`;
  const paid = escapeMarkdown(formatUsd(file.costUsd, "row"));
  const reason = file.reason === null ? null : escapeMarkdown(oneLine(file.reason, 80));
  const cost =
    reason === null
      ? t("The last run paid {0} for this file.", paid)
      : t("The last run paid {0} for this file: {1}.", paid, reason);
  return `${by} ${cost}`;
}

function linksOf(finding: Finding, isStale: boolean): string {
  const given = JSON.stringify([{ path: finding.path, id: finding.id } satisfies FindingRef]);
  // A bracket would end the link: what stands behind it would be the file name's own Markdown.
  const ref = encodeURIComponent(given).replaceAll(
    /[()'*!~]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  const link = (title: string, command: string) => `[${title}](command:${command}?${ref})`;
  const links = [
    link(t("Ignore…"), FINDING_COMMANDS.dismiss),
    link(t("Explain"), FINDING_COMMANDS.explain),
    link(t("Copy"), FINDING_COMMANDS.copy),
  ];
  if (finding.fix && !isStale) links.unshift(link(t("Preview fix"), FINDING_COMMANDS.applyFix));
  return links.join(" · ");
}

/** For an issue or a chat. */
export function findingAsMarkdown(finding: Finding): string {
  const place = `${escapeMarkdown(finding.path)}:${finding.startLine}`;
  const facts = [severityName(finding.severity), categoryName(finding.category), escapeMarkdown(finding.rule)];
  return [
    `### ${escapeMarkdown(oneLine(finding.title))}`,
    `${place} · ${[...new Set(facts)].filter(Boolean).join(" · ")}`,
    codeBlock(finding.quote),
    ...(finding.detail.trim() === "" ? [] : [escapeMarkdown(finding.detail)]),
    ...(finding.secondLook ? [escapeMarkdown(secondLookSentence(finding))] : []),
    "",
  ].join("\n\n");
}

function severityName(severity: Severity): string {
  switch (severity) {
    case "error":
      return t("Error");
    case "warning":
      return t("Warning");
    case "info":
      return t("Information");
  }
}
