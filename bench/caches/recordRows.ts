/** Sizes and costs of what the store keeps, recorded over this project's own sources. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAnalysisPool } from "../../src/core/offline/analysisPool.ts";
import { packJson } from "../../src/core/store/packedJson.ts";
import type { RecordedRow } from "./useTraces.ts";

const folder = fileURLToPath(new URL("../../src/core", import.meta.url));
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
/** The first ones pay for loading the grammar. */
const WARM_UP = 10;
const MAX_FILES = 150;

export async function recordRows(): Promise<RecordedRow[]> {
  const pool = createAnalysisPool({ logger: quiet });
  const signal = new AbortController().signal;
  const rows: RecordedRow[] = [];
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    for (const [at, name] of names.toSorted().slice(0, MAX_FILES).entries()) {
      const task = { absolutePath: join(folder, name), folder, language: "typescript", kind: "source" } as const;
      const analysis = await measured(async () => (await pool.analyze([task], signal))[0]);
      const outline = await measured(async () => (await pool.outline([{ ...task, contentHash: "" }], signal))[0]);
      if (at < WARM_UP || !analysis.value?.ok || !outline.value?.ok) continue;
      rows.push(rowOf(analysis.value.findings, analysis.costMs), rowOf(outline.value.outline, outline.costMs));
    }
    return rows;
  } finally {
    await pool.dispose();
  }
}

const ROW_BYTES = 160;

function rowOf(value: unknown, costMs: number): RecordedRow {
  return { bytes: packJson(value, []).body.length + ROW_BYTES, costMs };
}

async function measured<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly costMs: number }> {
  const startMs = performance.now();
  const value = await work();
  return { value, costMs: performance.now() - startMs };
}
