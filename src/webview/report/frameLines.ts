import type { ReportFinding } from "../../shared/panelProtocol.ts";

export interface FrameLine {
  /** Line of the file, 1-based. */
  readonly number: number;
  readonly text: string;
}

/** The quote line by line, without the indentation that all of it shares. */
export function frameLines(finding: Pick<ReportFinding, "quote" | "startLine" | "startColumn">): readonly FrameLine[] {
  const lines = finding.quote.split(/\r\n|\r|\n/);
  // The quote begins in the middle of its first line; what stands before it takes the same room as blanks.
  const others = lines.slice(1).filter((line) => line.trim() !== "");
  const before = others.some((line) => line.startsWith("\t")) ? "" : " ".repeat(finding.startColumn - 1);
  const texts = lines.map((line, index) => (index === 0 ? before + line : line));
  const shared = Math.min(...texts.filter((line) => line.trim() !== "").map(indentation));
  return texts.map((text, index) => ({
    number: finding.startLine + index,
    text: text.slice(Math.min(indentation(text), Number.isFinite(shared) ? shared : 0)),
  }));
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
