import type { JSX } from "preact";
import type { Severity } from "../../shared/report.ts";
import { formatQuantity } from "../../shared/format.ts";
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
          <span class="hidden-text">{formatQuantity(counts[severity], severity)}</span>
        </span>
      ))}
    </>
  );
}
