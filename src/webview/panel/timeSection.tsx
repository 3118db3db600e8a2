import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatDuration } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { type Fact, Facts } from "./facts.tsx";
import { FileRows } from "./fileRows.tsx";
import { hasFigures, withoutFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";
import { EmptySection, Section } from "./section.tsx";

/** With fewer samples a tail percentile says nothing. */
const samplesForTail = 20;

function phaseName(name: string): string {
  switch (name) {
    case "snapshot":
      return t("Looking at files");
    case "outline":
      return t("Reading signatures");
    case "plan":
      return t("Planning");
    case "offline":
      return t("Offline analysis");
    case "review":
      return t("Review");
    case "report":
      return t("Report");
    default:
      return escapeText(name);
  }
}

/** Where does the time go? */
export function TimeSection({ state }: { readonly state: PanelState }): JSX.Element {
  const { view } = state;
  if (!hasFigures(view)) return <EmptySection title={t("Time")} headline={withoutFigures(view, t("no run yet"))} />;
  const elapsedMs = view.elapsedMs + (view.state === "running" ? Math.max(0, state.now - state.receivedAt) : 0);
  return (
    <Section id="Time" title={t("Time")} headline={formatDuration(elapsedMs)} isOpen={false}>
      <p class="large">
        <b>{formatDuration(elapsedMs)}</b>
      </p>
      <Phases view={view} wholeMs={elapsedMs} />
      {view.latencyMs.count > 0 && (
        <>
          <h3>{tCount(view.latencyMs.count, "Time per request, {0} reply", "Time per request, {0} replies")}</h3>
          <Facts facts={[...sampleFacts(view.latencyMs), ...firstToken(view)]} />
        </>
      )}
      {view.slowest.length > 0 && (
        <>
          <h3>{t("Slowest files")}</h3>
          <FileRows
            rows={view.slowest.slice(0, 5).map((file) => ({ path: file.path, figure: formatDuration(file.ms) }))}
          />
        </>
      )}
    </Section>
  );
}

/** What each phase took of the whole. */
function Phases({ view, wholeMs }: { readonly view: RunView; readonly wholeMs: number }): JSX.Element | null {
  const phases = view.phases.filter((phase) => phase.ms > 0);
  if (phases.length === 0) return null;
  return (
    <table class="phases">
      <tbody>
        {phases.map((phase) => (
          <tr key={phase.name}>
            <th scope="row">{phaseName(phase.name)}</th>
            <td class="lane" aria-hidden="true">
              <i class="fill-paid" ref={(element) => setWidth(element, Math.min(1, phase.ms / Math.max(1, wholeMs)))} />
            </td>
            <td>{formatDuration(phase.ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sampleFacts({ count, p50, p95, max }: RunView["latencyMs"]): readonly Fact[] {
  const median = { name: t("Median"), value: formatDuration(p50) };
  if (count < samplesForTail) return [median];
  return [median, { name: "p95", value: formatDuration(p95) }, { name: t("Longest"), value: formatDuration(max) }];
}

function firstToken({ firstTokenMs }: RunView): readonly Fact[] {
  return firstTokenMs.count === 0 ? [] : [{ name: t("First token, median"), value: formatDuration(firstTokenMs.p50) }];
}

function setWidth(element: HTMLElement | null, share: number) {
  if (element) element.style.width = `${share * 100}%`;
}
