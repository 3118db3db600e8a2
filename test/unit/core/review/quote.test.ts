import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../../src/shared/report.ts";
import { checkReport, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { fractionOf } from "../../../support/providerSimulator/random.ts";
import type { ChatRequest } from "../../../support/providerSimulator/chatRequest.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

/** Files of different lengths, in two languages, that no other `mark` has. */
function workspaceOf(count: number, mark: string): Record<string, string> {
  const entries = Array.from({ length: count }, (_, index) => {
    const functions = 1 + Math.floor(12 * fractionOf(mark, index, "length") ** 2);
    const isPython = index % 4 === 0;
    const bodies = Array.from({ length: functions }, (_each, at) => bodyOf(`${mark}${index}n${at}`, isPython));
    return [`src/part${index % 7}/file${index}.${isPython ? "py" : "ts"}`, bodies.join("\n")];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function bodyOf(name: string, isPython: boolean): string {
  if (isPython) return `def handle_${name}(value):\n    total = value * 2\n    send_${name}(total)\n    return total\n`;
  return `export function handle_${name}(value: number): number {\n  const total = value * 2;\n  send_${name}(total);\n  return total;\n}\n`;
}

/** A review of about so many tokens, the same for the same unit. */
function replyOf(tokensFor: (share: number) => number) {
  const reviewOf = (text: string) => {
    const tokens = Math.round(tokensFor(fractionOf(text, "reply")));
    return { summary: "and so on ".repeat(Math.ceil((tokens * 4) / 10)).slice(0, tokens * 4), findings: [] };
  };
  return ({ lastUserText }: ChatRequest) => {
    const units = lastUserText.split(/^# Unit (?=\d+$)/m).slice(1);
    if (units.length === 0) return JSON.stringify(reviewOf(lastUserText));
    return JSON.stringify({ reviews: units.map((text) => ({ unit: Number.parseInt(text, 10), ...reviewOf(text) })) });
  };
}

async function runTwice(options: Parameters<typeof openSimulator>[0], count: number, changed?: typeof options) {
  const simulator = await openSimulator({ deltaTokens: 64, ...options });
  const engine = await openModelEngine(simulator, { budgetUsd: null });
  const first = await engine.run(requestFor(temporaryFolder(workspaceOf(count, "one"))));
  if (changed) simulator.configure(changed as object);
  simulator.reset();
  const folder = temporaryFolder(workspaceOf(count, "two"));
  const estimated = await engine.estimate(requestFor(folder));
  const second = await engine.run(requestFor(folder));
  return { simulator, engine, folder, first, estimated, second };
}

function checkQuote({ cost }: Report): void {
  expect(cost.usd + cost.maybeBilledUsd).toBeLessThanOrEqual(cost.quote.atMostUsd);
}

describe("a quote on a second repository after one run", { timeout: 60_000 }, () => {
  it.each([
    ["gpt-5-mini", "blocks"],
    ["gpt-5.6", "breakpoints"],
  ] as const)("is right within a tenth, and at most thrice the bill (%s)", async (model, cache) => {
    const { first, second, estimated, simulator } = await runTwice({ models: [model], cache }, 80);
    checkReport(second);
    expect(estimated.learnedFrom).toBe(80);
    expect(second.cost.usd).toBeCloseTo(simulator.bill().usd, 9);
    expect(second.cost.quote).toEqual(estimated.quote);
    expect(Math.abs(second.cost.quote.likelyUsd / second.cost.usd - 1)).toBeLessThan(0.1);
    expect(Math.abs(estimated.inputTokens / second.usage.inputTokens - 1)).toBeLessThan(0.03);
    expect(second.cost.quote.atMostUsd).toBeLessThanOrEqual(3 * second.cost.usd);
    [first, second].forEach(checkQuote);
  });

  it("holds for random replies, and its most is never exceeded", async () => {
    const shapes = fc.record({
      least: fc.integer({ min: 60, max: 600 }),
      spread: fc.integer({ min: 0, max: 600 }),
      power: fc.integer({ min: 1, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ least, spread, power }) => {
        const reply = replyOf((share) => least + spread * share ** power);
        const { first, second } = await runTwice({ reply }, 40);
        expect(second.run).toMatchObject({ complete: true });
        [first, second].forEach(checkQuote);
        expect(second.cost.quote.atMostUsd).toBeLessThanOrEqual(3 * second.cost.usd);
        expect(Math.abs(second.cost.quote.likelyUsd / second.cost.usd - 1)).toBeLessThan(0.25);
      }),
      { numRuns: 2, seed: 11 },
    );
  });

  it("comes to the same every time", async () => {
    const { engine, folder } = await runTwice({}, 24);
    const other = temporaryFolder(workspaceOf(30, "three"));
    const [one, two] = [await engine.estimate(requestFor(other)), await engine.estimate(requestFor(other))];
    expect(two.quote).toEqual(one.quote);
    // Its own replies count most where a repository has enough of them.
    expect((await engine.estimate(requestFor(folder))).learnedFrom).toBe(24);
    expect(one.learnedFrom).toBe(48);
  });
});

describe("a run whose replies are many times as long as any before", { timeout: 60_000 }, () => {
  const short = replyOf(() => 40);
  const long = replyOf((share) => 1_500 + 1_500 * share);

  it("stops at what was quoted, and what it did is kept", async () => {
    const { second, engine, folder, simulator } = await runTwice({ reply: short }, 40, { reply: long });
    checkQuote(second);
    checkReport(second);
    expect(simulator.bill().usd).toBeLessThanOrEqual(second.cost.quote.atMostUsd);
    expect(second.run).toMatchObject({ stoppedBy: "budget", error: { code: "quote-reached" } });
    expect(second.run.error?.message).toContain("was to cost at most");
    expect((await engine.estimate(requestFor(folder))).cachedFiles).toBe(second.coverage.reviewed);
  });

  it("asks before it goes on, once for each sum, and goes on", async () => {
    const simulator = await openSimulator({ deltaTokens: 64, reply: short });
    const engine = await openModelEngine(simulator, { budgetUsd: null });
    await engine.run(requestFor(temporaryFolder(workspaceOf(40, "one"))));
    simulator.configure({ reply: long });
    simulator.reset();
    const asked: { atMostUsd: number; spentUsd: number; nextAtMostUsd: number }[] = [];
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(40, "two"))), {
      onQuoteReached: async (question) => {
        expect(simulator.bill().usd).toBeLessThanOrEqual(question.atMostUsd);
        asked.push(question);
        return true;
      },
    });
    checkReport(report);
    expect(report.run.complete).toBe(true);
    expect(asked.length).toBeGreaterThan(0);
    for (const [at, { atMostUsd }] of asked.entries())
      if (at > 0) expect(atMostUsd).toBeCloseTo(asked[at - 1]!.nextAtMostUsd, 8);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 9);
    checkQuote(report);
    // What was cut by the learned bound was asked for once more, and only what was in flight then.
    expect(simulator.requests.length).toBeGreaterThan(40);
    expect(simulator.requests.length).toBeLessThanOrEqual(40 + 16);
    expect(report.coverage.reviewed).toBe(40);
  });
});
