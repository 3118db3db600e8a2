import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatDuration } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import type { HostFigures } from "../../shared/memoryFigures.ts";
import { Facts } from "./facts.tsx";
import { FileList } from "./fileList.tsx";
import { hasFigures, withoutFigures } from "./hasFigures.ts";
import { ReplyTimes } from "./replyTimes.tsx";
import type { PanelState } from "./panelState.ts";
import { EmptySection, Section } from "./section.tsx";

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
      <ReplyTimes
        view={view}
        histogram={state.details?.replyTimes ?? null}
        tokensPerSecond={state.details?.outputTokensPerSecond ?? null}
      />
      <Host host={state.memory?.host} />
      {view.slowest.length > 0 && (
        <FileList table={state.files} orders={view.provider === "offline" ? ["slowest"] : ["slowest", "dearest"]} />
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

/** Did the editor stand still meanwhile? Its process runs all extensions. */
function Host({ host }: { readonly host: HostFigures | undefined }): JSX.Element | null {
  if (!host) return null;
  const { activationMs, loopDelayMs } = host;
  return (
    <>
      <h3>{t("Extension host")}</h3>
      <Facts
        facts={[
          { name: t("Activation"), value: formatDuration(activationMs) },
          loopDelayMs && { name: t("Event loop late, p99"), value: formatDuration(loopDelayMs.p99) },
          loopDelayMs && { name: t("Event loop late, longest"), value: formatDuration(loopDelayMs.max) },
        ]}
      />
    </>
  );
}

function setWidth(element: HTMLElement | null, share: number) {
  if (element) element.style.width = `${share * 100}%`;
}
