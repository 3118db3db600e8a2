// Packs beside second looks and a strong model: a real engine and store against the simulator.
import { describe, expect, it } from "vitest";
import type { ChatRequest } from "../../../support/providerSimulator/chatRequest.ts";
import { claimsIn } from "../../../support/providerSimulator/refuterReply.ts";
import {
  checkReport,
  openModelEngine,
  openSimulator,
  requestFor,
  runWithEvents,
} from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const COUNT = 12;
/** So few lanes that twelve units are packed. */
const SETTINGS = { concurrency: 2, budgetUsd: null };

const quoteOf = (at: number) => `  return list[${at}]!.toFixed(2);`;
const filesOf = (codeOf: (at: number) => string) =>
  Object.fromEntries(
    Array.from({ length: COUNT }, (_, at) => [`src/file${String(at).padStart(2, "0")}.ts`, codeOf(at)]),
  );
const plain = (at: number) => `export function f${at}(list: number[]) {\n${quoteOf(at)}\n}\n`;

const nameOf = ({ schema }: Pick<ChatRequest, "schema">) => schema?.["name"];
const unitsIn = (body: unknown) => JSON.stringify(body).match(/<unit-\w+>/g) ?? [];

/** Two errors in every unit: the line that is there, and the one that holds it. */
function reviewOf(text: string) {
  const at = Number(/return list\[(\d+)\]/.exec(text)![1]);
  const findings = [quoteOf(at), `export function f${at}(list: number[]) {`].map((quote) => ({
    quote,
    category: "bug",
    severity: "error",
    title: `An empty list ends it`,
    scenario: "The list is empty.",
    explanation: "Nothing is there to be read.",
    fix: null,
    confidence: 0.8,
    needs: null,
  }));
  return { summary: "Reads a list.", findings };
}

/** The line is confirmed, its function refuted. */
function answer(request: ChatRequest): string {
  const text = request.lastUserText;
  if (nameOf(request) === "second_look") {
    const verdicts = claimsIn(text).map(({ number, quote }) => {
      const verdict = quote.includes("return") ? "confirmed" : "refuted";
      return { claim: number, verdict, evidence: quote, reason: "It says so." };
    });
    return JSON.stringify({ verdicts });
  }
  if (nameOf(request) !== "reviews") return JSON.stringify(reviewOf(text));
  const units = text.split(/^# Unit (?=\d+$)/m).slice(1);
  return JSON.stringify({ reviews: units.map((unit, at) => ({ unit: at + 1, ...reviewOf(unit) })) });
}

async function simulate() {
  const asked: ChatRequest[] = [];
  const simulator = await openSimulator({
    reply: (request) => {
      asked.push(request);
      return answer(request);
    },
  });
  const countOf = (name: string) => asked.filter((request) => nameOf(request) === name).length;
  return { simulator, asked, countOf };
}

const nanoOf = (files: readonly { readonly costUsd?: number | null }[]) =>
  files.reduce((sum, { costUsd }) => sum + Math.round(costUsd! * 1e9), 0);

describe("units that share a request", () => {
  it("share second looks too, show as errors what was confirmed, and are paid for once", async () => {
    const { simulator, asked, countOf } = await simulate();
    const engine = await openModelEngine(simulator, { ...SETTINGS, refuter: true });
    const request = requestFor(temporaryFolder(filesOf(plain)));
    const plan = await engine.estimate(request);
    const { report, events } = await runWithEvents(engine, request);
    checkReport(report);
    expect(countOf("reviews")).toBeGreaterThan(0);
    // Two errors in each unit, and a request for what was reviewed by one.
    const looks = asked.filter((one) => nameOf(one) === "second_look").map((one) => claimsIn(one.lastUserText).length);
    expect(looks.reduce((sum, claims) => sum + claims, 0)).toBe(2 * COUNT);
    expect(looks).toHaveLength(countOf("reviews"));
    expect(plan.requests).toBeGreaterThan(countOf("reviews") + countOf("review"));
    expect(report.run.complete).toBe(true);
    const errors = report.findings.filter(({ source }) => source === "model");
    expect(errors.map(({ severity, secondLook }) => [severity, secondLook?.verdict])).toEqual(
      Array.from({ length: COUNT }, () => ["error", "confirmed"]),
    );
    expect(report.suppressed.refuted).toBe(COUNT);
    const early = events.filter((event) => event.type === "finding" && event.finding.source === "model");
    expect(early.length).toBeGreaterThan(0);
    for (const event of early) expect(event).toMatchObject({ finding: { severity: "warning" } });
    expect(nanoOf(report.files)).toBe(Math.round(simulator.bill().usd * 1e9));
    expect(report.cost.usd).toBeLessThanOrEqual(report.cost.quote.atMostUsd);
    expect((await engine.run(request)).usage.requests).toBe(0);
  });

  it("do not share one any more when their errors alone are to be looked at, and what is shown is what is sent", async () => {
    const { simulator, asked } = await simulate();
    const [folder, storeFolder] = [temporaryFolder(filesOf(plain)), temporaryFolder()];
    const first = await openModelEngine(simulator, { ...SETTINGS, storeFolder });
    await first.run(requestFor(folder));
    await first.dispose();
    asked.length = 0;

    const engine = await openModelEngine(simulator, { ...SETTINGS, storeFolder, refuter: true });
    const request = requestFor(folder);
    expect((await engine.estimate(request)).requests).toBe(COUNT);
    const preview = await engine.preview(request, "src/file03.ts");
    const report = await engine.run(request);
    checkReport(report);
    expect(asked.map(nameOf)).toEqual(Array.from({ length: COUNT }, () => "second_look"));
    const shown = preview!.parts.at(-1)!.text;
    expect(asked.map(({ lastUserText }) => lastUserText)).toContain(shown);
    expect(report.suppressed.refuted).toBe(COUNT);
  });

  it("are stored when their second looks pass the budget", async () => {
    const { simulator } = await simulate();
    const [folder, storeFolder] = [temporaryFolder(filesOf(plain)), temporaryFolder()];
    const request = requestFor(folder);
    const rich = await openModelEngine(simulator, { ...SETTINGS, refuter: true });
    const reviewsUsd = (await rich.estimate(request)).quote.likelyUsd;
    const poor = await openModelEngine(simulator, { ...SETTINGS, storeFolder, refuter: true, budgetUsd: reviewsUsd });
    const report = await poor.run(request);
    checkReport(report);
    expect(report.run).toMatchObject({ complete: false, stoppedBy: "budget" });
    await poor.dispose();
    const sent = simulator.requests.length;
    const again = await openModelEngine(simulator, { ...SETTINGS, storeFolder, refuter: true });
    const rest = await again.run(request);
    expect(rest.run.complete).toBe(true);
    expect(rest.suppressed.refuted).toBe(COUNT);
    const unitsBefore = simulator.requests.slice(0, sent).flatMap(({ body }) => unitsIn(body));
    const unitsAfter = simulator.requests.slice(sent).flatMap(({ body }) => unitsIn(body));
    expect(new Set([...unitsBefore, ...unitsAfter]).size).toBe(COUNT);
    expect(unitsBefore.length + unitsAfter.length).toBe(COUNT);
  });

  it("are all for the same model", async () => {
    const { simulator, asked } = await simulate();
    const sensitive = (at: number) =>
      `import { createHash } from "node:crypto";\n${plain(at)}export const hash${at} = () => createHash("sha256");\n`;
    const folder = temporaryFolder(filesOf((at) => (at % 2 === 0 ? sensitive(at) : plain(at))));
    const engine = await openModelEngine(simulator, {
      concurrency: 1,
      budgetUsd: null,
      refuter: true,
      strongModel: "gpt-5",
    });
    const report = await engine.run(requestFor(folder));
    checkReport(report);
    const packs = simulator.requests.filter(({ body }) => unitsIn(body).length > 1);
    expect(new Set(packs.map(({ model }) => model))).toEqual(new Set(["gpt-5", "gpt-5-mini"]));
    for (const { model, body } of packs) {
      const sensitiveUnits = JSON.stringify(body).match(/export const hash\d+ =/g)?.length ?? 0;
      expect(sensitiveUnits).toBe(model === "gpt-5" ? unitsIn(body).length : 0);
    }
    const looks = asked.filter((one) => nameOf(one) === "second_look");
    const claimsBy = (model: string) =>
      looks.filter((one) => one.model === model).flatMap((one) => claimsIn(one.lastUserText).map(({ quote }) => quote));
    const quotesOf = (parity: number) =>
      [...Array(COUNT).keys()].filter((at) => at % 2 === parity).map((at) => quoteOf(at).trim());
    for (const [model, parity] of [
      ["gpt-5", 0],
      ["gpt-5-mini", 1],
    ] as const) {
      const quotes = claimsBy(model).filter((quote) => quote.includes("return"));
      expect(quotes.toSorted()).toEqual(quotesOf(parity).toSorted());
    }
    expect(report.files.map(({ model }) => model)).toEqual(
      report.files.map((_, at) => (at % 2 === 0 ? "gpt-5" : "gpt-5-mini")),
    );
    expect(nanoOf(report.files)).toBe(Math.round(simulator.bill().usd * 1e9));
    expect(report.cost.usd).toBeLessThanOrEqual(report.cost.quote.atMostUsd);
  });
});
