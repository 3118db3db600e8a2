import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { defineCase, formatResult, runCase } from "../../../bench/harness.ts";
import { runNode } from "../../../bench/nodeProcess.ts";
import { createSampleFolder } from "../../../bench/sampleFolder.ts";
import { median } from "../../../bench/statistics.ts";
import { formatTable } from "../../../bench/table.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
});

function program(source: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-bench-test-"));
  folders.push(folder);
  const file = path.join(folder, "program.mjs");
  fs.writeFileSync(file, source);
  return file;
}

describe("median", () => {
  it("leaves as many values below as above, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
      }),
    );
    expect(median([9, 1, 4])).toBe(4);
    expect(median([4, 1, 9, 2])).toBe(3);
  });
});

describe("formatTable", () => {
  it("aligns the first column to the left and the others to the right", () => {
    expect(
      formatTable(
        ["", "ms"],
        [
          ["slow", "1500"],
          ["a", "9"],
        ],
      ).split("\n"),
    ).toEqual(["        ms", "──────────", "slow  1500", "a        9"]);
  });
});

describe("a case", () => {
  const times = { plain: [100, 1000, 300], quick: [50, 100, 30] };

  function twoRows(order: string[] = []) {
    let runs = 0;
    return defineCase<AsyncDisposable & { readonly run: number }>({
      name: "two",
      title: "Two rows",
      conditions: "made up",
      baseline: "plain",
      figures: [{ key: "cost", heading: "cost", format: (value) => `$${value}` }],
      async openScope() {
        const run = runs++;
        return { run, [Symbol.asyncDispose]: async () => void order.push(`close ${run}`) };
      },
      rows: (["plain", "quick"] as const).map((name) => ({
        name,
        async measure({ run }) {
          order.push(`${name} ${run}`);
          if (name === "quick" && run === 1) throw new Error("out of luck");
          return { wallMs: times[name][run] ?? NaN, figures: { cost: name === "plain" ? run : null } };
        },
      })),
    });
  }

  it("compares rows within each run, and closes every scope", async () => {
    const order: string[] = [];
    const result = await runCase(twoRows(order), 3, () => {});
    expect(order).toEqual([0, 1, 2].flatMap((run) => [`plain ${run}`, `quick ${run}`, `close ${run}`]));
    const [plain, quick] = result.rows;
    expect(plain?.wallMs).toEqual({ median: 300, min: 100, max: 1000 });
    // 50/100 and 30/300; of the failed run there is no ratio.
    expect(quick?.ratio).toEqual({ median: 0.3, min: 0.1, max: 0.5 });
    expect([plain?.figures["cost"], quick?.figures["cost"]]).toEqual([1, null]);
  });

  it("keeps a failure beside the figures of the runs that went well", async () => {
    const bench = twoRows();
    const result = await runCase(bench, 3, () => {});
    expect(result.rows.map((row) => row.error)).toEqual([null, "out of luck"]);
    const text = formatResult(result, bench.figures);
    expect(text).toContain("! quick: out of luck");
    expect(text).toMatch(/quick +40 ms +30 ms +50 ms +0\.30× +–/);
  });
});

describe("runNode", () => {
  it("takes output, exit status, memory and time of a program, and hides the caller's environment", async () => {
    process.env["BENCH_TEST_SECRET"] = "visible";
    const file = program(`
      const kept = Buffer.alloc(150 * 2 ** 20, 1);
      process.stdout.write(String(process.env.BENCH_TEST_SECRET) + process.env.GIVEN + process.argv[2] + kept[0]);
      process.stderr.write("oops");
      process.exitCode = 3;
    `);
    const result = await runNode(file, ["!"], { timeoutMs: 10_000, env: { GIVEN: "given" } });
    delete process.env["BENCH_TEST_SECRET"];
    expect(result).toMatchObject({ exitCode: 3, stdout: "undefinedgiven!1", stderr: "oops" });
    expect(result.peakRssBytes).toBeGreaterThan(150 * 2 ** 20);
    expect(result.peakRssBytes).toBeLessThan(600 * 2 ** 20);
    expect(result.cpuMs).toBeGreaterThan(0);
  });

  it("knows no memory of a program that was killed", async () => {
    const result = await runNode(program("process.kill(process.pid, 'SIGKILL');"), [], { timeoutMs: 10_000 });
    expect(result).toMatchObject({ exitCode: null, peakRssBytes: null });
  });
});

describe("createSampleFolder", () => {
  it("copies real files of a bounded size, and cleans up", async () => {
    const folder = await createSampleFolder(5);
    const sizes = fs.readdirSync(folder.path).map((name) => fs.statSync(path.join(folder.path, name)).size);
    expect(sizes).toHaveLength(5);
    expect(sizes.every((size) => size > 0 && size <= 16 * 1024)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(folder.sizeBytes);
    await folder[Symbol.asyncDispose]();
    expect(fs.existsSync(folder.parent)).toBe(false);
  });
});
