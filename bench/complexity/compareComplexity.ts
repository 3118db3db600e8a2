/** Our figures for every function of real packages beside those of ESLint and SonarSource's plugin, unchanged. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { createMetricsReader, type MetricsReader } from "../../src/core/offline/functionMetrics.ts";
import { languageSupport } from "../../src/core/offline/languages.ts";
import { readRuleAsset } from "../../src/core/offline/ruleAsset.ts";
import { parseRules } from "../../src/core/offline/ruleFile.ts";
import { createSyntax, type Syntax } from "../../src/core/offline/syntax.ts";
import { createCompileCount } from "../../src/core/offline/withoutTierUp.ts";
import { fileType } from "../../src/core/workspace/language.ts";
import { copyCorpus } from "../../test/support/corpus.ts";
import { formatTable } from "../table.ts";
import { bodyStart } from "./bodyStart.ts";
import { createPeers, type Peers } from "./peers.ts";

const MEASURES = ["cyclomatic", "cognitive"] as const;
const repository = path.resolve(import.meta.dirname, "../..");

interface Counts {
  functions: number;
  cyclomatic: number;
  cognitive: number;
  /** One line each: place, measure, theirs, ours. */
  readonly differing: string[];
}

/** @returns a table and the functions that differ, for people */
export async function compareComplexity(): Promise<string> {
  const peers = createPeers();
  const syntax = await createSyntax(createCompileCount());
  const readers = new Map<string, MetricsReader>();
  const rows: string[][] = [];
  const differing: string[] = [];
  for (const name of ["express", "fastify", "eslint", "three"] as const) {
    const copy = copyCorpus(name);
    await add(name, copy.folder);
    copy.remove();
  }
  await add("zod (TypeScript)", path.join(repository, "node_modules/zod/src"));
  await add("onceover (TypeScript)", path.join(repository, "src"));
  const table = formatTable(["package", "functions", "cyclomatic equal", "cognitive equal"], rows);
  return [table, "", "differing (peer, ours)", ...differing].join("\n");

  async function add(name: string, folder: string): Promise<void> {
    const counts: Counts = { functions: 0, cyclomatic: 0, cognitive: 0, differing: [] };
    for (const file of globSync("**/*.{js,cjs,mjs,ts,tsx}", { cwd: folder }).toSorted()) {
      await compareFile({ peers, syntax, readers, folder, file }, counts);
    }
    differing.push(...counts.differing.map((line) => `${name}  ${line}`));
    rows.push([
      name,
      `${counts.functions}`,
      ...MEASURES.map((measure) => `${counts[measure]}  ${percent(counts[measure], counts.functions)}`),
    ]);
  }
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`;

interface FileToCompare {
  readonly peers: Peers;
  readonly syntax: Syntax;
  readonly readers: Map<string, MetricsReader>;
  readonly folder: string;
  readonly file: string;
}

async function compareFile({ peers, syntax, readers, folder, file }: FileToCompare, counts: Counts): Promise<void> {
  // Without a byte order mark, which the peers do not count in their offsets.
  const text = readFileSync(path.join(folder, file), "utf8").replace(/^\uFEFF/, "");
  const theirs = peers.measure(text, file);
  if (!theirs) return;
  const { language } = fileType(path.basename(file))!;
  const grammar = (await syntax.grammar(language))!;
  const reader = readers.get(language) ?? createMetricsReader(grammar, patternsFor(language));
  readers.set(language, reader);
  const tree = syntax.parse(grammar, text);
  try {
    const ours = new Map(reader.read(tree).map((metrics) => [bodyStart(metrics.node), metrics]));
    for (const start of theirs.cognitive.keys()) {
      counts.functions++;
      for (const measure of MEASURES) {
        const [peer, own] = [theirs[measure].get(start), ours.get(start)?.[measure]];
        if (peer === own) counts[measure]++;
        else counts.differing.push(`${file}:${lineOf(text, start)}  ${measure} ${peer ?? "none"}, ${own ?? "none"}`);
      }
    }
  } finally {
    tree.delete();
  }
}

function patternsFor(language: string): string {
  const files = JSON.parse(readRuleAsset()) as Record<string, string>;
  const rule = parseRules(files).find(({ id }) => id === "complex-function")!;
  return languageSupport(language)!
    .families.map((family) => rule.patterns.get(family) ?? "")
    .join("\n");
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
