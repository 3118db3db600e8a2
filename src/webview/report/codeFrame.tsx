import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { t, tCount } from "../../shared/localize.ts";
import { frameLines } from "./frameLines.ts";

/** The code that a finding is about, with the file's own line numbers. */
export function CodeFrame({ finding }: { readonly finding: ReportFinding }): JSX.Element | null {
  if (finding.quote.trim() === "") return null;
  const lines = frameLines(finding);
  return (
    // A frame that scrolls must be reachable by keyboard.
    <pre
      class={`frame ${finding.severity}`}
      tabIndex={0}
      role="group"
      aria-label={t("Code, line {0}", finding.startLine)}
    >
      {lines.map((line) => (
        <div key={line.number} class="line">
          <span class="number">{line.number}</span>
          <code>{escapeText(line.text)}</code>
        </div>
      ))}
      {finding.quoteLinesLeftOut > 0 && (
        <div class="line">
          <span class="number" />
          <span class="muted">{tCount(finding.quoteLinesLeftOut, "and {0} more line", "and {0} more lines")}</span>
        </div>
      )}
    </pre>
  );
}
