import fs from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Report, SecondLook } from "../../../../../src/shared/report.ts";
import {
  checkReport,
  openModelEngine,
  openSimulator,
  requestFor,
  runWithEvents,
} from "../../../../support/engineFixture.ts";
import { claimsIn } from "../../../../support/providerSimulator/refuterReply.ts";
import type { ChatRequest } from "../../../../support/providerSimulator/chatRequest.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

const CODE = `export function first(list: number[]) {
  return list[0].toFixed(2);
}

export function second(list: number[]) {
  if (list.length < 2) throw new Error("too short");
  return list[1].toFixed(2);
}

export function third(find: () => number[]) {
  return find()[2].toFixed(2);
}
`;

const QUOTES = ["  return list[0].toFixed(2);", "  return list[1].toFixed(2);", "  return find()[2].toFixed(2);"];

function review(quotes = QUOTES, severity = "error") {
  const findings = quotes.map((quote, index) => ({
    quote,
    category: "bug",
    severity,
    title: `An empty list ends it (${index})`,
    scenario: "The list is empty.",
    explanation: "Nothing is there to be read.",
    fix: null,
    confidence: 0.8,
    needs: "The callers.",
  }));
  return JSON.stringify({ summary: "Reads lists.", findings });
}

const verdictOf: Readonly<Record<string, object>> = {
  [QUOTES[0]!.trim()]: { verdict: "confirmed", evidence: QUOTES[0], reason: "Nothing checks the length." },
  [QUOTES[1]!.trim()]: {
    verdict: "refuted",
    evidence: 'if (list.length < 2) throw new Error("too short");',
    reason: "The length is checked before.",
  },
  [QUOTES[2]!.trim()]: { verdict: "undecided", evidence: null, reason: "What find gives is not shown." },
};

function isLook(request: ChatRequest): boolean {
  return JSON.stringify(request.schema ?? null).includes("verdicts");
}

function answer(request: ChatRequest): string {
  if (!isLook(request)) return review();
  const verdicts = claimsIn(request.lastUserText).map(({ number, quote }) => ({ claim: number, ...verdictOf[quote] }));
  return JSON.stringify({ verdicts });
}

function looks(report: Report): Record<string, SecondLook["verdict"] | undefined> {
  const all = [...report.findings, ...(report.refuted ?? [])].filter((finding) => finding.source === "model");
  return Object.fromEntries(all.map((finding) => [finding.quote.trim(), finding.secondLook?.verdict]));
}

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "lists.ts"), CODE);
});

describe("a second look at errors", () => {
  it("confirms, refutes and leaves open, with one request for all claims of a unit", async () => {
    const simulator = await openSimulator({ reply: answer });
    const engine = await openModelEngine(simulator, { refuter: true });
    const { report, events } = await runWithEvents(engine, requestFor(folder));
    checkReport(report);
    expect(report.run.complete).toBe(true);
    expect(report.usage.requests).toBe(2);
    const shown = report.findings.map(({ severity, secondLook }) => [severity, secondLook?.verdict]);
    expect(shown).toEqual([
      ["error", "confirmed"],
      ["warning", "undecided"],
    ]);
    expect(report.refuted).toMatchObject([
      {
        severity: "error",
        secondLook: {
          verdict: "refuted",
          reason: "The length is checked before.",
          evidence: expect.stringContaining("too short"),
        },
      },
    ]);
    expect(report.suppressed.refuted).toBe(1);
    // None of them was shown as an error before that was known.
    const early = events.filter((event) => event.type === "finding");
    expect(early.length).toBeGreaterThan(0);
    expect(early.map(({ finding }) => [finding.severity, finding.secondLook?.verdict])).toEqual(
      early.map(() => ["warning", "pending"]),
    );
  });

  it("is never paid for again while the code stands, over restarts and renames", async () => {
    const simulator = await openSimulator({ reply: answer });
    const storeFolder = temporaryFolder();
    const settings = { refuter: true, storeFolder };
    const first = await openModelEngine(simulator, settings);
    const before = looks(await first.run(requestFor(folder)));
    await first.dispose();
    fs.renameSync(path.join(folder, "lists.ts"), path.join(folder, "renamed.ts"));
    const again = await openModelEngine(simulator, settings);
    const report = await again.run(requestFor(folder));
    expect(report.usage.requests).toBe(0);
    expect(report.coverage.cached).toBe(1);
    expect(looks(report)).toEqual(before);
    expect(report.suppressed.refuted).toBe(1);
  });

  it("asks about errors alone", async () => {
    const simulator = await openSimulator({ reply: () => review(QUOTES, "warning") });
    const engine = await openModelEngine(simulator, { refuter: true });
    const report = await engine.run(requestFor(folder));
    expect(report.usage.requests).toBe(1);
    expect(report.findings).toHaveLength(3);
    expect(report.refuted).toEqual([]);
  });

  it("is not asked for when it is switched off", async () => {
    const simulator = await openSimulator({ reply: answer });
    const engine = await openModelEngine(simulator, { refuter: false });
    const report = await engine.run(requestFor(folder));
    expect(report.usage.requests).toBe(1);
    expect(report.findings.map(({ severity }) => severity)).toEqual(["error", "error", "error"]);
  });

  it("takes a refutation without evidence for no refutation", async () => {
    const lie = { verdict: "refuted", evidence: "if (never.was(here)) return;", reason: "Trust me." };
    const reply = (request: ChatRequest) =>
      isLook(request)
        ? JSON.stringify({ verdicts: claimsIn(request.lastUserText).map(({ number }) => ({ claim: number, ...lie })) })
        : review();
    const engine = await openModelEngine(await openSimulator({ reply }), { refuter: true });
    const report = await engine.run(requestFor(folder));
    expect(report.findings.map(({ severity, secondLook }) => [severity, secondLook?.verdict])).toEqual(
      QUOTES.map(() => ["warning", "undecided"]),
    );
  });

  it("leaves warnings that say so when it fails, keeps the review, and asks again in the next run", async () => {
    let isBroken = true;
    const reply = (request: ChatRequest) =>
      isLook(request) && isBroken ? { text: "{", finish: "length" as const } : answer(request);
    const simulator = await openSimulator({ reply });
    const storeFolder = temporaryFolder();
    const engine = await openModelEngine(simulator, { refuter: true, storeFolder });
    const report = await engine.run(requestFor(folder));
    expect(report.files).toMatchObject([{ status: "reviewed" }]);
    expect(report.findings.map(({ severity, secondLook }) => [severity, secondLook?.verdict])).toEqual(
      QUOTES.map(() => ["warning", "unchecked"]),
    );
    isBroken = false;
    const plan = await engine.estimate(requestFor(folder));
    expect(plan.pending).toMatchObject([{ path: "lists.ts", reason: "its errors have not had a second look" }]);
    expect(plan.quote.likelyUsd).toBeGreaterThan(0);
    const next = await engine.run(requestFor(folder));
    checkReport(next);
    expect(next.usage.requests).toBe(1);
    expect(next.suppressed.refuted).toBe(1);
    expect((await engine.run(requestFor(folder))).usage.requests).toBe(0);
  });

  it("asks once more about an unreadable reply, then stores that there is no answer", async () => {
    const reply = (request: ChatRequest) => (isLook(request) ? "I would rather not." : review());
    const engine = await openModelEngine(await openSimulator({ reply }), { refuter: true });
    const report = await engine.run(requestFor(folder));
    expect(report.usage.requests).toBe(3);
    expect(report.findings[0]!.secondLook).toMatchObject({
      verdict: "unchecked",
      reason: expect.stringContaining("twice"),
    });
    expect((await engine.run(requestFor(folder))).usage.requests).toBe(0);
  });
});

describe("a second look over budget", () => {
  it("stops at the wall, keeps what was reviewed, and goes on in the next run", async () => {
    const simulator = await openSimulator({ reply: answer });
    const storeFolder = temporaryFolder();
    const review = await openModelEngine(simulator, { refuter: false, storeFolder, budgetUsd: null });
    await review.run(requestFor(folder));
    await review.dispose();
    const poor = await openModelEngine(simulator, { refuter: true, storeFolder, budgetUsd: 0.000001 });
    const report = await poor.run(requestFor(folder));
    checkReport(report);
    expect(report.run).toMatchObject({ stoppedBy: "budget", complete: false });
    expect(report.usage.requests).toBe(0);
    expect(report.findings.map(({ severity, secondLook }) => [severity, secondLook?.reason])).toEqual(
      QUOTES.map(() => ["warning", "the budget was reached"]),
    );
    await poor.dispose();
    const rich = await openModelEngine(simulator, { refuter: true, storeFolder, budgetUsd: null });
    const next = await rich.run(requestFor(folder));
    expect(next.usage.requests).toBe(1);
    expect(next.suppressed.refuted).toBe(1);
    expect(next.run.complete).toBe(true);
  });
});
