import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createAnalyzer, type Analyzer } from "../../../../src/core/offline/analyzer.ts";
import { CHECKS } from "../../../../src/core/offline/checks.ts";
import { readRuleAsset } from "../../../../src/core/offline/ruleAsset.ts";
import { parseRules } from "../../../../src/core/offline/ruleFile.ts";
import { CATEGORIES } from "../../../../src/shared/report.ts";
import { fileType } from "../../../../src/core/workspace/language.ts";
import expectedLines from "./fixtures/rules/expected.json" with { type: "json" };

const folder = path.join(import.meta.dirname, "fixtures/rules");
const rules = parseRules(JSON.parse(readRuleAsset()) as Record<string, string>);
const queryRules = rules.filter((rule) => rule.engine === "query");

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await createAnalyzer();
});

/** Fixtures end in `.txt` so that no tool takes them for the project's own code. */
const samples = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: rule }) => fs.readdirSync(path.join(folder, rule)).map((file) => ({ rule, file })));

async function linesOf(rule: string, file: string): Promise<number[]> {
  const text = fs.readFileSync(path.join(folder, rule, file), "utf8");
  const { language } = fileType(file.replace(/\.txt$/, ""))!;
  const findings = await analyzer.analyzeText(text, language, "source");
  return findings.filter((finding) => finding.rule === rule).map((finding) => finding.startLine);
}

describe("rules on their samples", () => {
  it.each(samples.filter(({ file }) => file.startsWith("bad.")))("$rule finds $file", async ({ rule, file }) => {
    const expected = (expectedLines as Record<string, Record<string, number[]>>)[rule]?.[file.slice(4, -4)];
    expect(expected?.length).toBeGreaterThan(0);
    expect(await linesOf(rule, file)).toEqual(expected);
  });

  it.each(samples.filter(({ file }) => file.startsWith("good.")))(
    "$rule leaves $file alone",
    async ({ rule, file }) => {
      expect(await linesOf(rule, file)).toEqual([]);
    },
  );

  it("finds a removal at the root and a split name", async () => {
    const text = 'rm -rf $folder/\nrm -rf $folder\nrm --recursive "$folder/"\n';
    const findings = await analyzer.analyzeText(text, "shellscript", "source");
    expect(findings.map(({ severity }) => severity)).toEqual(["info", "info", "info"]);
  });

  it("finds a removal only behind the option that makes it one of folders", async () => {
    const text = 'rm "$folder/" -r\nrm -f "$folder/"\nsudo rm "$folder/" -r\nsudo rm -f -R "$folder/"\n';
    const findings = await analyzer.analyzeText(text, "shellscript", "source");
    expect(findings.map(({ startLine }) => startLine)).toEqual([4]);
  });

  // Each pair would be a match: millions where the parser takes a text that is no script for one command.
  it("has no pattern that pairs two arguments which may stand anywhere in a shell's command", () => {
    const free = queryRules.flatMap(({ id, patterns }) =>
      (patterns.get("bash") ?? "")
        .split(/^(?=\()/m)
        .map((pattern) => [id, pattern.match(/(?<!\.\s*)\bargument:/g)?.length ?? 0] as const),
    );
    expect(free.length).toBeGreaterThan(10);
    expect(free.filter(([, count]) => count > 1)).toEqual([]);
  });

  it("has a good and a bad sample for each rule and language family", () => {
    const extension: Record<string, string> = {
      ecmascript: "ts",
      python: "py",
      go: "go",
      java: "java",
      rust: "rs",
      csharp: "cs",
      c: "c",
      php: "php",
      ruby: "rb",
      bash: "sh",
      powershell: "ps1",
    };
    const missing = queryRules.flatMap((rule) =>
      [...rule.patterns.keys()].flatMap((family) =>
        ["good", "bad"]
          .map((kind) => `${kind}.${extension[family]}.txt`)
          .filter((file) => !samples.some((sample) => sample.rule === rule.id && sample.file === file))
          .map((file) => `${rule.id}/${file}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe("rule files", () => {
  it("are many, with distinct titles that name defect and consequence", () => {
    expect(rules.length).toBeGreaterThanOrEqual(50);
    expect(new Set(rules.map((rule) => rule.title)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.title.length, rule.id).toBeLessThanOrEqual(80);
      expect(rule.title, rule.id).toContain(",");
      expect(CATEGORIES, rule.id).toContain(rule.category);
      expect(rule.confidence, rule.id).toBeGreaterThan(0);
      expect(rule.confidence, rule.id).toBeLessThanOrEqual(1);
      expect(rule.detail.split(/[.!?](?: |$)/).filter(Boolean).length, rule.id).toBeLessThanOrEqual(3);
    }
  });

  it("name the languages that they have patterns for", () => {
    for (const rule of rules.filter(({ patterns }) => patterns.size > 0)) {
      expect([...rule.patterns.keys()].toSorted(), rule.id).toEqual([...rule.languages].toSorted());
    }
  });

  it("have the four sections, ASCII patterns and no title over 80 characters", () => {
    const files = JSON.parse(readRuleAsset()) as Record<string, string>;
    for (const [file, text] of Object.entries(files)) {
      if (file.endsWith(".scm")) {
        expect(Buffer.byteLength(text), file).toBe(text.length);
        for (const [, title] of text.matchAll(/#set! title "([^"]*)"/g))
          expect(title!.length, file).toBeLessThanOrEqual(80);
      } else {
        for (const heading of ["What", "Why", "Good", "Bad"]) expect(text, file).toContain(`\n## ${heading}\n`);
      }
    }
  });

  it("use every check there is", () => {
    const named = queryRules.flatMap((rule) => [
      ...rule.checks,
      ...(rule.raised?.checks ?? []),
      ...[...rule.patterns.values()].flatMap((text) =>
        [...text.matchAll(/#set! (?:check|raised) "(?:(?:error|warning) when )?([^"]*)"/g)].flatMap((match) =>
          match[1]!.split(" "),
        ),
      ),
    ]);
    // What teams' rules may ask, though no built-in one does: the page on rules says so.
    named.push("request-input", "remote-input", "unconditional", "error-under-way");
    expect([...new Set(named)].toSorted()).toEqual([...CHECKS.keys()].toSorted());
  });
});
