/** Whatever another program does to files between two calls, no answer is from before. */
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { fileState, type FileState } from "../../../../src/core/tools/fileVersions.ts";
import type { Tools } from "../../../../src/core/tools/openTools.ts";
import { createFakeClock, type FakeClock } from "../../../support/fakeClock.ts";
import { initRepository } from "../../../support/gitRepository.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { ask, failureOf, openPlainTools } from "../../../support/toolsFixture.ts";

const NAMES = ["a.txt", "b.txt", "sub/c.txt"] as const;
/** The first three have the same size. */
const CONTENTS = ["red fish", "blue ape", "grey owl", "a longer word"] as const;

interface Granularity {
  readonly ms: number;
  /** Some file systems make numbers up. */
  readonly hasInodes: boolean;
}

/** A disk whose stamps are those of a clock that tests move, as coarse as they say. Contents are really on disk. */
function createDisk(folder: string, clock: FakeClock, { ms, hasInodes }: Granularity) {
  const times = new Map<string, { mtimeMs: number; ctimeMs: number }>();
  const at = (name: string) => path.join(folder, name);
  const coarse = (time: number) => BigInt(Math.floor(time / ms) * ms) * 1_000_000n;
  return {
    stateOf(absolute: string): FileState | undefined {
      const state = fileState(absolute);
      const known = times.get(absolute);
      if (!state || !known) return state;
      const ino = hasInodes ? state.ino : 0n;
      return { ...state, ino, mtimeNs: coarse(known.mtimeMs), ctimeNs: coarse(known.ctimeMs) };
    },
    write(name: string, content: string, keepsTime: boolean) {
      const before = times.get(at(name))?.mtimeMs;
      fs.mkdirSync(path.dirname(at(name)), { recursive: true });
      fs.writeFileSync(at(name), content);
      times.set(at(name), { mtimeMs: keepsTime && before !== undefined ? before : clock.now(), ctimeMs: clock.now() });
    },
    rename(from: string, to: string) {
      if (from === to || !fs.existsSync(at(from))) return;
      fs.mkdirSync(path.dirname(at(to)), { recursive: true });
      fs.renameSync(at(from), at(to));
      const moved = times.get(at(from))!;
      times.delete(at(from));
      // With numbers that tell files apart, nothing else has to.
      times.set(at(to), hasInodes ? moved : { ...moved, ctimeMs: clock.now() });
    },
    remove(name: string) {
      fs.rmSync(at(name), { force: true });
      times.delete(at(name));
    },
    read: (name: string) => (fs.existsSync(at(name)) ? fs.readFileSync(at(name), "utf8") : undefined),
  };
}

type Step =
  | { readonly do: "write"; readonly name: string; readonly content: string; readonly keepsTime: boolean }
  | { readonly do: "rename"; readonly name: string; readonly to: string }
  | { readonly do: "remove"; readonly name: string }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "read" | "twice"; readonly name: string }
  | { readonly do: "search"; readonly content: string }
  | { readonly do: "list" };

const name = fc.constantFrom(...NAMES);
const content = fc.constantFrom(...CONTENTS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("write" as const), name, content, keepsTime: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("rename" as const), name, to: name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 400, 1_000, 2_500) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("read" as const, "twice" as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("search" as const), content }) },
  { weight: 1, arbitrary: fc.constant({ do: "list" as const }) },
);

/** Both edits fall into one tick of the clock, and put the old time of modification back. */
const RESTORED_TIMES: Step[] = [
  { do: "wait", ms: 2_500 },
  { do: "wait", ms: 2_500 },
  { do: "write", name: "a.txt", content: CONTENTS[1], keepsTime: true },
  { do: "read", name: "a.txt" },
  { do: "write", name: "a.txt", content: CONTENTS[2], keepsTime: true },
  { do: "read", name: "a.txt" },
  { do: "search", content: CONTENTS[2] },
];

/** Git goes on listing it. */
const REMOVED: Step[] = [
  { do: "list" },
  { do: "remove", name: "a.txt" },
  { do: "list" },
  { do: "search", content: CONTENTS[0] },
  { do: "read", name: "a.txt" },
];

interface Disk {
  readonly write: (name: string, content: string, keepsTime: boolean) => void;
  readonly rename: (from: string, to: string) => void;
  readonly remove: (name: string) => void;
  readonly read: (name: string) => string | undefined;
}

const sources = { made: 0, cached: 0, shared: 0 };

async function checkRead(tools: Tools, disk: Disk, name: string): Promise<void> {
  const now = disk.read(name);
  if (now === undefined) return expect(await failureOf(tools, "read_file", { path: name })).not.toBe("");
  const { result, source } = await ask(tools, "read_file", { path: name });
  expect(result["text"], name).toBe(now);
  sources[source as keyof typeof sources]++;
}

async function take(step: Step, disk: Disk, tools: Tools, wait: (ms: number) => Promise<void>): Promise<void> {
  if (step.do === "write") disk.write(step.name, step.content, step.keepsTime);
  else if (step.do === "rename") disk.rename(step.name, step.to);
  else if (step.do === "remove") disk.remove(step.name);
  else if (step.do === "wait") await wait(step.ms);
  else if (step.do === "read") await checkRead(tools, disk, step.name);
  else if (step.do === "twice")
    await Promise.all([checkRead(tools, disk, step.name), checkRead(tools, disk, step.name)]);
  else if (step.do === "list") {
    const { result } = await ask<{ files: { path: string }[] }>(tools, "list_files", { glob: "*.txt" });
    expect(result.files.map((one) => one.path)).toEqual(NAMES.filter((one) => disk.read(one) !== undefined));
  } else if (step.do === "search") {
    const { result } = await ask<{ matches: { path: string }[] }>(tools, "search_text", { query: step.content });
    expect(result.matches.map((one) => one.path)).toEqual(NAMES.filter((one) => disk.read(one) === step.content));
  }
}

for (const granularity of [
  { ms: 1, hasInodes: true },
  { ms: 1_000, hasInodes: true },
  { ms: 2_000, hasInodes: true },
  { ms: 2_000, hasInodes: false },
]) {
  const title = `stamps of ${granularity.ms} ms${granularity.hasInodes ? "" : ", no inode numbers"}`;
  test(`no answer is from before: ${title}`, async () => {
    const parent = temporaryFolder();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
        const folder = path.join(parent, `run${count++}`);
        fs.mkdirSync(folder);
        const clock = createFakeClock(Date.UTC(2026, 10, 20, 0, 0, 0, 300));
        const disk = createDisk(folder, clock, granularity);
        for (const name of NAMES) disk.write(name, CONTENTS[0], false);
        const tools = openPlainTools(folder, { clock, stateOf: disk.stateOf });
        for (const one of steps) await take(one, disk, tools, (ms) => clock.advance(ms));
        tools.dispose();
      }),
      { numRuns: 60, examples: [[RESTORED_TIMES]] },
    );
  });
}

afterAll(() => {
  // What is never kept is never outdated: the property must not hold for want of a cache.
  expect(sources.cached).toBeGreaterThan(100);
  expect(sources.shared).toBeGreaterThan(20);
});

test("the same on the real disk with its own clock, in a repository, searched with git", async () => {
  const folder = temporaryFolder({ "a.txt": "red fish", "b.txt": "red fish", "sub/c.txt": "red fish" });
  initRepository(folder);
  const at = (name: string) => path.join(folder, name);
  const tools = openPlainTools(folder, { trusted: true });
  const disk: Disk = {
    write(name, content, keepsTime) {
      const before = fs.statSync(at(name), { throwIfNoEntry: false });
      fs.mkdirSync(path.dirname(at(name)), { recursive: true });
      fs.writeFileSync(at(name), content);
      if (keepsTime && before) fs.utimesSync(at(name), before.atime, before.mtime);
    },
    rename(from, to) {
      if (fs.existsSync(at(from))) fs.renameSync(at(from), at(to));
    },
    remove: (name) => fs.rmSync(at(name), { force: true }),
    read: (name) => (fs.existsSync(at(name)) ? fs.readFileSync(at(name), "utf8") : undefined),
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
      for (const one of steps) await take(one, disk, tools, async () => {});
    }),
    { numRuns: 8, examples: [[REMOVED]] },
  );
});
