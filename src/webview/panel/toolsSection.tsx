import type { JSX } from "preact";
import { escapeLine } from "../../shared/escapeText.ts";
import { formatCount, formatDuration, formatPercent } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import type { ToolUse } from "../../shared/report.ts";
import { hasFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";
import { Section } from "./section.tsx";

/** What was looked up to know what to ask, and how much of it was known already? */
export function ToolsSection({ state }: { readonly state: PanelState }): JSX.Element | null {
  const tools = state.details?.tools ?? [];
  if (!hasFigures(state.view) || tools.length === 0) return null;
  const calls = tools.reduce((sum, tool) => sum + tool.calls, 0);
  const hits = tools.reduce((sum, tool) => sum + tool.hits, 0);
  const looked = tCount(calls, "{0} look-up", "{0} look-ups");
  const known = t("{0} known already", formatPercent(hits / calls));
  return (
    <Section id="Tools" title={t("Tools")} headline={`${looked}, ${known}`} isOpen={false}>
      <p class="large">
        <b>{looked}</b>
      </p>
      <p class="muted">{known}</p>
      <table class="receipt tools">
        <thead>
          <tr>
            <th scope="col">{t("Tool")}</th>
            <th scope="col">{t("Calls")}</th>
            <th scope="col">{t("Known")}</th>
            <th scope="col">{t("Time")}</th>
          </tr>
        </thead>
        <tbody>
          {tools.map((tool) => (
            <Row key={tool.name} tool={tool} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Row({ tool }: { readonly tool: ToolUse }): JSX.Element {
  const { name, calls, hits, failures, ms } = tool;
  return (
    <tr>
      <th scope="row">
        {toolName(name)}
        {failures > 0 && <span class="muted"> {t("{0} failed", formatCount(failures))}</span>}
      </th>
      <td>{formatCount(calls)}</td>
      <td>{formatCount(hits)}</td>
      <td>{formatDuration(ms)}</td>
    </tr>
  );
}

function toolName(name: string): string {
  switch (name) {
    case "contents":
      return t("File contents");
    case "outline":
      return t("Outlines");
    case "signatures":
      return t("Signatures");
    case "analysis":
      return t("Offline analysis");
    default:
      return escapeLine(name);
  }
}
