/** The case `recall`: how many planted defects the offline engine finds, rule by rule and language by language. */
import { writeFileSync } from "node:fs";
import { createAnalyzer } from "../../src/core/offline/analyzer.ts";
import { createCompileCount } from "../../src/core/offline/withoutTierUp.ts";
import { formatMisses, formatRecall } from "./formatRecall.ts";
import { readHosts } from "./hosts.ts";
import { judgeRecall } from "./judgeRecall.ts";
import { measureRecall, type ReadableHost } from "./measureRecall.ts";
import { LANGUAGES } from "./mutator.ts";
import { allMutators } from "./mutators/allMutators.ts";
import { readRulePages } from "./rulePages.ts";
import { createSourceReader, type SourceReader } from "./sourceReader.ts";

/** Of all that is planted this share is to be found. */
const GOAL = 0.9;
const PLANTS = 10;

export interface RecallCaseOptions {
  /** A folder with real sources of languages that no package at hand carries. */
  readonly sources?: string;
  /** One rule instead of all. */
  readonly rule?: string;
  /** Where the misses are written to, as Markdown. */
  readonly misses?: string;
}

/** @returns whether the goal is reached */
export async function recall({ sources, rule, misses }: RecallCaseOptions): Promise<boolean> {
  const compileCount = createCompileCount();
  const analyzer = await createAnalyzer(compileCount);
  const reader = await createSourceReader(compileCount);
  const chosen = (one: { readonly rule: string }) => rule === undefined || one.rule === rule;
  const rows = await measureRecall({
    mutators: allMutators.filter(chosen),
    languages: LANGUAGES,
    hosts: await readAllHosts(reader, sources),
    analyze: (text, language) => analyzer.analyzeText(text, language, "source"),
    parses: reader.parses,
    seed: "recall",
    plants: PLANTS,
  });
  const missed = formatMisses(rows);
  if (misses !== undefined) writeFileSync(misses, `${formatRecall(rows)}\n\n${missed}`);
  console.log(`${missed}\n${formatRecall(rows)}`);
  const reasons = judgeRecall(rows, { goal: GOAL, plants: PLANTS, pages: readRulePages().filter(chosen) });
  for (const reason of reasons) console.error(`! ${reason}`);
  return reasons.length === 0;
}

async function readAllHosts(reader: SourceReader, sources: string | undefined): Promise<Map<string, ReadableHost[]>> {
  const hosts = new Map<string, ReadableHost[]>();
  for (const language of LANGUAGES) {
    const sound = await reader.sound(readHosts(language, sources), language);
    if (sound.length === 0) throw new Error(`No file of ${language} is at hand to plant defects in.`);
    hosts.set(language, sound);
  }
  return hosts;
}
