import { expect, test } from "vitest";
import { createEngine } from "../../../src/core/engineFactory.ts";
import { commandLine } from "../../support/commandLine.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const maze = `export function f(a) {\n${"if (a) {\n".repeat(9)}${"}\n".repeat(9)}}\n`;

function terminal(files: Record<string, string>) {
  const cwd = temporaryFolder(files);
  return commandLine({ cwd, createEngine, env: {} });
}

test("the hottest files come first, with reasons and circles, odd names escaped", async () => {
  const { run, out, listening } = terminal({
    "maze\u202e.js": maze,
    "a.js": `import { b } from "./b.js";\nexport const a = () => b;\n`,
    "b.js": `import { a } from "./a.js";\nexport const b = () => a;\n`,
  });
  expect(await run("hotspots", "--cache-dir", "store")).toBe(0);
  expect(out()).toBe(
    [
      "Where to look first, of 3 source files",
      "",
      "   1  maze\\u{202e}.js",
      "      a function of cognitive complexity 45",
      "",
      "Files that use each other in a circle",
      "",
      "  a.js ↔ b.js",
      "",
    ].join("\n"),
  );
  expect(listening()).toBe(0);
});

test("JSON has all of it, and a folder in which nothing stands out says so", async () => {
  const quiet = terminal({ "a.js": "export const a = 1;\n" });
  expect(await quiet.run("hotspots", "--cache-dir", "store")).toBe(0);
  expect(quiet.out()).toBe("Nothing stands out in 1 source file.\n");
  const { run, out } = terminal({ "a.js": maze, "b.js": "export const b = 1;\n" });
  expect(await run("hotspots", "--format", "json", "--cache-dir", "store")).toBe(0);
  const found = JSON.parse(out()) as { schema: string; spots: { path: string }[]; cycles: unknown[] };
  expect(found.schema).toBe("onceover.hotspots/1");
  expect(found.spots.map(({ path }) => path)).toEqual(["a.js", "b.js"]);
  expect(found.cycles).toEqual([]);
});

test("flags that belong to a review are refused", async () => {
  const { run, err } = terminal({});
  expect(await run("hotspots", "--provider", "openai")).toBe(2);
  expect(err()).toContain("--provider does not belong to onceover hotspots");
});
