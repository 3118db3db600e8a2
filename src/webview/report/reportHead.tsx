import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatCount, formatDuration, formatPercent, formatUsd } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { coverageShares, sayShares, workOf } from "../common/coverageShares.ts";
import { Glyph, type GlyphProps } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { Phrase } from "../common/phrase.tsx";
import { SeverityCounts } from "../common/severityCounts.tsx";
import { Legend, ShareBar } from "../common/shareBar.tsx";
import { reviewerName } from "../common/words.ts";
import { runStateWords } from "./runStateWords.ts";

export interface ReportHeadProps {
  readonly view: RunView;
  /** Since the view came; milliseconds. */
  readonly ageMs: number;
}

const signs: Readonly<Record<RunView["state"], GlyphProps>> = {
  idle: { name: "pulse" },
  running: { name: "sync", tone: "busy" },
  complete: { name: "passed", tone: "good" },
  partial: { name: "warning", tone: "warning" },
  cancelled: { name: "stopped" },
  budget: { name: "stopped", tone: "warning" },
  error: { name: "error", tone: "error" },
  interrupted: { name: "warning", tone: "warning" },
};

/** State, findings, files and cost of the run, in the order in which they are asked for. */
export function ReportHead({ view, ageMs }: ReportHeadProps): JSX.Element {
  const isRunning = view.state === "running";
  const work = workOf(view);
  const shares = coverageShares(view);
  const name = splitWorkspace(view.workspace);
  const state =
    isRunning && work.total > 0
      ? t("Reviewing {0} of {1}", Math.min(work.done + 1, work.total), work.total)
      : runStateWords(view.state);
  const elapsedMs = view.elapsedMs + (isRunning ? ageMs : 0);
  return (
    <header>
      <h1>{name === "" ? t("Review") : t("Review of {0}", escapeText(name))}</h1>
      <p class="status">
        <Glyph {...signs[view.state]} />
        <span>{state}</span>
        <span class="muted">{[formatDuration(elapsedMs), reviewerName(view.provider, view.model)].join(" · ")}</span>
        {isRunning && (
          <button type="button" class="link" onClick={() => runCommand("cancel")}>
            {t("Cancel")}
          </button>
        )}
        <button type="button" class="link" onClick={() => runCommand("showPerformance")}>
          {t("Show Performance")}
        </button>
        {!isRunning && (
          <button type="button" class="link" onClick={() => runCommand("exportReport")}>
            {t("Export…")}
          </button>
        )}
      </p>
      {view.error && <p class="failure">{escapeText(view.error.message)}</p>}
      <dl class="figures">
        <div>
          <dt>{t("Findings")}</dt>
          <dd class="counts">
            <SeverityCounts counts={view.findings} />
          </dd>
        </div>
        <div class="wide">
          <dt>{t("Files")}</dt>
          <dd>
            <ShareBar shares={shares} label={sayShares(shares)} progress={isRunning ? work : undefined} />
            <Legend shares={shares} />
          </dd>
        </div>
        <div>
          <dt>{t("Cost")}</dt>
          <Cost view={view} />
        </div>
      </dl>
    </header>
  );
}

function Cost({ view }: { readonly view: RunView }): JSX.Element {
  if (view.provider === "offline") {
    return (
      <dd>
        <b>{t("Free")}</b>
        <span class="muted below">{t("Nothing left this machine.")}</span>
      </dd>
    );
  }
  const isLowerBound = view.costUnknown && view.spentUsd > 0;
  const spent = view.costUnknown && view.spentUsd === 0 ? t("unknown") : formatUsd(view.spentUsd);
  const below = [
    t("{0} cached", formatPercent(view.cachedShare)),
    ...(view.quote ? [t("quoted {0}", formatUsd(view.quote.likelyUsd))] : []),
    ...(view.budgetUsd === null ? [] : [t("budget {0}", formatUsd(view.budgetUsd))]),
  ];
  return (
    <dd>
      <span class="amounts">
        <span>
          <Phrase text={isLowerBound ? t("at least {0} spent") : t("{0} spent")} value={<b>{spent}</b>} />
        </span>
        {view.savedUsd > 0 && (
          <span>
            <Phrase text={t("{0} saved")} value={<b>{formatUsd(view.savedUsd)}</b>} />
          </span>
        )}
      </span>
      <span class="muted below">{below.join(", ")}</span>
    </dd>
  );
}

/** What a run's totals were, in one line at the end. */
export function ReportFoot({ view }: { readonly view: RunView }): JSX.Element | null {
  const { requests, tokens } = view;
  if (requests.started === 0) return null;
  const fromCache = tokens.input > 0 ? tokens.cachedInput / tokens.input : 0;
  const parts = [
    tCount(requests.started, "{0} request", "{0} requests"),
    t("{0} tokens in", formatCount(tokens.input)),
    ...(tokens.input > 0 ? [t("{0} of them from the provider's cache", formatPercent(fromCache))] : []),
    t("{0} out", formatCount(tokens.output)),
  ];
  return <p class="muted foot">{parts.join(" · ")}</p>;
}

/** The last part of a folder's path or name. */
function splitWorkspace(workspace: string): string {
  return workspace.split(/[/\\]/).findLast((part) => part !== "") ?? "";
}
