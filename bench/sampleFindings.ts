/**
 * `node bench/sampleFindings.ts --out FILE [--seed N] [--most N] [--severe] [FOLDER…]`: a sample of what the offline engine finds
 * in real code, for people to judge. The same rules, folders and seed give the same sample.
 *
 * Each rule gets the same share (rare ones all they have), and each of its languages the same part of that. An entry
 * shows code and message but neither severity nor the rule's own text, so that readers judge what they see.
 */
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createAnalyzer, type Analyzer } from "../src/core/offline/analyzer.ts";
import { languageSupport } from "../src/core/offline/languages.ts";
import { readRuleAsset } from "../src/core/offline/ruleAsset.ts";
import { parseRules } from "../src/core/offline/ruleFile.ts";
import { severityAtPath } from "../src/core/review/severityAtPath.ts";
import { fileType } from "../src/core/workspace/language.ts";
import { copyCorpus, type CorpusName } from "../test/support/corpus.ts";
import { dealOut } from "./dealOut.ts";
import { formatTable } from "./table.ts";

interface Hit {
  readonly rule: string;
  readonly language: string;
  /** `package/path`, forward slashes. */
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly message: string;
  /** The lines with eight around them, each with its number; found ones marked with `>`. */
  readonly lines: readonly string[];
}

const LINES_AROUND = 8;
/** What is long is shown from its beginning. */
const MOST_LINES_SHOWN = 40;
const packages: readonly CorpusName[] = ["express", "fastify", "eslint", "three", "node-gyp", "flatted", "vercel-go"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string" },
    seed: { type: "string", default: "1" },
    most: { type: "string", default: "200" },
    // Errors and warnings alone.
    severe: { type: "boolean", default: false },
  },
});
if (values.out === undefined) throw new Error("--out FILE is missing.");

const details = new Map(
  parseRules(JSON.parse(readRuleAsset()) as Record<string, string>).map((rule) => [rule.id, rule.detail]),
);

async function hitsIn(name: string, folder: string, analyzer: Analyzer): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const file of globSync("**/*", { cwd: folder, exclude: ["**/node_modules", "**/.git", "**/dist"] }).toSorted()) {
    const type = fileType(basename(file));
    if (
      !statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ||
      !type ||
      type.kind !== "source" ||
      !languageSupport(type.language)
    )
      continue;
    const text = readFileSync(join(folder, file), "utf8");
    const shown = `${name}/${file.replaceAll("\\", "/")}`;
    // Packed code is nobody's to read.
    if (text.length / text.split("\n").length > 300) continue;
    for (const finding of await analyzer.analyzeText(text, type.language, type.kind)) {
      if (values.severe && severityAtPath(finding, file.replaceAll("\\", "/")) === "info") continue;
      const { rule, startLine, endLine } = finding;
      const figures = finding.detail.replace(details.get(rule) ?? "", "").trim();
      const message = figures === "" || figures === finding.detail ? finding.title : `${finding.title}. ${figures}`;
      const lines = excerpt(text, startLine, endLine);
      hits.push({ rule, language: type.language, file: shown, startLine, endLine, message, lines });
    }
  }
  return hits;
}

function excerpt(text: string, startLine: number, endLine: number): string[] {
  const all = text.split(/\r?\n/);
  const first = Math.max(1, startLine - LINES_AROUND);
  const last = Math.min(all.length, endLine + LINES_AROUND, first + MOST_LINES_SHOWN - 1);
  return all.slice(first - 1, last).map((line, index) => {
    const number = first + index;
    return `${number >= startLine && number <= endLine ? ">" : " "}${String(number).padStart(5)}  ${line.slice(0, 300)}`;
  });
}

const analyzer = await createAnalyzer();
const all: Hit[] = [];
for (const name of positionals.length === 0 ? packages : []) {
  const copy = copyCorpus(name);
  all.push(...(await hitsIn(name, copy.folder, analyzer)));
  copy.remove();
}
for (const folder of positionals) all.push(...(await hitsIn(basename(resolve(folder)), folder, analyzer)));

const sample = dealOut(all, ({ rule, language }) => [rule, language], Number(values.most), Number(values.seed));
mkdirSync(dirname(resolve(values.out)), { recursive: true });
writeFileSync(values.out, `${JSON.stringify(sample, null, 2)}\n`);

const rules = [...Map.groupBy(all, ({ rule }) => rule)].toSorted(([a], [b]) => (a < b ? -1 : 1));
const sampled = Map.groupBy(sample, ({ rule }) => rule);
console.log(
  formatTable(
    ["rule", "hits", "sampled"],
    rules.map(([rule, hits]) => [rule, `${hits.length}`, `${sampled.get(rule)?.length ?? 0}`]),
  ),
);
