import { expect, test } from "vitest";
import { createEngine } from "../../../src/core/engineFactory.ts";
import { commandLine } from "../../support/commandLine.ts";
import { temporaryFolder, writeFiles } from "../../support/temporaryFolder.ts";

function terminal(files: Record<string, string> = {}) {
  const cwd = temporaryFolder(files);
  return { cwd, ...commandLine({ cwd, createEngine, env: {} }) };
}

test("a tool's answer is JSON in which nothing is hidden", async () => {
  const { run, out, err, listening } = terminal({ "sub/a.ts": "export const a = `\u202e\u001b[31m`;\nlet b;\n" });
  expect(await run("tool", "read_file", "--path", "a.ts", "--to=1", "sub", "--cache-dir", "store", "--verbose")).toBe(
    0,
  );
  for (const hidden of ["\u202e", "\u001b"]) expect(out()).not.toContain(hidden);
  expect(JSON.parse(out())).toMatchObject({ path: "a.ts", text: "export const a = `\u202e\u001b[31m`;", to: 1 });
  expect(err()).toMatch(/^read_file: made, \d+\.\d ms$/m);
  expect(listening()).toBe(0);
});

test("flags that take no value leave the path alone", async () => {
  const { run, out } = terminal({ "sub/a.ts": "let Aa, aa;\n" });
  expect(await run("tool", "search_text", "--query", "aa", "--case", "--word", "sub", "--cache-dir", "store")).toBe(0);
  expect(JSON.parse(out())).toMatchObject({ matches: [{ line: 1, column: 9 }] });
});

test("the list names every tool, for people and as JSON schema", async () => {
  const people = terminal();
  expect(await people.run("tool", "list")).toBe(0);
  expect(people.out()).toContain("read_file\n  Text of a file");
  const scripts = terminal();
  expect(await scripts.run("tool", "list", "--format", "json")).toBe(0);
  const { schema, tools } = JSON.parse(scripts.out()) as {
    schema: string;
    tools: { name: string; parameters: object }[];
  };
  expect(schema).toBe("onceover.toollist/1");
  expect(tools[0]).toMatchObject({
    name: "read_file",
    parameters: { type: "object", required: ["path"], properties: { from: { type: "integer", minimum: 1 } } },
  });
});

test.each([
  [["tool"], "Which tool?"],
  [["tool", "red_file"], "Did you mean onceover tool read_file?"],
  [["tool", "read_file", "--pth", "a"], "Did you mean --path?"],
  [["tool", "read_file", "--path"], "--path needs a value."],
  [["tool", "read_file"], "path"],
  [["tool", "read_file", "--path", "a.ts", "--from", "x"], "--from is a whole number, not x."],
  [["tool", "read_file", "--path", "a.ts", "--provider", "openai"], "--provider does not belong to onceover tool"],
  [["tool", "read_file", "--path", ".env"], ".env may hold credentials"],
  [["tool", "read_file", "--path", "a.ts", "--calls", "f"], "--calls goes with a batch."],
  [["tool", "diagnostics", "--path", "a.ts"], "add --diagnostics"],
  [["tool", "diagnostics", "--path", "a.ts", "--diagnostics"], "There is no type checker in"],
  [["tool", "batch"], "Which calls?"],
  [["tool", "batch", "--calls", "none"], "none cannot be read (ENOENT)."],
  [["tool", "batch", "--calls", "a.ts"], "Line 1 is no call."],
])("%j is refused with what to do", async (argv, said) => {
  const { run, err } = terminal({ "a.ts": "let a;\n" });
  expect(await run(...argv, "--cache-dir", "store")).toBe(2);
  expect(err()).toContain(said);
});

test("a batch answers all calls in their order, twice the same once, and says what failed", async () => {
  const { run, out, cwd } = terminal({ "a.ts": "let a;\n" });
  const calls = [
    { tool: "read_file", parameters: { path: "a.ts" } },
    { tool: "read_file", parameters: { path: "none.ts" } },
    { tool: "read_file", parameters: { path: "a.ts" } },
  ];
  writeFiles(cwd, { "calls.jsonl": calls.map((one) => JSON.stringify(one)).join("\n\n") });
  expect(await run("tool", "batch", "--calls", "calls.jsonl", "--cache-dir", "store")).toBe(3);
  const { schema, calls: answers, tools } = JSON.parse(out()) as { schema: string; calls: object[]; tools: object[] };
  expect(schema).toBe("onceover.tools/1");
  expect(answers).toMatchObject([
    { source: "made", result: { text: "let a;" } },
    { error: { code: "not-allowed" } },
    { source: "shared", result: { text: "let a;" } },
  ]);
  expect(tools).toMatchObject([{ name: "read_file", calls: 3, hits: 1, failures: 1 }]);
});
