import type { JSX } from "preact";
import { isOver, leftToday } from "../../shared/dailyBudget.ts";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatCount, formatPercent, formatTokens, formatUsd } from "../../shared/format.ts";
import { displayLanguage, t, tCount } from "../../shared/localize.ts";
import type { RunCaches } from "../../shared/panelFigures.ts";
import type { Quote } from "../../shared/report.ts";
import { Phrase } from "../common/phrase.tsx";
import { runCommand } from "../common/host.ts";
import { type Share, ShareBar } from "../common/shareBar.tsx";
import { BudgetBar } from "./budgetBar.tsx";
import { CacheCourse } from "./cacheCourse.tsx";
import { causeName } from "./causeName.ts";
import { Facts } from "./facts.tsx";
import { FileRows } from "./fileRows.tsx";
import { hasFigures, withoutFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";
import { EmptySection, Section } from "./section.tsx";

/** What was spent, what was saved? */
export function CostSection({ state }: { readonly state: PanelState }): JSX.Element {
  const { view } = state;
  if (!hasFigures(view)) return <EmptySection title={t("Cost")} headline={withoutFigures(view, t("nothing spent"))} />;
  if (view.provider === "offline") return <FreeCost />;
  return (
    <Section id="Cost" title={t("Cost")} headline={headline(view)} isOpen>
      <p class="large spread">
        <span>
          {isUnknown(view) ? <b>{t("Cost unknown")}</b> : <Phrase text={t("{0} spent")} value={<b>{spent(view)}</b>} />}
        </span>
        {view.savedUsd > 0 && (
          <span>
            <Phrase text={t("{0} saved")} value={<b>{formatUsd(view.savedUsd)}</b>} />
          </span>
        )}
      </p>
      <Receipt view={view} />
      {view.budgetUsd !== null && <BudgetBar view={view} budgetUsd={view.budgetUsd} />}
      <Facts
        facts={[
          { name: t("Cached files"), value: formatPercent(view.cachedShare) },
          view.tokens.input > 0 ? { name: t("Input tokens"), value: formatTokens(view.tokens.input) } : null,
          view.tokens.cachedInput > 0
            ? { name: t("Of them cached"), value: formatPercent(view.tokens.cachedInput / view.tokens.input) }
            : null,
          view.tokens.output > 0 ? { name: t("Output tokens"), value: formatTokens(view.tokens.output) } : null,
          view.quote && view.state !== "running" && !view.costUnknown
            ? { name: t("Quoted"), value: quoteWords(view.quote, view.spentUsd) }
            : null,
          view.daily && !isOver(view.daily, Date.now())
            ? {
                name: t("Left today"),
                value: t("{0} of {1}", formatUsd(leftToday(view.daily)), formatUsd(view.daily.limitUsd)),
              }
            : null,
          view.maybeBilledUsd > 0
            ? { name: t("Perhaps billed too"), value: t("at most {0}", formatUsd(view.maybeBilledUsd, "row")) }
            : null,
        ]}
      />
      <Causes state={state} />
      <Caches state={state} />
      <CacheCourse state={state} />
      <Costliest state={state} />
      <SoFar state={state} />
    </Section>
  );
}

function quoteWords({ likelyUsd, atMostUsd }: Quote, spentUsd: number): string {
  const quoted = t("{0}, at most {1}", formatUsd(likelyUsd, "row"), formatUsd(atMostUsd, "row"));
  if (likelyUsd <= 0 || spentUsd <= 0) return quoted;
  return t("{0}; it was {1} of that", quoted, formatPercent(spentUsd / likelyUsd));
}

/** Why files were paid for. */
function Causes({ state }: { readonly state: PanelState }): JSX.Element | null {
  const { causes = [], strong = null } = state.details ?? {};
  if (causes.length === 0 || !state.view) return null;
  return (
    <>
      <h3>{t("Why {0} was paid", spent(state.view))}</h3>
      <table class="receipt">
        <tbody>
          {causes.map(({ reason, files, costUsd }) => (
            <tr key={reason}>
              <th scope="row">{causeName(reason)}</th>
              <td class="why">{tCount(files, "{0} file", "{0} files")}</td>
              <td>{formatUsd(costUsd, "row")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {strong && (
        <p class="muted">
          {t(
            "{0} of it for complex or security-sensitive files ({1}), by {2}.",
            formatUsd(strong.costUsd, "row"),
            formatCount(strong.files),
            escapeText(strong.model),
          )}
        </p>
      )}
    </>
  );
}

/** Is the cache working? Parts of files by where their answer came from, then the provider's own cache. */
function Caches({ state }: { readonly state: PanelState }): JSX.Element | null {
  const caches = state.details?.caches;
  if (!caches || caches.misses + hitsOf(caches) === 0) return null;
  const { hits, misses, hitRate, savedBy, promptCache } = caches;
  const { inputTokens, cachedInputTokens, savedUsd } = promptCache;
  return (
    <>
      <div class="pair apart">
        <h3>{t("Cache")}</h3>
        <span>{t("{0} hits", formatPercent(hitRate))}</span>
      </div>
      <Facts
        facts={[
          hits.memory > 0 ? { name: t("From memory"), value: hitsWorth(hits.memory, savedBy?.memory) } : null,
          hits.disk > 0 ? { name: t("From disk"), value: hitsWorth(hits.disk, savedBy?.disk) } : null,
          hits.team > 0 ? { name: t("From the team's cache"), value: hitsWorth(hits.team, savedBy?.team) } : null,
          hits.inFlight > 0
            ? { name: t("From a request under way"), value: hitsWorth(hits.inFlight, savedBy?.inFlight) }
            : null,
          hits.semantic > 0
            ? { name: t("From a similar file"), value: hitsWorth(hits.semantic, savedBy?.semantic) }
            : null,
          { name: t("Asked"), value: formatCount(misses) },
          inputTokens > 0
            ? {
                name: t("Provider's cache"),
                value: t("{0} of input", formatPercent(cachedInputTokens / inputTokens)),
              }
            : null,
          savedUsd !== null && savedUsd > 0
            ? { name: t("Provider's discount"), value: formatUsd(savedUsd, "row") }
            : null,
        ]}
      />
    </>
  );
}

/** How many, and what they would have cost. */
function hitsWorth(hits: number, usd: number | undefined): string {
  return usd !== undefined && usd > 0 ? `${formatCount(hits)} · ${formatUsd(usd, "row")}` : formatCount(hits);
}

function hitsOf({ hits }: RunCaches): number {
  return hits.memory + hits.disk + hits.team + hits.inFlight + hits.semantic;
}

/** From the ledger: other windows and the terminal count too. */
function SoFar({ state }: { readonly state: PanelState }): JSX.Element | null {
  const { spending } = state;
  if (!spending || spending.workspace.since === null) return null;
  const { today, workspace, unknown } = spending;
  const least = (usd: number) => (unknown ? t("at least {0}", formatUsd(usd)) : formatUsd(usd));
  const since = new Date(spending.workspace.since).toLocaleDateString(displayLanguage(), {
    day: "numeric",
    month: "short",
  });
  return (
    <>
      <h3>{t("So far")}</h3>
      <Facts
        facts={[
          isOver(today, Date.now())
            ? null
            : { name: t("Today"), value: `${tCount(today.runs, "{0} run", "{0} runs")} · ${least(today.usd)}` },
          { name: t("This workspace"), value: `${t("since {0}", since)} · ${least(workspace.usd)}` },
        ]}
      />
    </>
  );
}

function FreeCost(): JSX.Element {
  return (
    <Section id="Cost" title={t("Cost")} headline={t("free")} isOpen>
      <p class="large">
        <b>{t("Free")}</b>
      </p>
      <p class="muted">{t("Offline engine: nothing left this machine. A model finds wrong logic too.")}</p>
      <p class="links">
        <button type="button" class="link" onClick={() => runCommand("chooseModel")}>
          {t("Choose Model…")}
        </button>
      </p>
    </Section>
  );
}

/** Paid and saved add up to what all of it costs at list price. */
function Receipt({ view }: { readonly view: RunView }): JSX.Element | null {
  const { spentUsd, savedUsd, coverage } = view;
  if (spentUsd + savedUsd <= 0) return null;
  const shares: readonly Share[] = [
    { fill: "paid", amount: spentUsd, label: t("paid") },
    { fill: "saved", amount: savedUsd, label: t("saved") },
  ];
  // The rows are shown to a tenth of a cent, and add up as shown.
  const listUsd = asShown(spentUsd) + asShown(savedUsd);
  return (
    <>
      <ShareBar
        tall
        shares={shares}
        label={t("Of {0} at list price {1} was paid", formatUsd(listUsd), formatUsd(spentUsd))}
      />
      <table class="receipt">
        <tbody>
          <tr>
            <th scope="row">
              <i class="swatch fill-paid" />
              {t("Paid")}
            </th>
            <td class="why">{tCount(coverage.reviewed, "{0} file", "{0} files")}</td>
            <td>{formatUsd(spentUsd, "row")}</td>
          </tr>
          <tr>
            <th scope="row">
              <i class="swatch fill-saved" />
              {t("Saved")}
            </th>
            <td class="why">{coverage.cached > 0 ? t("{0} cached", formatCount(coverage.cached)) : ""}</td>
            <td>{formatUsd(savedUsd, "row")}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t("At list price")}
            </th>
            <td>{formatUsd(listUsd, "row")}</td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}

function asShown(usd: number): number {
  return Math.round(usd * 1_000) / 1_000;
}

function Costliest({ state }: { readonly state: PanelState }): JSX.Element | null {
  const files = state.details?.costliest ?? [];
  if (files.length === 0) return null;
  return (
    <>
      <h3>{t("Costliest files")}</h3>
      <FileRows rows={files.map((file) => ({ path: file.path, figure: formatUsd(file.costUsd, "file") }))} />
    </>
  );
}

function headline(view: RunView): string {
  if (isUnknown(view)) return t("cost unknown");
  return view.savedUsd > 0 ? t("{0}, saved {1}", spent(view), formatUsd(view.savedUsd)) : t("{0} spent", spent(view));
}

/** What is not known is never shown as nothing. */
function spent(view: RunView): string {
  return view.costUnknown ? t("at least {0}", formatUsd(view.spentUsd)) : formatUsd(view.spentUsd);
}

function isUnknown({ costUnknown, spentUsd }: RunView): boolean {
  return costUnknown && spentUsd === 0;
}
