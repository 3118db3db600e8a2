import type { JSX } from "preact";
import type { RunSummary } from "../../shared/panelProtocol.ts";
import { formatDuration, formatPercent, formatQuantity, formatUsd } from "../../shared/format.ts";
import type { PanelState } from "./panelState.ts";
import { Section } from "./section.tsx";

const stateWords: Readonly<Record<RunSummary["state"], string | null>> = {
  idle: null,
  running: null,
  complete: null,
  partial: "partial",
  cancelled: "cancelled",
  budget: "budget",
  error: "failed",
  interrupted: "interrupted",
};

/** How did earlier runs go? */
export function HistorySection({ state }: { readonly state: PanelState }): JSX.Element | null {
  const { recent } = state;
  if (recent.length === 0) return null;
  return (
    <Section title="Earlier runs" headline={formatQuantity(recent.length, "run")} isOpen={false}>
      <table class="history">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Spent</th>
            <th scope="col">Cached</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {recent.map((run) => (
            <tr key={run.runId}>
              <th scope="row">
                {startOf(run)}
                {stateWords[run.state] && <span class="muted"> {stateWords[run.state]}</span>}
              </th>
              <td>{run.model === null ? "free" : `${run.costUnknown ? "≥ " : ""}${formatUsd(run.spentUsd)}`}</td>
              <td>{formatPercent(run.cachedShare)}</td>
              <td>{formatDuration(run.durationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function startOf({ startedAt }: RunSummary): string {
  const start = new Date(startedAt);
  const isToday = start.toDateString() === new Date().toDateString();
  const time = start.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return isToday ? time : `${start.toLocaleDateString(undefined, { day: "numeric", month: "short" })} ${time}`;
}
