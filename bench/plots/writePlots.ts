/** Draws what `npm run bench -- growth growth-model peers --json FILE` has kept, for docs/benchmarks.md. */
import { readFileSync, writeFileSync } from "node:fs";
import type { CaseResult } from "../harness.ts";
import { growthPlot } from "./growthPlot.ts";
import { peersPlot } from "./peersPlot.ts";

const docs = new URL("../../docs/", import.meta.url);

/** @param files of results @returns what was written @throws when they hold nothing that there is a plot of */
export function writePlots(files: readonly string[]): readonly string[] {
  const results = files.flatMap(
    (file) => (JSON.parse(readFileSync(file, "utf8")) as { results: CaseResult[] }).results,
  );
  const [offline, model, peers] = ["growth", "growth-model", "peers"].map((name) =>
    results.findLast((result) => result.name === name),
  );
  const plots: [name: string, svg: string][] = [];
  if (offline && model) plots.push(["growth.svg", growthPlot(offline, model)]);
  if (peers) plots.push(["peers.svg", peersPlot(peers)]);
  if (plots.length === 0) throw new Error("There is neither growth with growth-model nor peers in these files.");
  for (const [name, svg] of plots) writeFileSync(new URL(name, docs), svg);
  return plots.map(([name]) => `docs/${name}`);
}
