import type { JSX } from "preact";
import type { RunSummary } from "../../shared/panelProtocol.ts";
import { formatDuration, formatPercent, formatUsd } from "../../shared/format.ts";

/** Runs before the one above, newest first. */
export function EarlierRuns({ recent }: { readonly recent: readonly RunSummary[] }): JSX.Element | null {
  if (recent.length === 0) return null;
  return (
    <section class="earlier">
      <h2>Earlier runs</h2>
      <ul>
        {recent.map((run) => (
          <li key={run.runId}>
            {new Date(run.startedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}
            <span class="muted">{` · ${line(run)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function line(run: RunSummary): string {
  const cost = run.model === null ? "free" : `${run.costUnknown ? "at least " : ""}${formatUsd(run.spentUsd)}`;
  return [run.state, cost, `${formatPercent(run.cachedShare)} cached`, formatDuration(run.durationMs)].join(" · ");
}
