/**
 * Runs cases. A case measures the same rows in every run, side by side in one scope, so that rows can be compared
 * within a run: machines differ from minute to minute, ratios within a run hardly do.
 */
import { spreadOf } from "./statistics.ts";
import type { Spread } from "./statistics.ts";
import { formatTable } from "./table.ts";

/** What one measurement of one row says. A figure is null where it could not be taken. */
export interface Sample {
  readonly wallMs: number;
  readonly figures: Readonly<Record<string, number | null>>;
}

export interface BenchRow<Scope> {
  readonly name: string;
  measure(scope: Scope): Promise<Sample>;
}

export interface BenchFigure {
  /** Key in `Sample.figures`. */
  readonly key: string;
  readonly heading: string;
  format(value: number): string;
  /** It is the same on every machine, and so much of it is better: guarded. Missing: a time, or what depends on one. */
  readonly better?: "less" | "more";
}

interface CaseText {
  /** As given on the command line. */
  readonly name: string;
  readonly title: string;
  /** Under which conditions it was measured: one line. */
  readonly conditions: string;
  /** Ratios are against this row: how many times as long a row takes. */
  readonly baseline: string;
  readonly figures: readonly BenchFigure[];
  /** What the rows say together: printed below them. */
  remark?(result: CaseResult): string;
}

export interface BenchCaseOptions<Scope extends AsyncDisposable> extends CaseText {
  /** What the rows of one run share: a fresh folder, a server. Disposed after the run. */
  openScope(): Promise<Scope>;
  /** Measured in this order; a later row may build on what an earlier one has left in the scope. */
  readonly rows: readonly BenchRow<Scope>[];
}

/** A case with its scope's type closed over. */
export interface BenchCase extends CaseText {
  readonly rowNames: readonly string[];
  /** One run: each row's sample, or why there is none. */
  runOnce(): Promise<ReadonlyMap<string, Sample | Error>>;
}

export interface RowResult {
  readonly name: string;
  readonly wallMs: Spread | null;
  /** How many times as long as the baseline, each run compared within itself. */
  readonly ratio: Spread | null;
  /** Medians. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** The first failure, if any run failed. */
  readonly error: string | null;
  readonly samples: readonly Sample[];
}

export interface CaseResult {
  readonly name: string;
  readonly title: string;
  readonly conditions: string;
  readonly baseline: string;
  readonly runs: number;
  readonly rows: readonly RowResult[];
}

export function defineCase<Scope extends AsyncDisposable>(options: BenchCaseOptions<Scope>): BenchCase {
  const { openScope, rows, ...text } = options;
  return {
    ...text,
    rowNames: rows.map((row) => row.name),
    async runOnce() {
      await using scope = await openScope();
      const samples = new Map<string, Sample | Error>();
      for (const row of rows) samples.set(row.name, await row.measure(scope).catch(toError));
      return samples;
    },
  };
}

export async function runCase(bench: BenchCase, runs: number, onRun: (run: number) => void): Promise<CaseResult> {
  const all: ReadonlyMap<string, Sample | Error>[] = [];
  for (let run = 1; run <= runs; run += 1) {
    onRun(run);
    all.push(await bench.runOnce());
  }
  const { name, title, conditions, baseline } = bench;
  return { name, title, conditions, baseline, runs, rows: bench.rowNames.map((row) => summarise(row, bench, all)) };
}

export function formatResult(result: CaseResult, figures: readonly BenchFigure[]): string {
  const header = ["", "median", "min", "max", `vs ${result.baseline}`, ...figures.map((figure) => figure.heading)];
  const rows = result.rows.map((row) => {
    if (!row.wallMs) return [row.name, "failed"];
    const cells = figures.map((figure) => {
      const value = row.figures[figure.key] ?? null;
      return value === null ? "–" : figure.format(value);
    });
    const times = [row.wallMs.median, row.wallMs.min, row.wallMs.max].map(formatMs);
    return [row.name, ...times, row.ratio ? `${row.ratio.median.toFixed(2)}×` : "–", ...cells];
  });
  const failures = result.rows.filter((row) => row.error !== null).map((row) => `! ${row.name}: ${row.error}`);
  const heading = `${result.title}\n${result.conditions}; ${result.runs} ${result.runs === 1 ? "run" : "runs"}`;
  return [heading, "", formatTable(header, rows), ...failures].join("\n");
}

function summarise(name: string, bench: BenchCase, runs: readonly ReadonlyMap<string, Sample | Error>[]): RowResult {
  const samples: Sample[] = [];
  const ratios: number[] = [];
  let error: string | null = null;
  for (const run of runs) {
    const own = run.get(name);
    if (own instanceof Error) error ??= own.message;
    if (own === undefined || own instanceof Error) continue;
    samples.push(own);
    const base = run.get(bench.baseline);
    if (base !== undefined && !(base instanceof Error)) ratios.push(own.wallMs / base.wallMs);
  }
  return {
    name,
    wallMs: samples.length > 0 ? spreadOf(samples.map((sample) => sample.wallMs)) : null,
    ratio: ratios.length > 0 ? spreadOf(ratios) : null,
    figures: Object.fromEntries(bench.figures.map(({ key }) => [key, medianFigure(samples, key)])),
    error,
    samples,
  };
}

function medianFigure(samples: readonly Sample[], key: string): number | null {
  const values = samples.map((sample) => sample.figures[key] ?? null).filter((value) => value !== null);
  return values.length > 0 ? spreadOf(values).median : null;
}

function formatMs(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.round(ms)} ms`;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
