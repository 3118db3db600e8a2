/** Findings as a Markdown list, to paste into an issue or a chat. Pure. */
import { escapeText } from "../shared/escapeText.ts";
import type { Finding } from "../shared/report.ts";
import { oneLine } from "./oneLine.ts";
import { severityWord } from "./severityWord.ts";

export function findingsAsMarkdown(findings: readonly Finding[]): string {
  return findings.map(toItem).join("\n");
}

function toItem(finding: Finding): string {
  const detail = escapeText(finding.detail)
    .trim()
    .split("\n")
    .map((line) => plain(line.trim()));
  const place = plain(`${oneLine(finding.path, 1_000)}:${finding.startLine}`);
  const head = `- **${severityWord(finding.severity)}** ${place}: ${plain(oneLine(finding.title, 1_000))}`;
  return [head, ...detail.filter(Boolean).map((line) => `  ${line}`)].join("\n");
}

/** What the workspace or a model wrote stays text: no link, picture, heading or mark-up comes of it. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#+!|~@&-]/g, "\\$&");
}
