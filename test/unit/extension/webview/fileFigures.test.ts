import fc from "fast-check";
import { expect, test } from "vitest";
import { createFileFiguresReader, reportFileTable } from "../../../../src/extension/webview/fileFigures.ts";
import { scriptedRun, shopRun } from "../../../support/scriptedRun.ts";

const run = shopRun({ failed: 2, end: { stoppedBy: null } });
const end = run.events.at(-1);
if (end?.type !== "run-end") throw new Error("the run has not ended");
const { report } = end;

function played(events = run.events) {
  const reader = createFileFiguresReader();
  for (const event of events) reader.push(event);
  return reader;
}

test("a part of the list is that part of the whole, in order, however it is cut", () => {
  const reader = played();
  for (const order of ["slowest", "dearest"] as const) {
    const whole = reader.table({ order, from: 0, count: 1_000 });
    expect(whole.total).toBe(38);
    const values = whole.rows.map((row) => (order === "slowest" ? row.ms : (row.costUsd ?? Infinity)));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 100 }), (from, count) => {
        const part = reader.table({ order, from, count });
        expect(part.rows).toEqual(whole.rows.slice(part.from, part.from + count));
        expect(part.from).toBe(Math.min(from, 37));
      }),
    );
  }
});

test("a stored report has the same files and prices, without what was asked", () => {
  for (const order of ["slowest", "dearest"] as const) {
    const wish = { order, from: 0, count: 1_000 };
    const without = played().table(wish);
    expect(reportFileTable(report, wish)).toEqual({
      ...without,
      rows: without.rows.map((row) => ({ ...row, asked: null })),
    });
  }
});

test("why a file cost what it did: its requests, those sent again, tokens", () => {
  const small = scriptedRun("run-2");
  const start = { startedAt: "", workspace: "", provider: "openai", model: "m", budgetUsd: null } as const;
  small.add({ type: "run-start", ...start });
  const paths = ["src/a.ts"];
  const usage = { inputTokens: 100, cachedInputTokens: 40, cacheWriteTokens: 0, outputTokens: 7 };
  for (const attempt of [1, 2]) {
    const requestId = String(attempt);
    small.add({ type: "request-start", requestId, paths, attempt, reservedUsd: 0 });
    const isLast = attempt === 2;
    const outcome = isLast ? "ok" : "failed";
    const ending = {
      outcome,
      code: null,
      ms: 5,
      usage: isLast ? usage : null,
      costUsd: 0.5,
      maybeBilledUsd: 0,
    } as const;
    small.add({ type: "request-end", requestId, paths, ...ending });
  }
  const about = {
    reason: "edited",
    language: null,
    sizeBytes: 1,
    model: "m-large",
    modelReason: "touches crypto",
    summary: null,
    findings: [],
  } as const;
  small.add({ type: "file-end", path: "src/a.ts", status: "reviewed", durationMs: 9, costUsd: null, ...about });
  const { rows } = played(small.events).table({ order: "dearest", from: 0, count: 5 });
  expect(rows).toEqual([
    {
      path: "src/a.ts",
      status: "reviewed",
      reason: "edited",
      ms: 9,
      costUsd: null,
      model: "m-large",
      modelReason: "touches crypto",
      asked: { requests: 2, retries: 1, failed: 1, inputTokens: 100, cachedInputTokens: 40, outputTokens: 7 },
    },
  ]);
});
