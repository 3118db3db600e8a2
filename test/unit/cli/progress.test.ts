import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayWidth } from "../../../src/cli/displayWidth.ts";
import { createOutput } from "../../../src/cli/output.ts";
import { createProgress } from "../../../src/cli/progress.ts";
import { progressLine } from "../../../src/cli/progressLine.ts";
import type { RunEvent, RunEventBody } from "../../../src/shared/events.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { commandLine, memoryStream } from "../../support/commandLine.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";

const START: RunEventBody = {
  type: "run-start",
  startedAt: "2026-11-21T14:32:00.000Z",
  workspace: "shop-api",
  provider: "openai",
  model: "gpt-5-mini",
  budgetUsd: 1,
};

function plan(files: number): RunEventBody {
  const quote = { likelyUsd: 0.1, atMostUsd: 0.23 };
  return {
    type: "plan",
    files,
    skipped: 0,
    cachedFiles: 0,
    pendingFiles: files,
    hits: 0,
    misses: files,
    quote,
    priceKnown: true,
  };
}

function fileEnd(path: string, findings = 0): RunEventBody {
  const list = Array.from({ length: findings }, () => sampleFinding({ path }));
  return { type: "file-end", ...sampleFile(path, "reviewed"), findings: list, summary: null };
}

const request = (path: string): RunEventBody => ({
  type: "request-start",
  requestId: path,
  paths: [path],
  attempt: 1,
  reservedUsd: 0,
});
const money = (spentUsd: number): RunEventBody => ({
  type: "money",
  spentUsd,
  reservedUsd: 0,
  savedUsd: 0,
  maybeBilledUsd: 0,
  unknown: false,
});

function end(): RunEventBody {
  return { type: "run-end", stoppedBy: null, error: null, report: sampleReport() };
}

function start(mode: "live" | "log" | "quiet", columns = 80) {
  const line = commandLine();
  const stream = memoryStream();
  const progress = createProgress({
    output: createOutput(stream),
    mode,
    width: () => columns,
    monotonicMs: line.io.monotonicMs,
    every: line.io.every,
  });
  let seq = 0;
  const play = (...bodies: readonly RunEventBody[]) => {
    for (const body of bodies)
      progress.onEvent({ runId: "r", seq: ++seq, monotonicMs: line.io.monotonicMs(), ...body } as RunEvent);
  };
  return { ...line, progress, play, text: stream.text };
}

describe("on a terminal", () => {
  test("one line, rewritten in place, erased at the end", () => {
    const { play, tick, text, timers } = start("live");
    play(START);
    tick(100);
    play(plan(4), request("src/payments/refund.ts"), fileEnd("a.ts", 2), money(0.04));
    tick(100);
    play(end());
    expect(text()).toBe(
      "\r\u001b[2K⠙ Looking for files · $0.00 of $1.00" +
        "\r\u001b[2K⠹ Reviewing 1 of 4 · 2 findings · $0.04 of $1.00 · src/payments/refund.ts" +
        "\r\u001b[2K",
    );
    expect(timers()).toBe(0);
  });

  test("nothing is painted after the end, and nothing before a run", () => {
    const { progress, tick, text } = start("live");
    tick(500);
    progress.end();
    tick(500);
    expect(text()).toBe("");
  });

  test("a line that stays does not mix with the live one", () => {
    const { progress, play, tick, text } = start("live");
    play(START);
    tick(100);
    progress.note("Cancelling");
    expect(text()).toContain("\r\u001b[2KCancelling\n\r\u001b[2K");
    expect(text().split("\u001b[2K").at(-1)).toMatch(/^\S Looking for files[^\n]*$/);
  });

  test("a wait counts down by itself", () => {
    const { play, tick, text } = start("live");
    play(START, plan(38), fileEnd("a.ts"), { type: "wait", reason: "rate-limit", ms: 12_000 });
    tick(100);
    expect(text()).toContain("Asked to slow down, goes on in 12 s · 1 of 38");
    tick(10_000);
    expect(text()).toContain("goes on in 2 s");
    tick(2_000);
    expect(text().split("\u001b[2K").at(-1)).toMatch(/^\S Reviewing 1 of 38/);
  });
});

describe("in a log", () => {
  test("a line at the start, at each quarter and at the end, without control codes", () => {
    const { play, text } = start("log");
    play(START, plan(40), ...Array.from({ length: 40 }, (_, index) => fileEnd(`${index}.ts`)), end());
    expect(text()).toBe(
      [
        "Reviewing 40 files with gpt-5-mini: about $0.10, at most $0.23, budget $1.00.",
        "25 %: 10 of 40 files · $0.00 of $1.00",
        "50 %: 20 of 40 files · $0.00 of $1.00",
        "75 %: 30 of 40 files · $0.00 of $1.00",
        "Complete: 2 of 2 files reviewed.",
        "",
      ].join("\n"),
    );
  });

  test("offline there is no money", () => {
    const { play, text } = start("log");
    play(
      { ...START, provider: "offline", model: null } as RunEventBody,
      plan(8),
      ...Array.from({ length: 5 }, (_, index) => fileEnd(`${index}.ts`)),
    );
    expect(text()).toBe("Reviewing 8 files offline.\n25 %: 2 of 8 files\n50 %: 4 of 8 files\n");
  });

  test("a long pause is told once", () => {
    const { play, text } = start("log");
    const wait: RunEventBody = { type: "wait", reason: "rate-limit", ms: 20_000 };
    play(START, plan(4), request("a.ts"), wait, wait, { ...wait, ms: 300 } as RunEventBody);
    expect(text().match(/slow down/g)).toHaveLength(1);
  });
});

test("quiet says only what must be said", () => {
  const { play, progress, text } = start("quiet");
  play(START, plan(4), fileEnd("a.ts"), end());
  expect(text()).toBe("");
  progress.note("The store is damaged.");
  expect(text()).toBe("The store is damaged.\n");
});

test("the line fits every width, hostile paths included", () => {
  const reader = createRunReader();
  const bodies = [
    START,
    plan(4_000),
    fileEnd("a.ts", 3),
    money(0.5),
    request("src/\u001b[2J令牌/\u202every-long-name-of-a-file-in-the-repository.ts"),
  ];
  for (const [index, body] of bodies.entries())
    reader.push({ runId: "r", seq: index + 1, monotonicMs: index, ...body } as RunEvent);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (width) => {
      const line = progressLine(reader.view(), 10, width);
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
