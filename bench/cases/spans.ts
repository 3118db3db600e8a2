/** What looking costs: a span that is begun and ended, with the profiler that every run in the editor has, and with none. */
import { createProfiler, noProfiler, type Profiler } from "../../src/core/profile/profiler.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow } from "../harness.ts";

const batches = 20;
const batchSize = 50_000;

interface Scope extends AsyncDisposable {
  readonly path: string;
}

function row(name: string, create: () => Profiler): BenchRow<Scope> {
  return {
    name,
    async measure({ path }) {
      const profiler = create();
      const times: number[] = [];
      for (let batch = 0; batch < batches; batch++) {
        const startedAt = performance.now();
        for (let index = 0; index < batchSize; index++) profiler.end(profiler.begin("unit", 1, path));
        times.push(performance.now() - startedAt);
      }
      const wallMs = times.reduce((sum, ms) => sum + ms, 0);
      // The best batch: what else the machine does is not the profiler's price.
      const perSpanNs = (Math.min(...times) * 1e6) / batchSize;
      if (perSpanNs > 1_000) throw new Error(`${perSpanNs.toFixed(0)} ns a span are more than a microsecond`);
      return { wallMs, figures: { perSpanNs } };
    },
  };
}

export const spanCost = defineCase<Scope>({
  name: "spans",
  title: "A million spans",
  conditions: "Begun and ended one after the other on the host's thread, with a path; the newest 65,536 are held",
  baseline: "recorded",
  figures: [{ key: "perSpanNs", heading: "a span", format: (value) => `${value.toFixed(0)} ns` }],
  openScope: async () => ({ path: "src/payments/refund.ts", [Symbol.asyncDispose]: async () => {} }),
  rows: [row("recorded", () => createProfiler(() => performance.now())), row("nobody looks", () => noProfiler)],
});
