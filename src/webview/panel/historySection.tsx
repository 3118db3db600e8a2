import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RunSummary } from "../../shared/panelProtocol.ts";
import { formatDuration, formatPercent } from "../../shared/format.ts";
import { displayLanguage, t, tCount } from "../../shared/localize.ts";
import { CompareRuns, spentWords } from "./compareRuns.tsx";
import { knownRuns } from "./knownRuns.ts";
import { toggled } from "./toggled.ts";
import type { PanelState } from "./panelState.ts";
import { Section } from "./section.tsx";

function stateWord(state: RunSummary["state"]): string | null {
  switch (state) {
    case "idle":
    case "running":
    case "complete":
      return null;
    case "partial":
      return t("partial");
    case "cancelled":
      return t("cancelled");
    case "budget":
      return t("budget");
    case "error":
      return t("failed");
    case "interrupted":
      return t("interrupted");
  }
}

/** How did earlier runs go? */
export function HistorySection({ state }: { readonly state: PanelState }): JSX.Element | null {
  const { recent } = state;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (recent.length === 0) return null;
  return (
    <Section
      id="Earlier runs"
      title={t("Earlier runs")}
      headline={tCount(recent.length, "{0} run", "{0} runs")}
      isOpen={false}
    >
      <Runs state={state} chosen={chosen} choose={setChosen} />
    </Section>
  );
}

interface RunsProps {
  readonly state: PanelState;
  readonly chosen: readonly string[];
  readonly choose: (chosen: readonly string[]) => void;
}

/** A component of its own: while the section is closed its many dates are not written. */
function Runs({ state, chosen, choose }: RunsProps): JSX.Element {
  const runs = knownRuns(state);
  const pair = runs.filter(({ runId }) => chosen.includes(runId));
  return (
    <>
      <table class="history">
        <thead>
          <tr>
            <th scope="col">{t("Started")}</th>
            <th scope="col">{t("Spent")}</th>
            <th scope="col">{t("Cached")}</th>
            <th scope="col">{t("Time")}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId}>
              <th scope="row">
                <label class="choice">
                  <input
                    type="checkbox"
                    checked={chosen.includes(run.runId)}
                    onChange={() => choose(toggled(chosen, run.runId))}
                  />
                  <span>
                    {startOf(run)} {stateWord(run.state) && <span class="muted">{stateWord(run.state)}</span>}
                  </span>
                </label>
              </th>
              <td>{spentWords(run)}</td>
              <td>{formatPercent(run.cachedShare)}</td>
              <td>{formatDuration(run.durationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {runs.length > 1 && pair.length < 2 && <p class="muted">{t("Choose two to compare them.")}</p>}
      {pair.length === 2 && <CompareRuns before={pair[1]!} after={pair[0]!} />}
    </>
  );
}

function startOf({ startedAt }: RunSummary): string {
  const start = new Date(startedAt);
  const isToday = start.toDateString() === new Date().toDateString();
  const time = start.toLocaleTimeString(displayLanguage(), { hour: "2-digit", minute: "2-digit" });
  return isToday ? time : `${start.toLocaleDateString(displayLanguage(), { day: "numeric", month: "short" })} ${time}`;
}
