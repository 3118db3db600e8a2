import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openEngine, requestFor } from "../../../support/engineFixture.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

/** One function with that many levels: level n costs n. */
const nested = (levels: number) =>
  `export function f(a: number) {\n${"if (a) {\n".repeat(levels)}${"}\n".repeat(levels)}}\n`;

function repository(): string {
  const folder = temporaryFolder({
    "hub.ts": nested(3),
    "maze.ts": nested(8),
    "a.ts": `import { f } from "./hub.ts";\nimport "./b.ts";\nf(1);\n`,
    "b.ts": `import { f } from "./hub.ts";\nimport "./a.ts";\nf(1);\n`,
    "c.ts": `import { f } from "./hub.ts";\nf(1);\n`,
    "notes.json": "{}\n",
    "vendor/x.min.js": "f();\n",
  });
  initRepository(folder);
  for (const n of [1, 2]) {
    fs.appendFileSync(path.join(folder, "hub.ts"), `// ${n}\n`);
    runGit(folder, "commit", "-qam", `edit ${n}`);
  }
  return folder;
}

test("hot spots are known by complexity, users and history, without a model and without a finding", async () => {
  const folder = repository();
  const engine = await openEngine();
  const { spots, cycles } = await engine.hotSpots(requestFor(folder));
  expect(spots.map(({ path: at }) => at)).toEqual(["maze.ts", "hub.ts", "a.ts", "b.ts", "c.ts"]);
  expect(spots[0]).toMatchObject({ cognitiveComplexity: 36, functions: 1, importers: 0, commits: 1, level: "complex" });
  expect(spots[0]!.reasons).toEqual(["a function of cognitive complexity 36"]);
  expect(spots[1]).toMatchObject({ cognitiveComplexity: 6, importers: 3, commits: 3, level: "simple" });
  expect(spots[1]!.reasons).toEqual(["used by 3 files", "changed 3 times in a year"]);
  expect(cycles).toEqual([["a.ts", "b.ts"]]);
});

test("security findings of an earlier review count; an edit is seen; in a folder that is not trusted git is not asked", async () => {
  const folder = repository();
  const engine = await openEngine();
  await engine.run(requestFor(folder));
  fs.writeFileSync(path.join(folder, "c.ts"), `export const run = (code: string) => eval(code);\n`);
  expect((await engine.hotSpots(requestFor(folder))).spots[2]).toMatchObject({ path: "a.ts" });
  await engine.run(requestFor(folder));
  const { spots } = await engine.hotSpots(requestFor(folder, { trusted: false }));
  const edited = spots.find((one) => one.path === "c.ts")!;
  expect(edited.sinks.length).toBeGreaterThan(0);
  expect(edited.reasons[0]).toBe(`security findings: ${edited.sinks.join(", ")}`);
  expect(spots.every(({ commits }) => commits === null)).toBe(true);
  expect(spots.find((one) => one.path === "hub.ts")!.importers).toBe(2);
});
