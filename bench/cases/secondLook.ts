/** What a second look at errors adds: the same files reviewed without it and with it, each in a store of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyCorpus } from "../../test/support/corpus.ts";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow } from "../harness.ts";
import { runEngine } from "../runEngine.ts";

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly stores: string;
}

async function openScope(): Promise<Scope> {
  const stores = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const copy = copyCorpus("express");
  const simulator = await createProviderSimulator({ keepBodies: false });
  return {
    simulator,
    folder: copy.folder,
    stores,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      copy.remove();
      await rm(stores, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function row(name: string, flags: readonly string[]): BenchRow<Scope> {
  return {
    name,
    async measure({ simulator, folder, stores }) {
      simulator.reset();
      const store = await mkdtemp(join(stores, "store-"));
      const args = [folder, "--store", store, "--base-url", simulator.url, "--model", simulator.model, ...flags];
      const { wallMs, engine } = await runEngine(args, { ONCEOVER_API_KEY: simulator.key });
      const { usage, cost, suppressed } = engine;
      const costUsd = simulator.bill().usd;
      if (Math.abs(cost.usd - costUsd) > 1e-9) throw new Error(`the report says $${cost.usd}, the bill $${costUsd}`);
      const { requests, inputTokens, outputTokens } = usage;
      const figures = { requests, inputTokens, outputTokens, costUsd, likelyUsd: cost.quote.likelyUsd };
      return { wallMs, figures: { ...figures, refuted: suppressed.refuted } };
    },
  };
}

export const secondLook = defineCase<Scope>({
  name: "second-look",
  title: "What a second look at errors adds",
  conditions: "express, reviewed from nothing by a simulated provider; two of its six files claim errors",
  baseline: "without",
  figures: [
    { key: "requests", heading: "requests", format: String },
    { key: "inputTokens", heading: "tokens in", format: String },
    { key: "outputTokens", heading: "tokens out", format: String },
    { key: "costUsd", heading: "cost", format: (value) => `$${value.toFixed(6)}` },
    { key: "likelyUsd", heading: "quoted", format: (value) => `$${value.toFixed(6)}` },
    { key: "refuted", heading: "refuted", format: String },
  ],
  openScope,
  rows: [row("without", []), row("with", ["--refuter"])],
});
