import { expect, test } from "vitest";
import type { OutlineResult, OutlineTask } from "../../../../src/core/offline/analysis.ts";
import { withOutlines, type Planning } from "../../../../src/core/review/planRun.ts";
import type { OutlineRow, Store } from "../../../../src/core/store/store.ts";
import { systemClock } from "../../../../src/core/systemPorts.ts";
import type { MeasuredOutline } from "../../../../src/core/workspace/outline/outline.ts";
import { requestFor } from "../../../support/engineFixture.ts";

const outline: MeasuredOutline = {
  symbols: [],
  imports: [],
  free: ["run"],
  namespaces: [],
  properties: [],
  defaultExport: "",
  metrics: { lines: 1, functions: 0, cognitiveComplexity: 0 },
};

/** @param answer what comes of a file, by its place and how often it was tried before */
async function outlinesOf(files: number, answer: (file: number, tries: number) => "made" | "failed") {
  const tries = Array.from({ length: files }, () => 0);
  const saved: OutlineRow[] = [];
  const warnings: string[] = [];
  const tasks = tries.map((_, file): OutlineTask => ({
    absolutePath: `/f${file}`,
    folder: "/",
    language: "go",
    contentHash: String(file),
  }));
  const outlineAll = async (asked: readonly OutlineTask[]) =>
    asked.map(({ contentHash }): OutlineResult => {
      const isMade = answer(Number(contentHash), tries[Number(contentHash)]!++) === "made";
      return isMade ? { ok: true, contentHash, outline } : { ok: false, message: "It took longer than 20 s." };
    });
  const planning = {
    store: { saveOutlines: async (rows: readonly OutlineRow[]) => void saved.push(...rows) } as unknown as Store,
    pool: { outline: outlineAll } as unknown as Planning["pool"],
    planRequest: () => ({ outlineVersion: "1" }) as ReturnType<Planning["planRequest"]>,
    ports: { clock: systemClock, logger: { warn: (line: string) => void warnings.push(line) } } as Planning["ports"],
  };
  const { outlines } = await withOutlines(planning, requestFor("/"), undefined, async () => ({
    missingOutlines: saved.length === 0 ? tasks : [],
  }));
  return { tries, saved, warnings, outlines };
}

test("a file that was given up once is tried again, and only that", async () => {
  const { tries, saved, warnings, outlines } = await outlinesOf(3, (file, tried) =>
    file === 1 && tried === 0 ? "failed" : "made",
  );
  expect(tries).toEqual([1, 2, 1]);
  expect(saved.map((row) => [row.contentHash, row.outline.free])).toEqual([
    ["0", ["run"]],
    ["1", ["run"]],
    ["2", ["run"]],
  ]);
  expect(warnings).toEqual([]);
  expect(outlines).toMatchObject({ made: 3, failures: 0 });
});

test("what cannot be outlined is known as that until it changes, and said", async () => {
  const { tries, saved, warnings, outlines } = await outlinesOf(2, (file) => (file === 0 ? "failed" : "made"));
  expect(tries).toEqual([2, 1]);
  expect(saved.map((row) => [row.contentHash, row.outline.free])).toEqual([
    ["0", []],
    ["1", ["run"]],
  ]);
  expect(warnings).toEqual(["A file could not be outlined: It took longer than 20 s."]);
  expect(outlines).toMatchObject({ made: 2, failures: 1 });
});
