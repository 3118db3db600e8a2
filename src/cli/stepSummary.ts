/** The summary page of a GitHub job: Markdown that each step adds to. */
import fs from "node:fs";
import { escapeLine } from "../shared/escapeText.ts";

/** GitHub refuses a step's summary above 1 MiB as a whole. */
const MOST_BYTES = 1_000_000;

/** Returns what kept it from being written, in one sentence; null: it is there. */
export function addStepSummary(file: string, markdown: string): string | null {
  try {
    fs.appendFileSync(file, `${cutAtLine(markdown)}\n`);
    return null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    return `The job's summary could not be written to ${escapeLine(file)} (${code}).`;
  }
}

/** A cut summary says so: what is missing must not look like nothing. */
function cutAtLine(markdown: string): string {
  if (Buffer.byteLength(markdown) <= MOST_BYTES) return markdown;
  const cut = Buffer.from(markdown).subarray(0, MOST_BYTES).toString("utf8");
  // Before a finding's heading rather than in the middle of its code, which would swallow the remark.
  const heading = cut.lastIndexOf("\n### ");
  return `${cut.slice(0, heading > 0 ? heading : cut.lastIndexOf("\n"))}\n\n**Cut here: GitHub shows 1 MiB.** \`--format markdown\` writes all of it.\n`;
}
