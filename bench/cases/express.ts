/** What the provider reads for a review, beside the reviewed source itself: a few files of Express, and all of RxJS. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyCorpus, type CorpusCopy, type CorpusName } from "../../test/support/corpus.ts";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { analyze } from "../analyzeCommand.ts";
import { dollars, times } from "../formats.ts";
import { defineCase, type BenchCase, type BenchRow } from "../harness.ts";

const repositories = ["express", "rxjs"] as const satisfies readonly CorpusName[];
type Repository = (typeof repositories)[number];

/** Of the simulator. */
const BYTES_PER_TOKEN = 4;
const CACHED_WEIGHT = 0.1;

interface ReplyTimes {
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly copies: Readonly<Record<Repository, CorpusCopy>>;
  readonly parent: string;
}

async function openScope({ firstTokenMs, totalMs }: ReplyTimes): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const copies = { express: copyCorpus("express"), rxjs: copyCorpus("rxjs") };
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs, keepBodies: false });
  return {
    simulator,
    copies,
    parent,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      for (const copy of Object.values(copies)) copy.remove();
      await rm(parent, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function row(name: string, repository: Repository, flags: readonly string[] = []): BenchRow<Scope> {
  return {
    name,
    async measure({ simulator, copies, parent }) {
      simulator.reset();
      const store = join(parent, `store-${repository}${flags.join("")}`);
      const { result, report } = await analyze({ folder: copies[repository].folder, store, simulator, args: flags });
      const sizeBytes = report.files.reduce((sum, file) => sum + (file.status === "skipped" ? 0 : file.sizeBytes), 0);
      const sourceTokens = sizeBytes / BYTES_PER_TOKEN;
      const { usd, inputTokens, cachedInputTokens } = simulator.bill();
      const weighted = inputTokens - cachedInputTokens * (1 - CACHED_WEIGHT);
      return {
        wallMs: result.wallMs,
        figures: {
          files: report.coverage.files - report.coverage.skipped,
          requests: simulator.requests.length,
          plain: inputTokens / sourceTokens,
          weighted: weighted / sourceTokens,
          costUsd: usd,
        },
      };
    },
  };
}

function expressCase(replies: ReplyTimes): BenchCase {
  return defineCase<Scope>({
    name: "express",
    title: "What is sent for a review, beside the source itself",
    conditions: `Provider on loopback: first token after ${replies.firstTokenMs} ms, each reply in ${replies.totalMs} ms; cached input counts a tenth; times include process start`,
    baseline: "express",
    figures: [
      { key: "files", heading: "files", format: String },
      { key: "requests", heading: "requests", format: String, better: "less" },
      { key: "plain", heading: "input ÷ source", format: times, better: "less" },
      { key: "weighted", heading: "by price", format: times, better: "less" },
      { key: "costUsd", heading: "cost", format: dollars, better: "less" },
    ],
    openScope: () => openScope(replies),
    rows: repositories.flatMap((name) => [
      row(name, name),
      row(`${name}, again`, name),
      row(`${name}, no second looks`, name, ["--no-refute"]),
    ]),
  });
}

export const express = expressCase({ firstTokenMs: 300, totalMs: 1_500 });
/** No figure but the times depends on how fast a model is. */
export const quickExpress = expressCase({ firstTokenMs: 60, totalMs: 300 });
