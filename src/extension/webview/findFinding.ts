import type { Finding } from "../../shared/report.ts";
import type { FindingRef } from "../findingRef.ts";
import type { RunSource } from "./runSource.ts";

/** The newest that is known of a finding: from the run in this window, else from the stored report. */
export function findFinding(
  source: Pick<RunSource, "replay" | "lastReport">,
  { path, id }: FindingRef,
): Finding | undefined {
  const isWanted = (finding: Finding) => finding.id === id && finding.path === path;
  for (const event of source.replay(0).toReversed()) {
    if (event.type === "finding" && isWanted(event.finding)) return event.finding;
    const found = event.type === "file-end" && event.path === path ? event.findings.find(isWanted) : undefined;
    if (found) return found;
  }
  return source.lastReport()?.findings.find(isWanted);
}
