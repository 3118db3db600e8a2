import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { foldCase } from "./foldCase.ts";
import type { FileGroup } from "./reportModel.ts";

interface GroupMatch {
  /** Findings that hold the text, or whose path does. */
  readonly findings: ReadonlySet<ReportFinding> | "all";
  /** Whether the file itself does: its path or its summary. */
  readonly isFile: boolean;
}

/** Looks for one text in files; the answer for a file is kept as long as the file is. */
export interface TextMatcher {
  /** Folded, without blanks around it; empty: everything matches. */
  readonly wanted: string;
  match(group: FileGroup): GroupMatch;
}

/** Folded text of findings: kept over searches, and made when a search first comes to them. */
export interface FoldedText {
  of(finding: ReportFinding): string;
}

export function createFoldedText(): FoldedText {
  const kept = new WeakMap<ReportFinding, string>();
  return {
    of(finding) {
      let text = kept.get(finding);
      if (text === undefined) {
        // No search text holds a line break: none matches over the end of one and the beginning of the next.
        text = foldCase(`${finding.title}\n${finding.detail}\n${finding.rule}`);
        kept.set(finding, text);
      }
      return text;
    },
  };
}

/** @param text as it was typed */
export function createTextMatcher(text: string, folded: FoldedText): TextMatcher {
  const wanted = foldCase(text.trim());
  const kept = new WeakMap<FileGroup, GroupMatch>();
  return {
    wanted,
    match(group) {
      let found = kept.get(group);
      if (!found) kept.set(group, (found = matchGroup(group, wanted, folded)));
      return found;
    },
  };
}

const wholeFile: GroupMatch = { findings: "all", isFile: true };

function matchGroup(group: FileGroup, wanted: string, folded: FoldedText): GroupMatch {
  const inPath = wanted === "" || foldCase(group.path).includes(wanted);
  if (inPath) return wholeFile;
  const findings = group.findings.filter((finding) => folded.of(finding).includes(wanted));
  return {
    findings: new Set(findings),
    isFile: group.summary !== null && foldCase(group.summary).includes(wanted),
  };
}

/** Lets a matcher answer for all files beforehand, one file a step, so that the work can be cut into slices. */
export function* matchAll(groups: readonly FileGroup[], matcher: TextMatcher): Generator<void, TextMatcher> {
  for (const group of groups) {
    matcher.match(group);
    yield;
  }
  return matcher;
}
