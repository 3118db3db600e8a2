import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/core/engine.ts";
import { openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const LIB = `/** Reads. */
export function parse(text: string): number[] {
  return text.split(",").map(Number);
}

export interface Options {
  depth: number;
}

export const LIMIT = 3;
`;
const FILES = {
  "src/lib.ts": LIB,
  "src/user.ts": `import { parse } from "./lib.ts";\nexport const total = (text: string) => parse(text).length;\n`,
  "src/typed.ts": `import type { Options } from "./lib.ts";\nexport const deep = (options: Options) => options.depth;\n`,
  "src/through.ts": `import { parse } from "./index.ts";\nexport const first = (text: string) => parse(text)[0];\n`,
  "src/index.ts": `export * from "./lib.ts";\n`,
  "src/alone.ts": `export const alone = 1;\n`,
};

async function reviewedWorkspace() {
  const simulator = await openSimulator();
  const engine = await openModelEngine(simulator);
  const folder = temporaryFolder(FILES);
  await engine.run(requestFor(folder));
  const sent = async () => {
    const { pending } = await engine.estimate(requestFor(folder));
    const reasons = Object.fromEntries(pending.map((one) => [one.path, one.reason]));
    const before = simulator.requests.length;
    const report = await engine.run(requestFor(folder));
    expect(report.run.complete).toBe(true);
    expect(simulator.requests.length - before).toBe(pending.length);
    return reasons;
  };
  const edit = (file: string, from: string, to: string) => {
    const at = path.join(folder, file);
    const text = fs.readFileSync(at, "utf8");
    expect(text).toContain(from);
    fs.writeFileSync(at, text.replace(from, to));
  };
  return { simulator, engine, folder, sent, edit };
}

describe("an edit is reviewed again where it can matter, and nowhere else", () => {
  it("a body alone: its own file", async () => {
    const { sent, edit } = await reviewedWorkspace();
    expect(await sent()).toEqual({});
    edit("src/lib.ts", "map(Number)", "map(parseFloat)");
    expect(await sent()).toEqual({ "src/lib.ts": "edited" });
  });

  it("a comment, a format or a symbol that nobody uses: its own file", async () => {
    const { sent, edit } = await reviewedWorkspace();
    edit("src/lib.ts", "/** Reads. */", "/** Reads numbers. */");
    edit("src/lib.ts", "text: string): number[]", "text:  string,\n): number[]");
    edit("src/lib.ts", "LIMIT = 3", "LIMIT: number = 4");
    expect(await sent()).toEqual({ "src/lib.ts": "edited" });
  });

  it("a signature: its file and exactly its users, each told why", async () => {
    const { sent, edit } = await reviewedWorkspace();
    edit("src/lib.ts", "text: string)", "text: string, base?: number)");
    const reason = "`parse` in src/lib.ts changed its signature";
    expect(await sent()).toEqual({ "src/lib.ts": "edited", "src/user.ts": reason, "src/through.ts": reason });
    edit("src/lib.ts", "depth: number", "depth: bigint");
    expect(await sent()).toEqual({
      "src/lib.ts": "edited",
      "src/typed.ts": "`Options` in src/lib.ts changed its signature",
    });
  });

  it("taken back, renamed, moved or joined by another user: nothing", async () => {
    const { sent, edit, folder } = await reviewedWorkspace();
    edit("src/lib.ts", "text: string)", "text: string, base?: number)");
    await sent();
    fs.writeFileSync(path.join(folder, "src/lib.ts"), LIB);
    expect(await sent()).toEqual({});
    writeFiles(folder, { "src/second.ts": `import { parse } from "./lib.ts";\nexport const x = parse("1");\n` });
    expect(await sent()).toEqual({ "src/second.ts": "new file" });
    fs.renameSync(path.join(folder, "src/alone.ts"), path.join(folder, "src/single.ts"));
    expect(await sent()).toEqual({});
    // What a file uses may move: only who imports it from there has been edited for that.
    fs.mkdirSync(path.join(folder, "src/deep"));
    fs.renameSync(path.join(folder, "src/lib.ts"), path.join(folder, "src/deep/lib.ts"));
    edit("src/index.ts", "./lib.ts", "./deep/lib.ts");
    for (const user of ["user", "typed", "second"]) edit(`src/${user}.ts`, "./lib.ts", "./deep/lib.ts");
    expect(Object.keys(await sent()).toSorted()).toEqual([
      "src/index.ts",
      "src/second.ts",
      "src/typed.ts",
      "src/user.ts",
    ]);
  });

  it("gone: whoever used it is told", async () => {
    const { sent, folder } = await reviewedWorkspace();
    fs.rmSync(path.join(folder, "src/lib.ts"));
    const reason = "`parse`, which it uses, is no longer in src/lib.ts";
    expect(await sent()).toEqual({
      "src/through.ts": reason,
      "src/user.ts": reason,
      "src/typed.ts": "`Options`, which it uses, is no longer in src/lib.ts",
    });
  });

  it("asked about by itself or with all others, a file is the same unit", async () => {
    const { sent, edit, engine, folder, simulator } = await reviewedWorkspace();
    edit("src/lib.ts", "text: string)", "text: string, base?: number)");
    const before = simulator.requests.length;
    await engine.run(requestFor(folder, { only: ["src/user.ts"] }));
    await engine.run(requestFor(folder, { only: ["src/through.ts"] }));
    expect(simulator.requests.length - before).toBe(2);
    expect(await sent()).toEqual({ "src/lib.ts": "edited" });
  });

  it("sends the signatures, without secrets, and nothing of files that are left out", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const folder = temporaryFolder({
      "a.ts": `import { connect } from "./b.ts";\nimport { inner } from "./c.ts";\nconnect(inner);\n`,
      "b.ts": `export function connect(key = "${["AKIA", "Z7QK4WTR2MNX5VYB"].join("")}") { return key; }\n`,
      "c.ts": `export const inner = 1;\n`,
      ".onceoverignore": "c.ts\n",
    });
    await engine.run(requestFor(folder));
    const bodies = simulator.requests.map(({ body }) => JSON.stringify(body));
    expect(bodies.filter((body) => body.includes("# What the unit uses"))).toHaveLength(1);
    expect(bodies.join("\n")).toContain(String.raw`function connect(key = \"****`);
    expect(bodies.join("\n")).not.toMatch(/Z7QK4WTR2MNX5VYB|inner = 1/);
  });
});

describe("equal keys", () => {
  it("mean equal prompts, and other keys other prompts", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const signature = fc.constantFrom("a: string", "a:  string", "a: number", "a: string, b = 1");
    const body = fc.constantFrom("return 1;", "return 2;");
    const keyOf = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(signature, body, fc.constantFrom("f", "g"), async (parameters, inside, used) => {
        const folder = temporaryFolder({
          "lib.ts": `export function f(${parameters}) { ${inside} }\nexport function g() {}\n`,
          "user.ts": `import { ${used} } from "./lib.ts";\n${used}();\n`,
        });
        const prompt = await promptOf(engine, folder, "user.ts");
        const pending = (await engine.estimate(requestFor(folder))).pending.length;
        const before = simulator.requests.length;
        await engine.run(requestFor(folder));
        // What was asked before in these very bytes is not asked again, and anything else is.
        const asked = new Set(simulator.requests.slice(before).map(({ body: sent }) => JSON.stringify(sent)));
        expect(simulator.requests.length - before).toBe(pending);
        expect(asked.size).toBe(pending);
        if (prompt !== null) {
          expect(keyOf.has(prompt)).toBe(false);
          keyOf.set(prompt, folder);
        }
      }),
      { numRuns: 24 },
    );
    const all = simulator.requests.map(({ body: sent }) => JSON.stringify(sent));
    expect(new Set(all).size).toBe(all.length);
  });
});

async function promptOf(engine: Engine, folder: string, file: string): Promise<string | null> {
  const preview = await engine.preview(requestFor(folder), file);
  return preview && JSON.stringify(preview.parts);
}
