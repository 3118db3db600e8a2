/** What each row of the findings tree says. Pure. */
import path from "node:path";
import { categoryName } from "../shared/categoryName.ts";
import { formatCount } from "../shared/format.ts";
import { t, tCount } from "../shared/localize.ts";
import type { Category } from "../shared/report.ts";
import { HOT_SPOT_WEIGHTS, type BranchName, type FindingsNode, type SeverityCounts } from "./findingsModel.ts";
import { escapeText } from "../shared/escapeText.ts";
import { oneLine } from "./oneLine.ts";
import { severityWord } from "./severityWord.ts";

export interface RowText {
  /** Stays the same while the row means the same: selection and expansion hang on it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** For screen readers: says in words what icons and colours say. */
  readonly spoken: string;
}

export function describeRow(node: FindingsNode): RowText {
  switch (node.kind) {
    case "file":
      return describeFile(node);
    case "group":
      return describeGroup(node);
    case "finding":
      return describeFinding(node);
    case "branch":
      return describeBranch(node);
    case "entry": {
      const { folder, name } = splitPath(node.file.path);
      const reason = node.file.reason === null ? "" : oneLine(node.file.reason);
      return {
        id: `${node.branch}:${node.file.path}`,
        label: name,
        description: [folder, reason].filter(Boolean).join(" · "),
        tooltip: [oneLine(node.file.path, 1_000), reason].filter(Boolean).join("\n"),
        spoken: [name, branchWord(node.branch), reason].filter(Boolean).join(", "),
      };
    }
    case "rest": {
      const label = t("Show more ({0} left)", formatCount(node.count));
      return { id: `rest:${node.within}`, label, description: "", tooltip: label, spoken: label };
    }
    case "more": {
      const label = t("{0} more", formatCount(node.count));
      return {
        id: `${node.branch}:more`,
        label,
        description: "",
        tooltip: t("The report lists all of them."),
        spoken: label,
      };
    }
  }
}

function describeFile(node: Extract<FindingsNode, { kind: "file" }>): RowText {
  const { folder, name } = splitPath(node.path);
  const { counts } = node;
  const unsaved = node.isUnsaved ? t("unsaved changes") : "";
  const every = [
    counts.error === 0 ? "" : tCount(counts.error, "{0} error", "{0} errors"),
    counts.warning === 0 ? "" : tCount(counts.warning, "{0} warning", "{0} warnings"),
    counts.info === 0 ? "" : tCount(counts.info, "{0} info", "{0} infos"),
  ];
  return {
    id: `file:${node.within}:${node.path}`,
    label: name,
    // The worst kind alone: the row has little room, and the tooltip counts all of them.
    description: [folder, every.find(Boolean) ?? "", unsaved].filter(Boolean).join(", "),
    tooltip: [
      oneLine(node.path, 1_000),
      every.filter(Boolean).join(", "),
      node.rank ? describeRank(node.rank, counts) : "",
      node.isUnsaved ? t("Has unsaved changes: what is on disk was reviewed.") : "",
    ]
      .filter(Boolean)
      .join("\n"),
    spoken: [name, ...every, unsaved].filter(Boolean).join(", "),
  };
}

function describeRank(rank: { readonly place: number; readonly weight: number }, counts: SeverityCounts): string {
  const { error, warning, info } = HOT_SPOT_WEIGHTS;
  const sum = `${counts.error} × ${error} + ${counts.warning} × ${warning} + ${counts.info} × ${info}`;
  return t("Hot spot {0}: weight {1} = {2} (errors, warnings, infos)", rank.place, rank.weight, sum);
}

function describeGroup(node: Extract<FindingsNode, { kind: "group" }>): RowText {
  const label = groupLabel(node);
  const findings = tCount(node.findings, "{0} finding", "{0} findings");
  const description = t("{0} in {1}", findings, fileQuantity(node.fileCount));
  return {
    id: `group:${node.by}:${node.name}`,
    label,
    description,
    tooltip: `${label}\n${description}`,
    spoken: `${label}, ${description}`,
  };
}

function groupLabel({ by, name }: Extract<FindingsNode, { kind: "group" }>): string {
  switch (by) {
    case "severity":
      return severityLabel(name);
    case "category":
      return oneLine(categoryName(name as Category), 1_000);
    case "folder":
      return name === "." ? t("(top folder)") : oneLine(name, 1_000);
  }
}

function severityLabel(severity: string): string {
  if (severity === "error") return t("Errors");
  return severity === "warning" ? t("Warnings") : t("Infos");
}

function describeFinding(node: Extract<FindingsNode, { kind: "finding" }>): RowText {
  const { finding, position } = node;
  const title = oneLine(finding.title);
  const label = mainClause(title);
  const severity = severityWord(finding.severity);
  const origin = finding.source === "offline" ? t("offline rule") : t("model");
  return {
    // The fingerprint alone is not enough: the same remark may stand twice in a file.
    id: `finding:${node.within}:${finding.path}:${finding.id}:${position}`,
    label,
    description: `:${finding.startLine}`,
    tooltip: `${title}\n\n${escapeText(finding.detail).trim()}\n\n${severity}, ${categoryName(finding.category)}, ${oneLine(finding.rule, 80)} (${origin})`,
    spoken: t("{0}: {1}, line {2}", severity, label, finding.startLine),
  };
}

function describeBranch(node: Extract<FindingsNode, { kind: "branch" }>): RowText {
  const common = node.name === "pending" && node.reason !== null ? oneLine(node.reason, 80) : "";
  const count = fileQuantity(node.fileCount);
  const label = branchLabel(node.name);
  const description = [count, common].filter(Boolean).join(", ");
  return {
    id: `branch:${node.name}`,
    label,
    description,
    tooltip: branchTooltip(node.name),
    spoken: `${label}, ${description}`,
  };
}

function branchLabel(name: BranchName): string {
  switch (name) {
    case "pending":
      return t("Pending");
    case "failed":
      return t("Failed");
    case "skipped":
      return t("Skipped");
  }
}

function branchWord(name: BranchName): string {
  switch (name) {
    case "pending":
      return t("pending");
    case "failed":
      return t("failed");
    case "skipped":
      return t("skipped");
  }
}

function branchTooltip(name: BranchName): string {
  switch (name) {
    case "pending":
      return t("Not reviewed yet: the run ended before their turn.");
    case "failed":
      return t("Not reviewed: each names its reason. A new run tries them again.");
    case "skipped":
      return t("Left out of the review: each names its reason.");
  }
}

/** Titles are a main clause, a comma, a consequence; a row has room for the first. */
export function mainClause(title: string): string {
  const comma = title.indexOf(", ");
  return comma > 0 ? title.slice(0, comma) : title;
}

function fileQuantity(count: number): string {
  return tCount(count, "{0} file", "{0} files");
}

function splitPath(reported: string): { folder: string; name: string } {
  const folder = path.posix.dirname(reported);
  return { folder: folder === "." ? "" : oneLine(folder), name: oneLine(path.posix.basename(reported)) };
}
