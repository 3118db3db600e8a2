/** What tools must never show, with a real engine behind them. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openEngine } from "../../../support/engineFixture.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";
import { ask, failureOf, openEngineTools, openPlainTools } from "../../../support/toolsFixture.ts";

const TOKEN = `ghp_${"aB3dE5fG7h".repeat(4).slice(0, 36)}`;

const FORBIDDEN: readonly (readonly [what: string, path: string])[] = [
  ["what may hold keys", ".env"],
  ["an ignored file", "dist/out.js"],
  ["git's own files", ".git/config"],
  ["what lies outside", "../outside.txt"],
  ["an absolute path", "/etc/passwd"],
  ["a way around", "src/../../outside.txt"],
  ["a file behind a link", "linked/outside.txt"],
  ["a link", "link.txt"],
  ["a folder", "src"],
  ["the workspace itself", "."],
  ["what is not there", "src/none.ts"],
  ["a NUL", "src/a.ts\0"],
  ["what .onceoverignore names", "private/notes.md"],
];

test("what tools must not read they refuse, however it is named", async () => {
  const parent = temporaryFolder({ "outside.txt": "outside" });
  const folder = path.join(parent, "workspace");
  writeFiles(folder, {
    ".env": "KEY=1",
    ".gitignore": "dist/\n",
    ".onceoverignore": "private/\n",
    "dist/out.js": "1",
    "private/notes.md": "# Mine",
    "src/a.ts": "export const a = 1;\n",
  });
  fs.symlinkSync(parent, path.join(folder, "linked"));
  fs.symlinkSync("../outside.txt", path.join(folder, "link.txt"));
  initRepository(folder);
  const tools = openPlainTools(folder, { trusted: true });
  for (const [what, asked] of FORBIDDEN) {
    expect(await failureOf(tools, "read_file", { path: asked }), what).toMatch(/^(not-allowed|unreadable-file)$/);
  }
  const { result } = await ask<{ matches: { path: string }[] }>(tools, "search_text", { query: "outside" });
  expect(result.matches).toEqual([]);
});

test("a committed .env is in no listing, search, blame or patch", async () => {
  const folder = temporaryFolder({ ".env": "PASSWORD=old\n", "a.ts": "export const a = 1;\n" });
  initRepository(folder);
  writeFiles(folder, { ".env": "PASSWORD=new\n", "a.ts": "export const a = 2;\n" });
  const tools = openPlainTools(folder, { trusted: true });
  expect((await ask(tools, "list_files")).result["files"]).toEqual([{ path: "a.ts", language: "typescript" }]);
  expect((await ask(tools, "search_text", { query: "PASSWORD" })).result["matches"]).toEqual([]);
  expect(await failureOf(tools, "git_blame", { path: ".env" })).toBe("not-allowed");
  expect(await failureOf(tools, "git_log", { path: ".env" })).toBe("not-allowed");
  expect(await failureOf(tools, "git_diff", { path: ".env" })).toBe("not-allowed");
  const { result } = await ask<{ patch: string; files: unknown }>(tools, "git_diff");
  expect(result.files).toEqual([{ status: "M", path: "a.ts" }]);
  expect(result.patch).toContain("+export const a = 2;");
  expect(result.patch).not.toContain("PASSWORD");
});

test("secrets are replaced in every answer, and cannot be searched for", async () => {
  const folder = temporaryFolder({
    "a.ts": `const token = "${TOKEN}"; // here\nexport const after = 1;\n`,
    "README.md": `# Setup\nUse ${TOKEN} for it.\n`,
  });
  initRepository(folder);
  writeFiles(folder, { "a.ts": `const token = "${TOKEN}"; // there\nexport const after = 1;\n` });
  const tools = await openEngineTools(await openEngine(), folder);
  const calls: [string, object][] = [
    ["read_file", { path: "a.ts" }],
    ["read_file", { path: "a.ts", from: 1, to: 1 }],
    ["search_text", { query: "const token" }],
    ["git_diff", {}],
    ["read_docs", { query: "setup" }],
    ["outline", { path: "a.ts" }],
    ["search_symbols", { query: "token" }],
  ];
  for (const [name, parameters] of calls) {
    const { json } = await tools.call(name, parameters);
    expect(json, name).not.toContain(TOKEN.slice(4, 20));
  }
  expect((await ask(tools, "search_text", { query: TOKEN.slice(0, 12) })).result["matches"]).toEqual([]);
  expect((await ask<{ text: string }>(tools, "read_file", { path: "a.ts" })).result.text).toContain("// there");
});

test("in a workspace that is not trusted no process is started and git's tools refuse; the rest answers", async () => {
  const folder = temporaryFolder({ "a.ts": "export const a = 1;\n", ".onceoverignore": "a.ts\n" });
  initRepository(folder);
  const tools = openPlainTools(folder, { trusted: false });
  const before = process.env["PATH"];
  // Whatever were started would not be found.
  process.env["PATH"] = "";
  try {
    for (const name of ["git_log", "git_diff"]) expect(await failureOf(tools, name)).toBe("not-allowed");
    expect(await failureOf(tools, "git_blame", { path: "a.ts" })).toBe("not-allowed");
    expect((await ask(tools, "read_file", { path: "a.ts" })).result["text"]).toBe("export const a = 1;");
    expect((await ask(tools, "search_text", { query: "CONST A" })).result["matches"]).toHaveLength(1);
  } finally {
    process.env["PATH"] = before;
  }
});

test("an answer that is kept is not given any longer once its file is ignored", async () => {
  const folder = temporaryFolder({ "sub/deep/a.txt": "text" });
  const tools = openPlainTools(folder);
  const asked = { path: "sub/deep/a.txt" };
  await ask(tools, "read_file", asked);
  expect((await ask(tools, "read_file", asked)).source).toBe("cached");
  writeFiles(folder, { "sub/.gitignore": "deep\n" });
  expect(await failureOf(tools, "read_file", asked)).toBe("not-allowed");
  fs.rmSync(path.join(folder, "sub/.gitignore"));
  expect((await ask(tools, "read_file", asked)).result["text"]).toBe("text");
});

test("what is staged makes no answer old; what is no longer tracked and ignored is not given any longer", async () => {
  const folder = temporaryFolder({ "a.txt": "text", "b.txt": "other", "out/kept.txt": "kept" });
  initRepository(folder);
  writeFiles(folder, { ".gitignore": "out/\n", "b.txt": "edited" });
  const tools = openPlainTools(folder, { trusted: true });
  const source = async (path: string) => (await ask(tools, "read_file", { path })).source;
  // It is tracked: being in an ignored folder does not make it ignored.
  for (const path of ["a.txt", "out/kept.txt"]) expect(await source(path)).toBe("made");
  runGit(folder, "add", "b.txt");
  for (const path of ["a.txt", "out/kept.txt"]) expect(await source(path)).toBe("cached");
  runGit(folder, "rm", "-q", "--cached", "out/kept.txt");
  expect(await source("a.txt")).toBe("cached");
  expect(await failureOf(tools, "read_file", { path: "out/kept.txt" })).toBe("not-allowed");
});

test.runIf(process.platform !== "win32")("nor when a folder on its way has become a link to elsewhere", async () => {
  const parent = temporaryFolder();
  const folder = path.join(parent, "workspace");
  writeFiles(folder, { "sub/a.txt": "text" });
  const tools = openPlainTools(folder);
  await ask(tools, "read_file", { path: "sub/a.txt" });
  // The very same file, with the same stamps: only the way to it leads out now.
  fs.renameSync(path.join(folder, "sub"), path.join(parent, "moved"));
  fs.symlinkSync(path.join(parent, "moved"), path.join(folder, "sub"));
  expect(await failureOf(tools, "read_file", { path: "sub/a.txt" })).not.toBe("");
});

test("nothing that a repository configures is run", async () => {
  const folder = temporaryFolder({ "a.txt": "one\n", ".gitattributes": "* diff=spy filter=spy\n" });
  initRepository(folder);
  const touched = path.join(folder, "touched");
  const spy = `sh -c 'echo x >> "${touched}"; cat'`;
  const settings = [
    ["diff.spy.command", spy],
    ["diff.spy.textconv", spy],
    ["diff.external", spy],
    ["filter.spy.clean", spy],
    ["filter.spy.smudge", spy],
    ["core.fsmonitor", spy],
    ["core.pager", spy],
    ["log.showSignature", "true"],
    ["gpg.program", spy],
  ];
  const config = settings.map(([name, value]) => {
    const [section, ...rest] = name!.split(".");
    const [key, middle] = [rest.at(-1), rest.slice(0, -1).join(".")];
    return `[${section}${middle ? ` "${middle}"` : ""}]\n\t${key} = ${JSON.stringify(value)}\n`;
  });
  fs.appendFileSync(path.join(folder, ".git/config"), config.join(""));
  writeFiles(folder, { "a.txt": "two\n" });
  const tools = openPlainTools(folder, { trusted: true });
  await ask(tools, "git_log");
  await ask(tools, "git_blame", { path: "a.txt" });
  expect((await ask<{ patch: string }>(tools, "git_diff")).result.patch).toContain("+two");
  await ask(tools, "search_text", { query: "two" });
  expect(fs.existsSync(touched)).toBe(false);
});

test("no tool is called anything that changes or fetches", async () => {
  const { describeTools } = await import("../../../../src/core/tools/describeTools.ts");
  expect(describeTools().map(({ name }) => name)).toEqual([
    "read_file",
    "outline",
    "imports",
    "importers",
    "list_files",
    "search_text",
    "search_symbols",
    "diagnostics",
    "git_log",
    "git_blame",
    "git_diff",
    "read_docs",
  ]);
});
