import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatCount, formatCountdown, formatDuration } from "../../shared/format.ts";
import { timeLeft } from "./timeLeft.ts";
import { displayLanguage, t, tCount } from "../../shared/localize.ts";
import { coverageShares, filesInFlight, sayShares, workOf, workShares } from "../common/coverageShares.ts";
import { Glyph } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { Legend, ShareBar } from "../common/shareBar.tsx";
import { reviewerName } from "../common/words.ts";
import { Alerts } from "./alerts.tsx";
import { type Action, describeRun } from "./describeRun.ts";
import { FileRows } from "./fileRows.tsx";
import type { PanelState } from "./panelState.ts";

const shownInFlight = 3;

/** What is happening? */
export function RunSection({ state }: { readonly state: PanelState }): JSX.Element {
  const { view } = state;
  const description = describeRun(state);
  const isRunning = view?.state === "running";
  return (
    <section class="run" aria-label={t("Run")}>
      <div class="state">
        <Glyph name={description.glyph} {...(description.tone && { tone: description.tone })} />
        <h2>{description.title}</h2>
        {isRunning && (
          <button type="button" class="button secondary small" onClick={() => runCommand("cancel")}>
            {t("Cancel")}
          </button>
        )}
        {!isRunning && view?.startedAt && <span class="muted">{ago(view)}</span>}
      </div>
      {view && !isRunning && <Coverage view={view} />}
      {description.text.map((paragraph) => (
        <p key={paragraph} class={view ? "" : "muted"}>
          {escapeText(paragraph)}
        </p>
      ))}
      {description.actions.map((action, index) => (
        <ActionButton key={action.label} action={action} isFirst={index === 0} />
      ))}
      {view && isRunning && <Progress state={state} view={view} />}
      <Alerts state={state} />
      {view && !isRunning && view.coverage.files > 0 && <p class="muted">{outline(view)}</p>}
      {view && !state.trusted && (
        <p class="muted">{t("Restricted workspace: only the offline engine works until you trust this folder.")}</p>
      )}
      {view?.state === "complete" && state.activity === "none" && (
        <ActionButton action={{ label: t("Analyze Again"), command: "analyzeWorkspace" }} isFirst={false} />
      )}
    </section>
  );
}

function ActionButton({ action, isFirst }: { readonly action: Action; readonly isFirst: boolean }): JSX.Element {
  return (
    <div class="action">
      <button type="button" class={isFirst ? "button" : "button secondary"} onClick={() => runCommand(action.command)}>
        {action.glyph && <Glyph name={action.glyph} />}
        {action.label}
      </button>
      {action.hint && <p class="muted">{action.hint}</p>}
    </div>
  );
}

function Coverage({ view }: { readonly view: RunView }): JSX.Element | null {
  const shares = coverageShares(view);
  if (view.coverage.files === 0) return null;
  return (
    <>
      <ShareBar shares={shares} label={sayShares(shares)} />
      <Legend shares={shares} />
    </>
  );
}

function Progress({ state, view }: { readonly state: PanelState; readonly view: RunView }): JSX.Element | null {
  const { cached, skipped, files } = view.coverage;
  if (files === 0) return <p class="muted">{t("Reading what is in the workspace.")}</p>;
  const shares = workShares(view);
  const work = workOf(view);
  const elapsed = state.now - state.receivedAt;
  const inFlight = filesInFlight(view);
  const shown = view.inFlight.slice(0, shownInFlight);
  return (
    <>
      {work.total > 0 && <ShareBar shares={shares} label={sayShares(shares)} progress={work} />}
      <Legend shares={shares} />
      <p class="muted">
        {[timeLeft(view.remainingMs, elapsed), reviewerName(view.provider, view.model)].filter(Boolean).join(" · ")}
      </p>
      <Waiting state={state} view={view} />
      {cached + skipped > 0 && <p class="muted">{settled(cached, skipped)}</p>}
      <FileRows
        rows={shown.map((file) => ({ path: file.path, figure: formatDuration(state.elapsedOf(file.sinceMs)) }))}
      />
      {inFlight > shown.length && <p class="muted">{t("and {0} more", inFlight - shown.length)}</p>}
    </>
  );
}

function Waiting({ state, view }: { readonly state: PanelState; readonly view: RunView }): JSX.Element | null {
  if (!view.waiting) return null;
  const leftMs = view.waiting.untilMonotonicMs - state.monotonicNow;
  if (leftMs <= 0) return null;
  const left = formatCountdown(leftMs);
  return (
    <p class="alert">
      <Glyph name="clock" tone="warning" />
      <span>
        {view.waiting.reason === "rate-limit"
          ? t("The provider asked to wait: {0} left.", left)
          : t("Waiting before the next try: {0} left.", left)}
      </span>
    </p>
  );
}

/** "371 came from the cache, 3 skipped." */
function settled(cached: number, skipped: number): string {
  if (skipped === 0) return t("{0} came from the cache.", formatCount(cached));
  if (cached === 0) return t("{0} skipped.", formatCount(skipped));
  return t("{0} came from the cache, {1} skipped.", formatCount(cached), formatCount(skipped));
}

function outline(view: RunView): string {
  return [
    tCount(view.coverage.files, "{0} file", "{0} files"),
    formatDuration(view.elapsedMs),
    reviewerName(view.provider, view.model),
  ].join(" · ");
}

function ago(view: RunView): string {
  const minutes = Math.floor((Date.now() - Date.parse(view.startedAt) - view.elapsedMs) / 60_000);
  if (!Number.isFinite(minutes)) return "";
  if (minutes < 1) return t("just now");
  if (minutes < 60) return t("{0} min ago", minutes);
  if (minutes < 24 * 60) return t("{0} h ago", Math.floor(minutes / 60));
  return new Date(view.startedAt).toLocaleDateString(displayLanguage(), { day: "numeric", month: "short" });
}
