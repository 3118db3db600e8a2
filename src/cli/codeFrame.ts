/** The code a finding is about, with its neighbours, line numbers and an underline. */
import type { Finding } from "../shared/report.ts";
import { renderCodeLine } from "./codeLine.ts";
import type { Palette } from "./palette.ts";
import { createSecretMask, type MaskLine } from "../core/export/secretMask.ts";

/** Of longer ranges the first line is shown. */
const MOST_QUOTED_LINES = 3;
const MOST_LINE_LENGTH = 20_000;

interface FrameOptions {
  readonly width: number;
  readonly palette: Palette;
}

/** @param lines of the file as it is now; undefined: gone. @param inFile all findings of that file */
export function renderCodeFrame(
  reported: Finding,
  lines: readonly string[] | undefined,
  inFile: readonly Finding[],
  options: FrameOptions,
): string[] {
  // A file that changed since the review: what was reviewed is shown, not what stands there now.
  const current = lines && isUnchanged(reported, lines) ? lines : undefined;
  const finding = current ? reported : asQuoted(reported);
  const quotedLines = finding.quote.split("\n");
  const mask = createSecretMask(inFile, current);
  const textAt = current
    ? (line: number) => current[line - 1]
    : (line: number) => quotedLines[line - finding.startLine];
  const quoted = finding.endLine - finding.startLine + 1;
  const shown = quoted <= MOST_QUOTED_LINES ? quoted : 1;
  const lastShown = finding.startLine + shown - 1;
  const numberWidth = String(finding.endLine + 1).length;
  const codeWidth = Math.max(16, options.width - numberWidth - 3);
  const frame = { ...options, finding, mask, numberWidth, codeWidth };

  const rows: string[] = [];
  const add = (line: number) => {
    const text = textAt(line);
    if (text !== undefined) rows.push(...frameRows(frame, line, text));
  };
  for (let line = finding.startLine - 1; line <= lastShown; line++) add(line);
  if (shown < quoted) {
    const rest = `${"⋮".padStart(numberWidth)} │ ${quoted - shown} more lines, to line ${finding.endLine}`;
    rows.push(options.palette.dim(rest));
  } else {
    // What follows the last line break of a file is not a line to look at.
    const isEnd = current?.length === lastShown + 1 && current.at(-1) === "";
    if (!isEnd) add(lastShown + 1);
  }
  if (!current) rows.push(options.palette.dim("The file has changed since; this is what was reviewed."));
  return rows;
}

interface Frame extends FrameOptions {
  readonly finding: Finding;
  readonly mask: MaskLine;
  readonly numberWidth: number;
  readonly codeWidth: number;
}

function frameRows(frame: Frame, line: number, fileText: string): string[] {
  const { finding, palette } = frame;
  const text = frame.mask(fileText.replace(/\r$/, ""), line).slice(0, MOST_LINE_LENGTH);
  const span = spanOn(finding, line, text);
  const code = renderCodeLine(text, span, frame.codeWidth);
  const gutter = (label: string) => palette.dim(`${label.padStart(frame.numberWidth)} │`);
  const row = `${gutter(String(line))} ${span ? code.text : palette.dim(code.text)}`.trimEnd();
  if (!span) return [row];
  const underline = " ".repeat(code.mark.column) + palette[finding.severity]("^".repeat(code.mark.width));
  return [row, `${gutter("")} ${underline}`];
}

/** The part of the finding on this line, without the white space at its ends; undefined: none. */
function spanOn(finding: Finding, line: number, text: string): { start: number; end: number } | undefined {
  if (line < finding.startLine || line > finding.endLine) return undefined;
  const start = line === finding.startLine ? finding.startColumn - 1 : 0;
  const end = line === finding.endLine ? finding.endColumn - 1 : text.length;
  const part = text.slice(start, end);
  if (part.trim() === "")
    return line === finding.startLine && finding.startLine === finding.endLine ? { start, end } : undefined;
  return { start: start + part.length - part.trimStart().length, end: start + part.trimEnd().length };
}

function isUnchanged(finding: Finding, lines: readonly string[]): boolean {
  const text = lines.slice(finding.startLine - 1, finding.endLine).join("\n");
  const lastLine = lines[finding.endLine - 1];
  if (lastLine === undefined) return false;
  const end = text.length - lastLine.length + finding.endColumn - 1;
  return text.slice(finding.startColumn - 1, end) === finding.quote;
}

/** Without its file a quote begins in the first column. */
function asQuoted(finding: Finding): Finding {
  const shift = finding.startColumn - 1;
  const endColumn = finding.endLine === finding.startLine ? finding.endColumn - shift : finding.endColumn;
  return { ...finding, startColumn: 1, endColumn };
}
