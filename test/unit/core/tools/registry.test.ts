/** Each tool once, on a small workspace with a real engine. */
import { expect, test } from "vitest";
import { openEngine } from "../../../support/engineFixture.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";
import { ask, failureOf, openEngineTools, openPlainTools } from "../../../support/toolsFixture.ts";

const FILES = {
  "src/money.ts": `/** Money. */\nexport function round(value: number): number {\n  return Math.round(value);\n}\n\nexport class Purse {\n  empty(): void {}\n}\n`,
  "src/bill.ts": `import { round } from "./money.ts";\nimport fs from "node:fs";\nexport const total = (a: number) => round(a);\nfs.statSync(".");\n`,
  "src/odd.ts": "export const text = `\u202e`;\r\nexport const ROUND = 1;\r\n",
  "docs/guide.md": "# Guide\n\n## Rounding\nHalf up.\n\n## Other\n",
  "README.md": "# Read me\n",
};

test("reading: a file, a part of it, and beyond its end", async () => {
  const folder = temporaryFolder({ ...FILES, "long.txt": "line\n".repeat(3_000), "wide.txt": "x".repeat(70_000) });
  const tools = openPlainTools(folder);
  expect((await ask(tools, "read_file", { path: "./src/money.ts", from: 2, to: 3 })).result).toEqual({
    path: "src/money.ts",
    language: "typescript",
    sizeBytes: 134,
    lines: 8,
    from: 2,
    to: 3,
    isCut: false,
    text: "export function round(value: number): number {\n  return Math.round(value);",
  });
  expect((await ask(tools, "read_file", { path: "README.md", from: 5 })).result).toMatchObject({
    text: "",
    isCut: false,
  });
  expect((await ask(tools, "read_file", { path: "long.txt" })).result).toMatchObject({
    to: 2_000,
    lines: 3_000,
    isCut: true,
  });
  expect((await ask(tools, "read_file", { path: "wide.txt" })).result).toMatchObject({ isCut: true });
  // Data here; whoever shows it makes it visible.
  expect((await ask(tools, "read_file", { path: "src/odd.ts" })).result["text"]).toContain("\u202e");
});

test("a file that is binary or too large is refused", async () => {
  const folder = temporaryFolder({ "a.bin": new Uint8Array([1, 0, 2]), "b.txt": "x".repeat(4 * 1024 * 1024 + 1) });
  const tools = openPlainTools(folder);
  expect(await failureOf(tools, "read_file", { path: "a.bin" })).toBe("unreadable-file");
  expect(await failureOf(tools, "read_file", { path: "b.txt" })).toBe("unreadable-file");
});

test("listing and searching by folder and pattern, the same with git and without", async () => {
  const folder = temporaryFolder(FILES);
  initRepository(folder);
  writeFiles(folder, { "src/untracked.ts": "// round about\n" });
  for (const trusted of [true, false]) {
    const tools = openPlainTools(folder, { trusted });
    expect((await ask(tools, "list_files", { folder: "src", glob: "**/*.ts", limit: 2 })).result).toEqual({
      total: 4,
      isCut: true,
      files: [
        { path: "src/bill.ts", language: "typescript" },
        { path: "src/money.ts", language: "typescript" },
      ],
    });
    expect(await failureOf(tools, "list_files", { folder: "none" })).toBe("usage");
    const { result } = await ask<{ matches: object[]; files: number }>(tools, "search_text", {
      query: "ROUND",
      word: true,
    });
    expect(result.files).toBe(4);
    expect(result.matches).toEqual([
      { path: "src/bill.ts", line: 1, column: 10, text: 'import { round } from "./money.ts";' },
      { path: "src/bill.ts", line: 3, column: 37, text: "export const total = (a: number) => round(a);" },
      { path: "src/money.ts", line: 2, column: 17, text: "export function round(value: number): number {" },
      { path: "src/money.ts", line: 3, column: 15, text: "  return Math.round(value);" },
      { path: "src/odd.ts", line: 2, column: 14, text: "export const ROUND = 1;" },
      { path: "src/untracked.ts", line: 1, column: 4, text: "// round about" },
    ]);
    const exact = await ask<{ matches: { path: string }[] }>(tools, "search_text", { query: "ROUND", case: true });
    expect(exact.result.matches.map(({ path }) => path)).toEqual(["src/odd.ts"]);
    expect((await ask(tools, "search_text", { query: "round", limit: 1 })).result).toMatchObject({ isCut: true });
    // What means something to git or to a pattern language is text here.
    for (const query of ["-v", "(a)*$", ".*", "\\"]) {
      const matched = await ask<{ matches: unknown[] }>(tools, "search_text", { query });
      expect(matched.result.matches, query).toHaveLength(0);
    }
  }
});

test("documents by heading", async () => {
  const tools = openPlainTools(temporaryFolder(FILES));
  const { result } = await ask<{ documents: { path: string }[] }>(tools, "read_docs");
  expect(result.documents.map(({ path }) => path)).toEqual(["README.md", "docs/guide.md"]);
  expect((await ask(tools, "read_docs", { query: "ROUND" })).result["sections"]).toEqual([
    { path: "docs/guide.md", heading: "Rounding", line: 3, text: "## Rounding\nHalf up.\n", isCut: false },
  ]);
});

test("history: log, blame and what differs; a commit makes old answers new", async () => {
  const folder = temporaryFolder(FILES);
  initRepository(folder);
  const tools = openPlainTools(folder, { trusted: true });
  const subjects = async (parameters: object = {}) => {
    const { result, source } = await ask<{ commits: { subject: string }[] }>(tools, "git_log", parameters);
    return [source, ...result.commits.map(({ subject }) => subject)];
  };
  expect(await subjects()).toEqual(["made", "state"]);
  expect(await subjects()).toEqual(["cached", "state"]);
  writeFiles(folder, { "README.md": "# Read me\nnow\n" });
  expect(await subjects()).toEqual(["cached", "state"]);
  expect((await ask(tools, "git_blame", { path: "README.md" })).result["parts"]).toMatchObject([
    { from: 1, to: 1, subject: "state", author: "Test" },
    { from: 2, to: 2, commit: null },
  ]);
  expect((await ask(tools, "git_diff")).result).toMatchObject({
    files: [{ status: "M", path: "README.md" }],
    isCut: false,
  });
  runGit(folder, "commit", "-q", "-am", "now");
  expect(await subjects()).toEqual(["made", "now", "state"]);
  expect(await subjects({ path: "src" })).toEqual(["made", "state"]);
  expect((await ask(tools, "git_diff")).result).toMatchObject({ files: [], patch: "" });
  expect((await ask(tools, "git_diff", { base: "HEAD~1" })).result).toMatchObject({ files: [{ path: "README.md" }] });
  expect(await failureOf(tools, "git_diff", { base: "--output=x" })).toBe("usage");
  expect(await failureOf(openPlainTools(temporaryFolder(FILES), { trusted: true }), "git_log")).toBe("not-allowed");
});

test("a branch that has moved on is another base", async () => {
  const folder = temporaryFolder({ "a.txt": "one\n" });
  initRepository(folder);
  runGit(folder, "branch", "other");
  const tools = openPlainTools(folder, { trusted: true });
  writeFiles(folder, { "a.txt": "two\n" });
  const files = async () => (await ask<{ files: unknown[] }>(tools, "git_diff", { base: "other" })).result.files.length;
  expect(await files()).toBe(1);
  runGit(folder, "stash", "-q");
  runGit(folder, "checkout", "-q", "other");
  writeFiles(folder, { "a.txt": "two\n" });
  runGit(folder, "commit", "-q", "-am", "two");
  expect(await files()).toBe(0);
});

test("several folders: paths begin with a folder's name, git wants to know which", async () => {
  const one = temporaryFolder({ "a.txt": "one\n" });
  const two = temporaryFolder({ "a.txt": "two\n" });
  initRepository(two);
  const engine = await openEngine();
  const folders = [
    { path: one, prefix: "one/" },
    { path: two, prefix: "two/" },
  ];
  const tools = await engine.openTools({ folders, trusted: true });
  expect((await ask(tools, "read_file", { path: "two/a.txt" })).result["text"]).toBe("two");
  expect((await ask(tools, "list_files")).result["files"]).toMatchObject([
    { path: "one/a.txt" },
    { path: "two/a.txt" },
  ]);
  expect(await failureOf(tools, "read_file", { path: "a.txt" })).toBe("not-allowed");
  expect(await failureOf(tools, "git_log")).toBe("usage");
  expect(await failureOf(tools, "git_log", { path: "one" })).toBe("not-allowed");
  expect((await ask<{ commits: unknown[] }>(tools, "git_log", { path: "two" })).result.commits).toHaveLength(1);
  tools.dispose();
});

test("outlines, imports, importers and symbols come from the stored outlines", async () => {
  const folder = temporaryFolder(FILES);
  const tools = await openEngineTools(await openEngine(), folder);
  const { result } = await ask<{ symbols: object[]; metrics: unknown }>(tools, "outline", { path: "src/money.ts" });
  expect(result.symbols).toMatchObject([
    { name: "round", kind: "function", line: 2, endLine: 4, exported: true, doc: "Money." },
    { name: "Purse", kind: "class", line: 6, endLine: 8 },
    { name: "empty", kind: "method", container: "Purse", line: 7 },
  ]);
  expect((await ask(tools, "imports", { path: "src/bill.ts" })).result).toEqual({
    path: "src/bill.ts",
    files: [{ path: "src/money.ts", symbols: ["round"] }],
    outside: ["node:fs"],
  });
  const users = { path: "src/money.ts", files: [{ path: "src/bill.ts", symbols: ["round"] }] };
  expect(await ask(tools, "importers", { path: "src/money.ts" })).toEqual({ source: "made", result: users });
  expect(await ask(tools, "importers", { path: "src/money.ts" })).toEqual({ source: "cached", result: users });
  expect((await ask(tools, "search_symbols", { query: "ROUND" })).result["symbols"]).toMatchObject([
    { path: "src/money.ts", name: "round", line: 2 },
    { path: "src/odd.ts", name: "ROUND", line: 2 },
  ]);
  writeFiles(folder, { "src/more.ts": `import { Purse } from "./money.ts";\nnew Purse();\n` });
  const { result: more } = await ask<{ files: object[] }>(tools, "importers", { path: "src/money.ts" });
  expect(more.files).toMatchObject([{ path: "src/bill.ts" }, { path: "src/more.ts", symbols: ["Purse"] }]);
  expect((await ask(tools, "outline", { path: "README.md" })).result).toMatchObject({ symbols: [] });
});

test("problems come from whoever knows them, and are asked for anew when they change", async () => {
  let message = "first";
  const problem = () => ({ line: 1, column: 1, severity: "error" as const, source: "ts", code: "1", message });
  const tools = openPlainTools(temporaryFolder(FILES), {
    problems: { version: () => message, of: async () => [problem()] },
  });
  const asked = { path: "src/money.ts" };
  expect((await ask(tools, "diagnostics", asked)).result["problems"]).toMatchObject([{ message: "first" }]);
  expect((await ask(tools, "diagnostics", asked)).source).toBe("cached");
  message = "second";
  expect((await ask(tools, "diagnostics", asked)).result["problems"]).toMatchObject([{ message: "second" }]);
  expect(await failureOf(openPlainTools(temporaryFolder(FILES)), "diagnostics", asked)).toBe("not-allowed");
});
