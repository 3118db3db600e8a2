import type { JSX } from "preact";
import type { RunSummary } from "../../shared/panelProtocol.ts";
import { displayLanguage, t } from "../../shared/localize.ts";
import { runStateWords } from "./runStateWords.ts";
import { formatDuration, formatPercent, formatUsd } from "../../shared/format.ts";

/** Runs before the one above, newest first. */
export function EarlierRuns({ recent }: { readonly recent: readonly RunSummary[] }): JSX.Element | null {
  if (recent.length === 0) return null;
  return (
    <section class="earlier">
      <h2>{t("Earlier runs")}</h2>
      <ul>
        {recent.map((run) => (
          <li key={run.runId}>
            {new Date(run.startedAt).toLocaleString(displayLanguage(), { dateStyle: "medium", timeStyle: "short" })}
            <span class="muted">{` · ${line(run)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function line(run: RunSummary): string {
  const spent = run.costUnknown ? t("at least {0}", formatUsd(run.spentUsd)) : formatUsd(run.spentUsd);
  const cost = run.model === null ? t("free") : spent;
  const cached = t("{0} cached", formatPercent(run.cachedShare));
  return [runStateWords(run.state), cost, cached, formatDuration(run.durationMs)].join(" · ");
}
