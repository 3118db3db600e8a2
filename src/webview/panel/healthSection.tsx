import type { JSX } from "preact";
import { escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatBytes, formatDuration } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { Glyph, type GlyphProps } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
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
  const { sign, words, isWell } = verdict(view);
  const { requests, memory } = view;
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
          requests.started > 0
            ? {
                name: t("Failed"),
                value: tCount(requests.started, "{1} of {0} request", "{1} of {0} requests", requests.failed),
              }
            : null,
          requests.retries > 0 ? { name: t("Retried"), value: requests.retries } : null,
          limits.count > 0
            ? { name: t("Rate limits"), value: t("{0}, waited {1}", limits.count, formatDuration(limits.waitedMs)) }
            : null,
          memory.heapBytes > 0 ? { name: t("Heap"), value: formatBytes(memory.heapBytes) } : null,
          memory.peakRssBytes > 0 ? { name: t("Process, peak"), value: formatBytes(memory.peakRssBytes) } : null,
        ]}
      />
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

function verdict(view: RunView): Verdict {
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
  if (view.waiting) return { sign: { name: "clock", tone: "warning" }, words: t("Slowed down"), isWell: true };
  return { sign: { name: "passed", tone: "good" }, words: t("Good"), isWell: true };
}
