import type { JSX } from "preact";
import type { Severity } from "../../shared/report.ts";
import { tCount } from "../../shared/localize.ts";
import { Glyph } from "./glyph.tsx";

export const severities: readonly Severity[] = ["error", "warning", "info"];

/** Large figures, one per severity. */
export function SeverityCounts({ counts }: { readonly counts: Readonly<Record<Severity, number>> }): JSX.Element {
  return (
    <>
      {severities.map((severity) => (
        <span key={severity} class="count">
          <Glyph name={severity} tone={severity} />
          <span aria-hidden="true">{counts[severity]}</span>
          <span class="hidden-text">{severityCount(severity, counts[severity])}</span>
        </span>
      ))}
    </>
  );
}

/** "2 warnings" */
export function severityCount(severity: Severity, count: number): string {
  switch (severity) {
    case "error":
      return tCount(count, "{0} error", "{0} errors");
    case "warning":
      return tCount(count, "{0} warning", "{0} warnings");
    case "info":
      return tCount(count, "{0} info", "{0} infos");
  }
}
