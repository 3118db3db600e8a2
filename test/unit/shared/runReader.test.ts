import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "../../../src/shared/events.ts";
import type { FileStatus, Severity } from "../../../src/shared/report.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { createSampleRing } from "../../../src/shared/sampleRing.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";

const START: RunEventBody = {
  type: "run-start",
  startedAt: "2026-11-21T14:32:00.000Z",
  workspace: "shop-api",
  provider: "openai",
  model: "gpt-5-mini",
  budgetUsd: 1,
};

const QUOTE = { likelyUsd: 0.1, atMostUsd: 0.23 };

function plan(files: number): RunEventBody {
  return {
    type: "plan",
    files,
    skipped: 0,
    cachedFiles: 0,
    pendingFiles: files,
    hits: 0,
    misses: files,
    quote: QUOTE,
    priceKnown: true,
  };
}

function fileEnd(path: string, status: FileStatus = "reviewed", severities: readonly Severity[] = []): RunEventBody {
  const findings = severities.map((severity) => sampleFinding({ path, severity }));
  return { type: "file-end", ...sampleFile(path, status), findings, summary: null };
}

/** One event every 100 ms unless told otherwise. */
function eventsOf(bodies: readonly RunEventBody[], everyMs = 100, runId = "run-1"): RunEvent[] {
  return bodies.map(
    (body, index) => ({ runId, seq: index + 1, monotonicMs: 1_000 + index * everyMs, ...body }) as RunEvent,
  );
}

function read(events: readonly RunEvent[]) {
  const reader = createRunReader();
  for (const event of events) reader.push(event);
  return reader.view();
}

test("nothing has happened yet", () => {
  const view = createRunReader().view();
  expect(view).toMatchObject({
    state: "idle",
    runId: "",
    remainingMs: null,
    waiting: null,
    cachedShare: 0,
    quote: null,
  });
  expect(view.coverage).toEqual({ files: 0, reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0 });
});

test("counts files by how they ended; the rest is pending", () => {
  const ends = [
    fileEnd("a"),
    fileEnd("b", "cached"),
    fileEnd("c", "skipped"),
    fileEnd("d", "failed"),
    fileEnd("e", "pending"),
  ];
  const view = read(eventsOf([START, plan(7), ...ends]));
  expect(view.coverage).toEqual({ files: 7, reviewed: 1, cached: 1, skipped: 1, failed: 1, pending: 3 });
  expect(view.cachedShare).toBeCloseTo(1 / 6);
  expect(view.quote).toEqual(QUOTE);
});

const early = (severity: Severity, id = ""): RunEventBody => ({
  type: "finding",
  finding: sampleFinding({ path: "a", severity, id }),
});

test("the end of a file replaces the findings that were shown before it", () => {
  const events = eventsOf([
    START,
    plan(2),
    early("error", "1"),
    early("warning", "2"),
    early("warning", "3"),
    fileEnd("a", "reviewed", ["error", "info"]),
  ]);
  expect(read(events.slice(0, 5)).findings).toEqual({ error: 1, warning: 2, info: 0 });
  expect(read(events).findings).toEqual({ error: 1, warning: 0, info: 1 });
});

test("a finding that comes again when it is whole counts once, as what it is then", () => {
  const events = eventsOf([
    START,
    plan(2),
    early("error", "1"),
    early("warning", "1"),
    fileEnd("a", "reviewed", ["info"]),
  ]);
  expect(read(events.slice(0, 4)).findings).toEqual({ error: 0, warning: 1, info: 0 });
  expect(read(events).findings).toEqual({ error: 0, warning: 0, info: 1 });
});

const requestStart = (requestId: string, attempt: number): RunEventBody => ({
  type: "request-start",
  requestId,
  paths: [`${requestId}.ts`],
  attempt,
  reservedUsd: 0.01,
});

const requestEnd = (requestId: string, outcome: "ok" | "failed"): RunEventBody => ({
  type: "request-end",
  requestId,
  paths: [`${requestId}.ts`],
  outcome,
  code: null,
  ms: 2_000,
  usage: outcome === "ok" ? { inputTokens: 100, cachedInputTokens: 40, cacheWriteTokens: null, outputTokens: 7 } : null,
  costUsd: null,
  maybeBilledUsd: 0,
});

test("requests: in flight, retries, failures, tokens, latency", () => {
  const view = read(
    eventsOf([
      START,
      requestStart("a", 1),
      requestStart("b", 1),
      { type: "request-first-token", requestId: "a", ms: 600 },
      requestEnd("a", "ok"),
      requestEnd("b", "failed"),
      requestStart("b2", 2),
    ]),
  );
  expect(view.requests).toEqual({ started: 3, ended: 2, failed: 1, retries: 1 });
  expect(view.tokens).toEqual({ input: 100, cachedInput: 40, output: 7 });
  expect(view.latencyMs).toEqual({ count: 1, p50: 2_000, p95: 2_000, p99: 2_000, max: 2_000 });
  expect(view.firstTokenMs).toMatchObject({ count: 1, p50: 600 });
  expect(view.inFlight).toEqual([{ path: "b2.ts", sinceMs: 1_600 }]);
});

test("at most 16 files in flight are listed, the newest ones", () => {
  const starts = Array.from({ length: 30 }, (_, index): RunEventBody => {
    return { type: "request-start", requestId: `r${index}`, paths: [`${index}.ts`], attempt: 1, reservedUsd: 0 };
  });
  const { inFlight } = read(eventsOf([START, ...starts]));
  expect(inFlight).toHaveLength(16);
  expect(inFlight.at(-1)?.path).toBe("29.ts");
});

const wait = (ms: number): RunEventBody => ({ type: "wait", reason: "rate-limit", ms });

describe("time", () => {
  test("what is left follows the rate of work; cached files say nothing about it", () => {
    const cached = Array.from({ length: 50 }, (_, index) => fileEnd(`c${index}`, "cached"));
    const work = Array.from({ length: 10 }, (_, index) => fileEnd(`w${index}`));
    const events = eventsOf([START, plan(80), ...cached], 0);
    const seq = events.length;
    const slow = [...work.entries()].map(([index, body]) => {
      return Object.assign(
        { runId: "run-1", seq: seq + index + 1, monotonicMs: 1_500 + index * 500 },
        body,
      ) as RunEvent;
    });
    const view = read([...events, ...slow]);
    expect(view.coverage.pending).toBe(20);
    expect(view.remainingMs).toBeCloseTo(20 * 500, 0);
    expect(read(events).remainingMs).toBeNull();
  });

  test("a change of pace counts after a while", () => {
    const events = eventsOf(
      [START, plan(1_000), ...Array.from({ length: 400 }, (_, index) => fileEnd(`${index}`))],
      10,
    );
    const last = events.at(-1)!;
    const slower = Array.from({ length: 200 }, (_, index) => {
      return {
        ...fileEnd(`s${index}`),
        runId: "run-1",
        seq: last.seq + index + 1,
        monotonicMs: last.monotonicMs + (index + 1) * 100,
      } as RunEvent;
    });
    const { remainingMs, coverage } = read([...events, ...slower]);
    expect(remainingMs).toBeGreaterThan(coverage.pending * 95);
    expect(remainingMs).toBeLessThan(coverage.pending * 105);
  });

  test("a wait is shown until it is over, the longest one first, and is added to what is left", () => {
    const work = Array.from({ length: 10 }, (_, index) => fileEnd(`w${index}`));
    const before = read(eventsOf([START, plan(20), ...work]));
    const events = eventsOf([START, plan(20), ...work, wait(20_000), wait(500)]);
    const view = read(events);
    const until = events.at(-2)!.monotonicMs + 20_000;
    expect(view.waiting).toEqual({ reason: "rate-limit", untilMonotonicMs: until });
    expect(view.remainingMs!).toBeGreaterThan(before.remainingMs! + 19_000);
    const after = { ...plan(20), runId: "run-1", seq: 99, monotonicMs: until } as RunEvent;
    expect(read([...events, after]).waiting).toBeNull();
  });
});

test("the report has the last word", () => {
  const report = sampleReport({ run: { stoppedBy: "budget", complete: false }, usage: { retries: 9 } });
  const end: RunEventBody = { type: "run-end", stoppedBy: "budget", error: null, report };
  const money: RunEventBody = {
    type: "money",
    spentUsd: 0.01,
    reservedUsd: 0.5,
    savedUsd: 0,
    maybeBilledUsd: 0,
    unknown: false,
  };
  const view = read(eventsOf([START, plan(90), money, end]));
  expect(view).toMatchObject({
    state: "budget",
    stoppedBy: "budget",
    spentUsd: 0.0904,
    reservedUsd: 0,
    remainingMs: null,
    elapsedMs: 31_700,
  });
  expect(view.coverage).toEqual(report.coverage);
  expect(view.requests.retries).toBe(9);
});

test.each([
  [null, true, "complete"],
  [null, false, "partial"],
  ["cancel", false, "cancelled"],
  ["budget", false, "budget"],
  ["error", false, "error"],
] as const)("stopped by %s, complete %s: %s", (stoppedBy, complete, state) => {
  const report = sampleReport({ run: { stoppedBy, complete } });
  expect(read(eventsOf([START, { type: "run-end", stoppedBy, error: null, report }])).state).toBe(state);
});

test("an unknown price stays unknown", () => {
  const unknown = { ...plan(3), priceKnown: false } as RunEventBody;
  const money: RunEventBody = {
    type: "money",
    spentUsd: 0,
    reservedUsd: 0,
    savedUsd: 0,
    maybeBilledUsd: 0,
    unknown: false,
  };
  expect(read(eventsOf([START, unknown, money])).costUnknown).toBe(true);
  expect(read(eventsOf([START, plan(3), money])).costUnknown).toBe(false);
});

test("another run starts afresh, and late events of the earlier one change nothing", () => {
  const first = eventsOf([START, plan(5), fileEnd("a")]);
  const second = eventsOf([START, plan(2)], 100, "run-2");
  const view = read([...first, ...second, { ...first[2]!, seq: 4 }]);
  expect(view.runId).toBe("run-2");
  expect(view.coverage).toMatchObject({ files: 2, pending: 2 });
});

const status = fc.constantFrom<FileStatus>("reviewed", "cached", "skipped", "failed", "pending");
const severities = fc.array(fc.constantFrom<Severity>("error", "warning", "info"), { maxLength: 4 });
const body: fc.Arbitrary<RunEventBody> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(40), status, severities).map(([n, how, list]) => fileEnd(`f${n}`, how, list)),
  },
  fc.tuple(fc.nat(40), severities).map(([n, list]): RunEventBody => ({
    type: "finding",
    finding: sampleFinding({ path: `f${n}`, severity: list[0] ?? "info" }),
  })),
  fc.nat(60).map(plan),
  fc.nat(60).map((files): RunEventBody => ({ type: "snapshot", files, skipped: 0 })),
  fc.nat(5_000).map((ms): RunEventBody => ({ type: "wait", reason: "backoff", ms })),
);
const runs = fc.array(body, { maxLength: 60 }).map((bodies) => eventsOf([START, ...bodies]));

test("counts always add up", () => {
  fc.assert(
    fc.property(runs, (events) => {
      const reader = createRunReader();
      for (const event of events) {
        reader.push(event);
        const { coverage, findings, cachedShare, remainingMs } = reader.view();
        const { files, reviewed, cached, skipped, failed, pending } = coverage;
        expect(files).toBe(reviewed + cached + skipped + failed + pending);
        expect(Math.min(files, reviewed, cached, skipped, failed, pending)).toBeGreaterThanOrEqual(0);
        expect(Math.min(findings.error, findings.warning, findings.info)).toBeGreaterThanOrEqual(0);
        expect(cachedShare >= 0 && cachedShare <= 1).toBe(true);
        expect(remainingMs === null || (Number.isFinite(remainingMs) && remainingMs >= 0)).toBe(true);
      }
    }),
  );
});

test("replaying gives the same view, also when parts come twice", () => {
  fc.assert(
    fc.property(runs, fc.nat(), (events, cut) => {
      const once = read(events);
      const middle = cut % (events.length + 1);
      expect(read([...events.slice(0, middle), ...events.slice(Math.floor(middle / 2))])).toEqual(once);
    }),
  );
});

// No clock is read: a view that walked over the files would take minutes here, and the test would not end in time.
test("a view costs the same however many files there are", () => {
  const reader = createRunReader();
  const files = 100_000;
  const ends = Array.from({ length: files }, (_, index) => fileEnd(`f${index}`, "reviewed", ["error"]));
  for (const event of eventsOf([START, plan(files), ...ends], 1)) {
    reader.push(event);
    reader.view();
  }
  expect(reader.view().findings.error).toBe(files);
});

describe("samples", () => {
  test("percentiles are of the latest, count and maximum of all", () => {
    const ring = createSampleRing(100);
    ring.push(5_000);
    for (let value = 1; value <= 100; value++) ring.push(value);
    expect(ring.summary()).toEqual({ count: 101, p50: 50, p95: 95, p99: 99, max: 5_000 });
  });

  test("a percentile is always one of the samples", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 50 }), (values) => {
        const ring = createSampleRing(16);
        for (const value of values) ring.push(value);
        const { p50, p95, max } = ring.summary();
        expect(values.slice(-16)).toContain(p50);
        expect(values.slice(-16)).toContain(p95);
        expect(p50 <= p95 && p95 <= max).toBe(true);
      }),
    );
  });
});

test("an unchanged workspace is shown as its files would be, one by one", () => {
  const severities: readonly Severity[] = ["error", "info"];
  const files = ["a.ts", "b.ts", "c.ts"];
  const findings = severities.map((severity) => sampleFinding({ path: "a.ts", severity }));
  const report = sampleReport({ files: files.map((path) => sampleFile(path, "cached")), findings });
  const oneByOne = files.map((path, at) => fileEnd(path, "cached", at === 0 ? severities : []));
  const viewAfter = (told: readonly RunEventBody[]) => {
    const reader = createRunReader();
    for (const event of eventsOf([START, plan(3), ...told])) reader.push(event);
    return { ...reader.view(), elapsedMs: 0, remainingMs: 0 };
  };
  const unchanged: RunEventBody = { type: "unchanged", report, summaries: {} };
  expect(viewAfter([unchanged])).toEqual(viewAfter(oneByOne));
  const end: RunEventBody = { type: "run-end", stoppedBy: null, error: null, report };
  expect(viewAfter([unchanged, end])).toEqual(viewAfter([...oneByOne, end]));
});
