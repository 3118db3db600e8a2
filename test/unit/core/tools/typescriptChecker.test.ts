import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createEngine } from "../../../../src/core/engineFactory.ts";
import { createSystemPorts } from "../../../../src/core/systemPorts.ts";
import { DEFAULT_SETTINGS } from "../../../../src/shared/settings.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";
import { ask, failureOf } from "../../../support/toolsFixture.ts";

/** A compiler that counts its runs and says what the test wrote down; a real one takes seconds. */
const COMPILER = `
const fs = require("node:fs");
fs.appendFileSync("runs.log", process.argv.slice(2).join(" ") + "\\n");
const said = fs.readFileSync("said.log", "utf8");
if (said === "broken") { process.stderr.write("cannot\\nmore"); process.exit(1); }
process.stdout.write(said);
process.exit(said === "" ? 0 : 2);
`;

test("the folder's own compiler is run once for all files, again after an edit, and only where it is trusted", async () => {
  const store = temporaryFolder();
  const folder = temporaryFolder({
    "tsconfig.json": "{}",
    "a.ts": "let a: string = 1;\n",
    "b.ts": "let b = 1;\n",
    ".gitignore": "*.log\nnode_modules\n",
    "said.log": "a.ts(1,5): error TS2322: Type 'number' is not assignable.\n",
    "node_modules/typescript/bin/tsc": COMPILER,
    "node_modules/typescript/package.json": "{}",
  });
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const ports = createSystemPorts({ secrets: { apiKey: async () => undefined }, logger });
  const engine = await createEngine(ports, { ...DEFAULT_SETTINGS, storeFolder: store });
  const open = (trusted: boolean, mayCheckTypes: boolean) =>
    engine.openTools({ folders: [{ path: folder, prefix: "" }], trusted, mayCheckTypes });
  const runs = () => fs.readFileSync(path.join(folder, "runs.log"), "utf8").trim().split("\n");
  try {
    for (const tools of [await open(false, true), await open(true, false)]) {
      expect(await failureOf(tools, "diagnostics", { path: "a.ts" })).toBe("not-allowed");
      tools.dispose();
    }
    expect(fs.existsSync(path.join(folder, "runs.log"))).toBe(false);
    const tools = await open(true, true);
    expect((await ask(tools, "diagnostics", { path: "a.ts" })).result["problems"]).toMatchObject([
      { line: 1, column: 5, code: "TS2322", source: "typescript" },
    ]);
    expect((await ask(tools, "diagnostics", { path: "b.ts" })).result["total"]).toBe(0);
    expect(runs()).toHaveLength(1);
    expect(runs()[0]).toMatch(/--noEmit --incremental --tsBuildInfoFile .+checker.+ --pretty false$/);
    writeFiles(folder, { "said.log": "", "a.ts": "let a = 1;\n" });
    expect((await ask(tools, "diagnostics", { path: "a.ts" })).result["total"]).toBe(0);
    expect(runs()).toHaveLength(2);
    writeFiles(folder, { "said.log": "broken", "a.ts": "let a = 2;\n" });
    await expect(tools.call("diagnostics", { path: "a.ts" })).rejects.toThrow("The type checker failed: cannot");
    tools.dispose();
    expect(fs.existsSync(path.join(store, "checker"))).toBe(true);
    await engine.eraseAll();
    expect(fs.existsSync(path.join(store, "checker"))).toBe(false);
  } finally {
    await engine.dispose();
  }
});
