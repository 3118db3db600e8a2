import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatBytes, formatCount, formatDuration } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import type { RunAlert } from "../../shared/panelFigures.ts";
import { Glyph, type GlyphProps } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { failureWords } from "./failureWords.ts";
import { Facts } from "./facts.tsx";
import { FlowPlot } from "./flowPlot.tsx";
import { hasFigures, withoutFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";
import { EmptySection, Section } from "./section.tsx";
import { FileRows } from "./fileRows.tsx";

/** Is it well? */
export function HealthSection({ state }: { readonly state: PanelState }): JSX.Element {
  const { view, details } = state;
  if (!hasFigures(view)) return <EmptySection title={t("Health")} headline={withoutFigures(view, t("no run yet"))} />;
  const { sign, words, isWell } = verdict(view, details?.alerts ?? []);
  const { requests, memory } = view;
  const connections = details?.connections ?? null;
  const limits = details?.rateLimits ?? { count: 0, waitedMs: 0 };
  return (
    <Section id="Health" title={t("Health")} headline={words} isOpen={!isWell}>
      <p class="large">
        <Glyph {...sign} />
        <b>{words}</b>
      </p>
      <Facts
        facts={[
          view.error && { name: t("Error"), value: escapeText(view.error.code) },
          requests.started > 0 && requests.failed !== null
            ? {
                name: t("Failed"),
                value: tCount(requests.started, "{1} of {0} request", "{1} of {0} requests", requests.failed),
              }
            : null,
          connections === null
            ? null
            : {
                name: t("Connections"),
                value: tCount(
                  requests.started,
                  "{1} for {0} request",
                  "{1} for {0} requests",
                  formatCount(connections),
                ),
              },
          requests.retries > 0 ? { name: t("Retried"), value: requests.retries } : null,
          limits.count > 0
            ? { name: t("Rate limits"), value: t("{0}, waited {1}", limits.count, formatDuration(limits.waitedMs)) }
            : null,
          memory.heapBytes > 0 ? { name: t("Heap"), value: formatBytes(memory.heapBytes) } : null,
          memory.peakRssBytes > 0 ? { name: t("Process, peak"), value: formatBytes(memory.peakRssBytes) } : null,
        ]}
      />
      <Failures state={state} />
      <FailedFiles state={state} />
      {details && <FlowPlot flow={details.flow} isRunning={view.state === "running"} />}
      {!isWell && (
        <p class="links">
          <button type="button" class="link" onClick={() => runCommand("showLog")}>
            {t("Show Log")}
          </button>
        </p>
      )}
    </Section>
  );
}

/** Requests that failed, by what it was; a file may have been reviewed all the same. */
function Failures({ state }: { readonly state: PanelState }): JSX.Element | null {
  const failures = state.details?.failures ?? [];
  if (failures.length === 0) return null;
  return (
    <>
      <h3>{t("Failed requests")}</h3>
      <ul class="failures">
        {failures.slice(0, 6).map(({ code, count }) => (
          <li key={code}>
            <span class="figure-before">{formatCount(count)}</span> {failureWords(code)}
          </li>
        ))}
      </ul>
    </>
  );
}

function FailedFiles({ state }: { readonly state: PanelState }): JSX.Element | null {
  const failed = state.details?.failed ?? [];
  const total = state.view?.coverage.failed ?? 0;
  if (failed.length === 0) return null;
  return (
    <>
      <h3>{t("Failed files")}</h3>
      {failed.map((file) => (
        <div key={file.path}>
          <FileRows rows={[{ path: file.path, figure: "" }]} />
          {file.reason && <p class="reason muted">{escapeText(file.reason)}</p>}
        </div>
      ))}
      {total > failed.length && <p class="muted">{t("and {0} more", total - failed.length)}</p>}
    </>
  );
}

interface Verdict {
  readonly sign: GlyphProps;
  readonly words: string;
  readonly isWell: boolean;
}

function verdict(view: RunView, alerts: readonly RunAlert[]): Verdict {
  if (view.error)
    return { sign: { name: "error", tone: "error" }, words: tCount(1, "{0} error", "{0} errors"), isWell: false };
  const { failed } = view.coverage;
  if (failed > 0) {
    return {
      sign: { name: "warning", tone: "warning" },
      words: tCount(failed, "{0} file failed", "{0} files failed"),
      isWell: false,
    };
  }
  const warning = { name: "warning", tone: "warning" } as const;
  if (alerts.some(({ kind }) => kind === "errors")) {
    return { sign: warning, words: t("Many requests fail"), isWell: false };
  }
  if (alerts.some(({ kind }) => kind === "latency")) return { sign: warning, words: t("Slow"), isWell: false };
  if (view.waiting) return { sign: { name: "clock", tone: "warning" }, words: t("Slowed down"), isWell: true };
  return { sign: { name: "passed", tone: "good" }, words: t("Good"), isWell: true };
}
