/** How fast the engine parses beside tree-sitter alone, and what else the analysis of a file takes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Parser } from "web-tree-sitter";
import { createAnalyzer, type Analyzer } from "../../src/core/offline/analyzer.ts";
import { parsedPart } from "../../src/core/offline/parsedPart.ts";
import { createSyntax, type Syntax } from "../../src/core/offline/syntax.ts";
import { createCompileCount } from "../../src/core/offline/withoutTierUp.ts";
import { fileType } from "../../src/core/workspace/language.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { defineCase, type Sample } from "../harness.ts";
import { copySources } from "../loading/corpusFiles.ts";

const LANGUAGE = "javascript";

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly files: readonly string[];
  readonly texts: readonly string[];
  readonly syntax: Syntax;
  readonly analyzer: Analyzer;
  /** Of tree-sitter alone. */
  aloneMs: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "sources");
  const sources = await copySources("eslint", folder);
  const files = sources.filter((file) => fileType(file)?.language === LANGUAGE);
  const syntax = await createSyntax(createCompileCount());
  const scope: Scope = {
    folder,
    files,
    texts: files.map((file) => readFileSync(file, "utf8")),
    syntax,
    analyzer: await createAnalyzer(),
    aloneMs: Number.NaN,
    [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose](),
  };
  // What is loaded or compiled once is in none of the rows.
  await analyse(scope);
  return scope;
}

async function alone({ syntax, texts }: Scope): Promise<void> {
  const parser = new Parser();
  parser.setLanguage((await syntax.grammar(LANGUAGE))!);
  for (const text of texts) parser.parse(text)!.delete();
  parser.delete();
}

async function asTheEngine({ syntax, texts }: Scope): Promise<void> {
  const grammar = (await syntax.grammar(LANGUAGE))!;
  for (const text of texts) syntax.parse(grammar, parsedPart(text)).delete();
}

async function analyse({ analyzer, files, folder }: Scope): Promise<void> {
  for (const absolutePath of files) {
    const result = await analyzer.analyze({ absolutePath, folder, language: LANGUAGE, kind: "source" });
    if (!result.ok) throw new Error(result.message);
  }
}

async function measure(scope: Scope, work: (scope: Scope) => Promise<void>): Promise<Sample> {
  const before = process.threadCpuUsage();
  const startedMs = performance.now();
  await work(scope);
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.threadCpuUsage(before);
  const cpuMs = (user + system) / 1_000;
  if (work === alone) scope.aloneMs = cpuMs;
  const megabytes = scope.texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  return {
    wallMs,
    figures: { files: scope.files.length, rate: megabytes / (cpuMs / 1_000), cpu: cpuMs / scope.aloneMs },
  };
}

export const parsing = defineCase<Scope>({
  name: "parsing",
  title: "Parsing, beside tree-sitter alone",
  conditions: "ESLint's JavaScript sources; one thread, everything loaded and compiled; CPU time of that thread",
  baseline: "tree-sitter alone",
  figures: [
    { key: "files", heading: "files", format: (value) => String(value) },
    { key: "rate", heading: "a CPU second", format: (value) => `${value.toFixed(1)} MB` },
    { key: "cpu", heading: "CPU ÷ alone", format: (value) => value.toFixed(2) },
  ],
  openScope,
  rows: [
    { name: "tree-sitter alone", measure: (scope) => measure(scope, alone) },
    { name: "parsed by the engine", measure: (scope) => measure(scope, asTheEngine) },
    { name: "analysed: rules, complexity, secrets", measure: (scope) => measure(scope, analyse) },
  ],
});
