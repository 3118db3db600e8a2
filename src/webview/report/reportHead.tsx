import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatCount, formatDuration, formatPercent, formatQuantity, formatUsd } from "../../shared/format.ts";
import { coverageShares, sayShares, workOf } from "../common/coverageShares.ts";
import { Glyph, type GlyphProps } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { SeverityCounts } from "../common/severityCounts.tsx";
import { Legend, ShareBar } from "../common/shareBar.tsx";
import { reviewerName } from "../common/words.ts";

export interface ReportHeadProps {
  readonly view: RunView;
  /** Since the view came; milliseconds. */
  readonly ageMs: number;
}

interface StateWords {
  readonly sign: GlyphProps;
  readonly words: string;
}

const stateWords: Readonly<Record<RunView["state"], StateWords>> = {
  idle: { sign: { name: "pulse" }, words: "Nothing reviewed yet" },
  running: { sign: { name: "sync", tone: "busy" }, words: "Reviewing" },
  complete: { sign: { name: "passed", tone: "good" }, words: "Complete" },
  partial: { sign: { name: "warning", tone: "warning" }, words: "Partial" },
  cancelled: { sign: { name: "stopped" }, words: "Partial: cancelled" },
  budget: { sign: { name: "stopped", tone: "warning" }, words: "Partial: stopped at the budget" },
  error: { sign: { name: "error", tone: "error" }, words: "Partial: stopped by an error" },
  interrupted: { sign: { name: "warning", tone: "warning" }, words: "Partial: interrupted" },
};

/** State, findings, files and cost of the run, in the order in which they are asked for. */
export function ReportHead({ view, ageMs }: ReportHeadProps): JSX.Element {
  const { sign, words } = stateWords[view.state];
  const isRunning = view.state === "running";
  const work = workOf(view);
  const shares = coverageShares(view);
  const name = splitWorkspace(view.workspace);
  const progress = isRunning && work.total > 0 ? ` ${Math.min(work.done + 1, work.total)} of ${work.total}` : "";
  const elapsedMs = view.elapsedMs + (isRunning ? ageMs : 0);
  return (
    <header>
      <h1>{name === "" ? "Review" : `Review of ${escapeText(name)}`}</h1>
      <p class="status">
        <Glyph {...sign} />
        <span>
          {words}
          {progress}
        </span>
        <span class="muted">{[formatDuration(elapsedMs), reviewerName(view.provider, view.model)].join(" · ")}</span>
        {isRunning && (
          <button type="button" class="link" onClick={() => runCommand("cancel")}>
            Cancel
          </button>
        )}
        <button type="button" class="link" onClick={() => runCommand("showPerformance")}>
          Show Performance
        </button>
      </p>
      {view.error && <p class="failure">{escapeText(view.error.message)}</p>}
      <dl class="figures">
        <div>
          <dt>Findings</dt>
          <dd class="counts">
            <SeverityCounts counts={view.findings} />
          </dd>
        </div>
        <div class="wide">
          <dt>Files</dt>
          <dd>
            <ShareBar shares={shares} label={sayShares(shares)} progress={isRunning ? work : undefined} />
            <Legend shares={shares} />
          </dd>
        </div>
        <div>
          <dt>Cost</dt>
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
        <b>Free</b>
        <span class="muted below">Nothing left this machine.</span>
      </dd>
    );
  }
  const spent = view.costUnknown && view.spentUsd === 0 ? "unknown" : formatUsd(view.spentUsd);
  const wall = view.budgetUsd === null ? [] : [`budget ${formatUsd(view.budgetUsd)}`];
  const quote = view.quote ? [`quoted ${formatUsd(view.quote.likelyUsd)}`] : [];
  return (
    <dd>
      <span class="amounts">
        <span>
          {view.costUnknown && view.spentUsd > 0 && "at least "}
          <b>{spent}</b> spent
        </span>
        {view.savedUsd > 0 && (
          <span>
            <b>{formatUsd(view.savedUsd)}</b> saved
          </span>
        )}
      </span>
      <span class="muted below">{[`${formatPercent(view.cachedShare)} cached`, ...quote, ...wall].join(", ")}</span>
    </dd>
  );
}

/** What a run's totals were, in one line at the end. */
export function ReportFoot({ view }: { readonly view: RunView }): JSX.Element | null {
  const { requests, tokens } = view;
  if (requests.started === 0) return null;
  const parts = [
    formatQuantity(requests.started, "request"),
    `${formatCount(tokens.input)} tokens in`,
    ...(tokens.input > 0
      ? [`${formatPercent(tokens.cachedInput / tokens.input)} of them from the provider's cache`]
      : []),
    `${formatCount(tokens.output)} out`,
  ];
  return <p class="muted foot">{parts.join(" · ")}</p>;
}

/** The last part of a folder's path or name. */
function splitWorkspace(workspace: string): string {
  return workspace.split(/[/\\]/).findLast((part) => part !== "") ?? "";
}
