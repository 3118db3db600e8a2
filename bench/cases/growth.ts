/** More and more files: what grows in step with them, and what does not. */
import { exponentsOf, growthFigures, growthRow, latency, openGrowthScope } from "../growth/growthRows.ts";
import type { GrowthScope } from "../growth/growthRows.ts";
import { defineCase } from "../harness.ts";

const offlineSizes = [250, 1_000, 4_000, 16_000];
const modelSizes = [100, 400, 1_600];

export const growth = defineCase<GrowthScope>({
  name: "growth",
  title: "Growth with the number of files, offline",
  conditions: "The built engine in a process of its own, cold; times without process start",
  baseline: "1,000 files",
  figures: growthFigures.filter(({ key }) => key !== "requests"),
  remark: exponentsOf,
  openScope: openGrowthScope,
  rows: offlineSizes.map((fileCount) => growthRow(fileCount, false)),
});

export const growthWithModel = defineCase<GrowthScope>({
  name: "growth-model",
  title: "Growth with the number of files, with a model",
  conditions: `Cold; first token after ${latency.firstTokenMs} ms, each reply in ${latency.totalMs} ms, concurrency 16; times without process start`,
  baseline: "400 files, a model",
  figures: growthFigures,
  remark: exponentsOf,
  openScope: openGrowthScope,
  rows: modelSizes.map((fileCount) => growthRow(fileCount, true)),
});
