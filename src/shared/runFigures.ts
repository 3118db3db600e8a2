/** The figures of one run as a table for spreadsheets and for people: the same numbers as the panel and the report. */
import { escapeLine } from "./escapeText.ts";
import { formatBytes, formatCount, formatDuration, formatPercent, formatUsd } from "./format.ts";
import { t } from "./localize.ts";
import type { RunView } from "./runView.ts";

type Unit = "USD" | "ms" | "bytes" | "share" | "count" | "text";

export interface RunFigure {
  /** The same in every language and version: scripts read it. */
  readonly id: string;
  readonly unit: Unit;
  /** null: not known. */
  readonly value: number | string | null;
}

function of(unit: Unit, prefix: string, values: Readonly<Record<string, number | string | null>>): RunFigure[] {
  return Object.entries(values).map(([name, value]) => ({ id: `${prefix}.${name}`, unit, value }));
}

/** Everything that a `RunView` says in numbers, in the panel's order. */
export function runFigures(view: RunView): readonly RunFigure[] {
  const { coverage, findings, requests, tokens, memory, quote } = view;
  return [
    ...of("text", "run", {
      id: view.runId,
      startedAt: view.startedAt,
      state: view.state,
      provider: view.provider,
      model: view.model,
    }),
    ...of("ms", "run", { elapsed: view.elapsedMs }),
    ...of("count", "coverage", { ...coverage }),
    ...of("count", "findings", { ...findings }),
    ...of("USD", "cost", {
      // What is not known is not nothing.
      spent: view.costUnknown && view.spentUsd === 0 ? null : view.spentUsd,
      saved: view.savedUsd,
      maybeBilled: view.maybeBilledUsd,
      budget: view.budgetUsd,
      quoteLikely: quote?.likelyUsd ?? null,
      quoteAtMost: quote?.atMostUsd ?? null,
    }),
    ...of("text", "cost", { isLowerBound: String(view.costUnknown) }),
    ...of("share", "cache", { cachedFiles: view.cachedShare }),
    ...of("count", "requests", { ...requests }),
    ...of("count", "tokens", { ...tokens }),
    ...samples("request", view.latencyMs),
    ...samples("firstToken", view.firstTokenMs),
    ...of("ms", "phase", Object.fromEntries(view.phases.map(({ name, ms }) => [name, ms]))),
    ...of("bytes", "memory", {
      peakProcess: memory.peakRssBytes,
      process: memory.rssBytes,
      heap: memory.heapBytes,
    }),
  ];
}

/** Of nothing there is no percentile. */
function samples(name: string, { count, ...percentiles }: RunView["latencyMs"]): RunFigure[] {
  const times = Object.entries(percentiles).map(([percentile, ms]): RunFigure => ({
    id: `${name}.${percentile}`,
    unit: "ms",
    value: count === 0 ? null : ms,
  }));
  return [{ id: `${name}.count`, unit: "count", value: count }, ...times];
}

/** RFC 4180: figure, value, unit. What is not known is empty. */
export function figuresCsv(figures: readonly RunFigure[]): string {
  const rows = figures.map(({ id, value, unit }) => [id, value === null ? "" : String(value), unit]);
  return [["figure", "value", "unit"], ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** A cell that begins like a formula is one to a spreadsheet: a quote before it makes it text. */
function csvCell(text: string): string {
  const shown = escapeLine(text);
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function figuresMarkdown(figures: readonly RunFigure[]): string {
  const rows = figures.map((figure) => `| ${figure.id} | ${markdownCell(shown(figure))} |`);
  const head = [`# ${t("Figures of an Onceover run")}`, "", `| ${t("Figure")} | ${t("Value")} |`, "|---|---:|"];
  return [...head, ...rows, ""].join("\n");
}

function markdownCell(text: string): string {
  return escapeLine(text).replaceAll(/[\\|`*_[\]<>]/g, "\\$&");
}

function shown({ unit, value }: RunFigure): string {
  if (value === null) return t("unknown");
  if (typeof value === "string") return value;
  switch (unit) {
    case "USD":
      return formatUsd(value, "file");
    case "ms":
      return formatDuration(value);
    case "bytes":
      return formatBytes(value);
    case "share":
      return formatPercent(value);
    default:
      return formatCount(value);
  }
}
