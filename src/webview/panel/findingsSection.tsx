import type { JSX } from "preact";
import type { FileCounts } from "../../shared/panelProtocol.ts";
import { t, tCount } from "../../shared/localize.ts";
import { Glyph } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { severities, severityCount, SeverityCounts } from "../common/severityCounts.tsx";
import { FileRows } from "./fileRows.tsx";
import { hasFigures, withoutFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";
import { EmptySection, Section } from "./section.tsx";

/** What did it find? */
export function FindingsSection({ state }: { readonly state: PanelState }): JSX.Element {
  const { view, details } = state;
  if (!hasFigures(view)) return <EmptySection title={t("Findings")} headline={withoutFigures(view, t("none yet"))} />;
  const { error, warning, info } = view.findings;
  const total = error + warning + info;
  const isRunning = view.state === "running";
  const { pending, failed } = view.coverage;
  const unread = pending + failed;
  return (
    <Section
      id="Findings"
      title={t("Findings")}
      headline={isRunning ? t("{0} so far", total) : tCount(total, "{0} finding", "{0} findings")}
      isOpen
    >
      <p class="large">
        <SeverityCounts counts={view.findings} />
        {isRunning && <span class="aside">{t("so far")}</span>}
      </p>
      {!isRunning && unread > 0 && (
        <p class="muted">
          {tCount(unread, "{0} unreviewed file may hold more.", "{0} unreviewed files may hold more.")}
        </p>
      )}
      <FileRows rows={(details?.hotFiles ?? []).slice(0, 3).map(hotRow)} />
      <p class="links">
        <button type="button" class="link" onClick={() => runCommand("showReport")}>
          {view.state === "running" || unread === 0 ? t("Open Report") : t("Open Partial Report")}
        </button>
      </p>
    </Section>
  );
}

function hotRow(file: FileCounts) {
  const present = severities.filter((severity) => file[severity] > 0);
  return {
    path: file.path,
    figureLabel: present.map((severity) => severityCount(severity, file[severity])).join(", "),
    figure: present.map((severity) => (
      <span key={severity} class="tally">
        <Glyph name={severity} tone={severity} />
        {file[severity]}
      </span>
    )),
  };
}
