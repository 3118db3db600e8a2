import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAnalyzer } from "../../../../src/core/offline/analyzer.ts";
import { createSyntax } from "../../../../src/core/offline/syntax.ts";
import { createCompileCount } from "../../../../src/core/offline/withoutTierUp.ts";
import { createUserRuleRunner } from "../../../../src/core/offline/userRuleRunner.ts";
import { readUserRules } from "../../../../src/core/offline/userRules.ts";

const PAGE = `---
id: no-print
title: Output is printed, the log does not have it
severity: warning
category: maintainability
confidence: 0.9
languages: python
---

## Why

Nobody reads it.
`;
const PATTERN = '((call function: (identifier) @name) @finding (#eq? @name "print"))\n';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-rules-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function writeRule(id: string, files: Readonly<Record<string, string>>): void {
  const place = path.join(folder, ".onceover/rules", id);
  fs.mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(place, name), text);
}

async function analyze(text: string) {
  const absolutePath = path.join(folder, "a.py");
  fs.writeFileSync(absolutePath, text);
  const userRules = readUserRules([folder]).packed;
  const analyzer = await createAnalyzer();
  const result = await analyzer.analyze({ absolutePath, folder, language: "python", kind: "source", userRules });
  if (!result.ok) throw new Error(result.message);
  return result;
}

describe("a team's own rules", () => {
  it("are found beside the built-in ones", async () => {
    writeRule("no-print", { "no-print.md": PAGE, "python.scm": PATTERN });
    const { findings, notices } = await analyze("print(1)\nbreakpoint()\n");
    expect(notices).toBeUndefined();
    expect(findings).toMatchObject([
      { rule: "no-print", title: "Output is printed, the log does not have it", detail: "Nobody reads it." },
      { rule: "forgotten-debugger" },
    ]);
  });

  it("change the version with every change of theirs", () => {
    expect(readUserRules([folder])).toEqual({ packed: undefined, version: "", notices: [] });
    writeRule("no-print", { "no-print.md": PAGE, "python.scm": PATTERN });
    const first = readUserRules([folder]).version;
    expect(first).toMatch(/^-[0-9a-f]{16}$/);
    expect(readUserRules([folder]).version).toBe(first);
    writeRule("no-print", { "python.scm": `${PATTERN}; note\n` });
    expect(readUserRules([folder]).version).not.toBe(first);
  });

  it("are raised where more holds, by the rule or by a pattern", async () => {
    const remark = PAGE.replace("severity: warning", "severity: info\nraised: error when request-input");
    const raised = PATTERN.replace('"print"', '"log"').replace(
      /\)\n$/,
      ' (#set! raised "warning when in-function"))\n',
    );
    writeRule("no-print", { "no-print.md": remark, "python.scm": PATTERN + raised });
    const { findings } = await analyze("import sys\nprint(1)\nprint(sys.argv[1])\nlog(1)\ndef f():\n    log(2)\n");
    expect(findings.map(({ startLine, severity }) => [startLine, severity])).toEqual([
      [2, "info"],
      [3, "error"],
      [4, "info"],
      [6, "warning"],
    ]);
  });

  it("are left out when they are raised by what is no check", async () => {
    writeRule("no-print", {
      "no-print.md": PAGE.replace("severity: warning", "severity: info\nraised: often"),
      "python.scm": PATTERN,
    });
    expect(readUserRules([folder]).notices).toEqual([expect.stringContaining("raised: warning when request-input")]);
    writeRule("no-print", {
      "no-print.md": PAGE.replace("severity: warning", "severity: info\nraised: error when unheard-of"),
    });
    const { findings, notices } = await analyze("print(1)\n");
    expect(findings).toEqual([]);
    expect(notices).toEqual([expect.stringContaining("unheard-of")]);
  });

  it("name file and position of a faulty pattern and let the others run", async () => {
    writeRule("no-print", { "no-print.md": PAGE, "python.scm": PATTERN });
    writeRule("odd", { "odd.md": PAGE.replace("no-print", "odd"), "python.scm": "; é\n(no_such_node) @finding\n" });
    writeRule("torn", { "torn.md": PAGE.replace("no-print", "torn"), "python.scm": "(call" });
    const { findings, notices } = await analyze("print(1)\n");
    expect(findings.map(({ rule }) => rule)).toEqual(["no-print"]);
    expect(notices).toHaveLength(2);
    expect(notices![0]).toMatch(/^\.onceover\/rules\/odd\/python\.scm:2:\d+: .*no_such_node/);
    expect(notices![1]).toMatch(/^\.onceover\/rules\/torn\/python\.scm:1:\d+: /);
  });

  it("say which check does not exist", async () => {
    const pattern = '((call) @finding (#set! check "no-such"))';
    writeRule("no-print", { "no-print.md": PAGE, "python.scm": pattern });
    expect((await analyze("print(1)\n")).notices?.join()).toContain("a check that does not exist: no-such");
  });

  it.each([
    ["no page", { "python.scm": PATTERN }, "has no no-print.md"],
    ["no patterns", { "no-print.md": PAGE }, "no patterns"],
    ["an unknown category", { "no-print.md": PAGE.replace("maintainability", "x"), "python.scm": PATTERN }, "category"],
    ["a wild confidence", { "no-print.md": PAGE.replace("0.9", "9"), "python.scm": PATTERN }, "confidence"],
    ["another name", { "no-print.md": PAGE.replace("no-print", "b"), "python.scm": PATTERN }, "calls itself b"],
  ])("are left out with a notice for %s", (_, files: Record<string, string>, message) => {
    writeRule("no-print", files);
    const { packed, notices } = readUserRules([folder]);
    expect(packed).toBeUndefined();
    expect(notices.join()).toMatch(new RegExp(`^\\.onceover/rules/no-print is left out: .*${message}`));
  });

  it("do not take a built-in rule's place", () => {
    writeRule("duplicate-key", {
      "duplicate-key.md": PAGE.replace("no-print", "duplicate-key"),
      "python.scm": PATTERN,
    });
    expect(readUserRules([folder]).notices.join()).toContain("exists already");
  });

  it("are not read through links", () => {
    const elsewhere = path.join(folder, "elsewhere.scm");
    fs.writeFileSync(elsewhere, PATTERN);
    writeRule("no-print", { "no-print.md": PAGE });
    fs.symlinkSync(elsewhere, path.join(folder, ".onceover/rules/no-print/python.scm"));
    expect(readUserRules([folder]).notices.join()).toContain("no plain file");
  });

  it("are stopped when their time is over", async () => {
    const syntax = await createSyntax(createCompileCount());
    const grammar = (await syntax.grammar("python"))!;
    const packed = JSON.stringify({ "no-print/no-print.md": PAGE, "no-print/python.scm": PATTERN });
    let now = 0;
    const text = "print(1)\n".repeat(2_000);
    const tree = syntax.parse(grammar, text);
    const slow = createUserRuleRunner(grammar, ["python"], packed, () => (now += 600)).run(tree, text);
    expect(slow.found).toEqual([]);
    expect(slow.notices).toEqual(["Rule no-print took more than 1 s in a file and was stopped."]);
    expect(createUserRuleRunner(grammar, ["python"], packed, () => 0).run(tree, text).found).toHaveLength(2_000);
    tree.delete();
  });
});
