// Second looks that share a request: several files, one reply, and none of them is paid for twice.
import { expect, it } from "vitest";
import { checkReport, openModelEngine, openSimulator, requestFor } from "../../../../support/engineFixture.ts";
import type { ChatRequest } from "../../../../support/providerSimulator/chatRequest.ts";
import { claimsIn } from "../../../../support/providerSimulator/refuterReply.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

const COUNT = 12;
const SETTINGS = { concurrency: 2, budgetUsd: null, refuter: true } as const;
const quoteOf = (at: number) => `return list[${at}]!.toFixed(2);`;

function writeFiles(): string {
  const files = Array.from({ length: COUNT }, (_, at) => {
    return [`f${String(at).padStart(2, "0")}.ts`, `export function f${at}(list: number[]) {\n  ${quoteOf(at)}\n}\n`];
  });
  return temporaryFolder(Object.fromEntries(files) as Record<string, string>);
}

const isLook = ({ schema }: Pick<ChatRequest, "schema">) => schema?.["name"] === "second_look";

/** One error in every unit of a pack. */
function reviews(text: string): string {
  const units = text.split(/^# Unit (?=\d+\n)/m).slice(1);
  const of = (code: string) => ({
    summary: "Reads a list.",
    findings: [
      {
        quote: `  ${quoteOf(Number(/return list\[(\d+)\]/.exec(code)![1]))}`,
        category: "bug",
        severity: "error",
        title: "An empty list ends it",
        scenario: "The list is empty.",
        explanation: "Nothing is there to be read.",
        fix: null,
        confidence: 0.8,
        needs: null,
      },
    ],
  });
  return JSON.stringify(
    units.length === 0 ? of(text) : { reviews: units.map((unit, at) => ({ unit: at + 1, ...of(unit) })) },
  );
}

type Answer = (claims: ReturnType<typeof claimsIn>, request: ChatRequest) => string;

async function simulate(answer: Answer) {
  const looks: ChatRequest[] = [];
  const simulator = await openSimulator({
    reply(request) {
      if (!isLook(request)) return reviews(request.lastUserText);
      looks.push(request);
      return answer(claimsIn(request.lastUserText), request);
    },
  });
  return { simulator, looks };
}

const verdicts = (list: readonly object[]) => JSON.stringify({ verdicts: list });
const confirmAll: Answer = (claims) =>
  verdicts(
    claims.map(({ number, quote }) => ({ claim: number, verdict: "confirmed", evidence: quote, reason: "Yes." })),
  );

it("names each file and says which claim is about which", async () => {
  const { simulator, looks } = await simulate(confirmAll);
  const engine = await openModelEngine(simulator, SETTINGS);
  const report = await engine.run(requestFor(writeFiles()));
  checkReport(report);
  expect(looks.length).toBeLessThan(COUNT);
  for (const { lastUserText } of looks) {
    const claims = claimsIn(lastUserText) as readonly { readonly quote: string; readonly file?: number }[];
    if (claims.length === 1) continue;
    for (const { quote, file } of claims) {
      const [, after = ""] = lastUserText.split(`# The code of file ${file}\n`);
      expect(after.split("# The code of file")[0]).toContain(quote);
    }
  }
  expect(report.findings.every(({ secondLook }) => secondLook?.verdict === "confirmed")).toBe(true);
});

it("takes no line of one file as evidence about another", async () => {
  const swapped: Answer = (claims) => {
    const quotes = claims.map(({ quote }) => quote);
    return verdicts(
      claims.map(({ number }, at) => {
        const evidence = quotes[(at + 1) % quotes.length];
        return { claim: number, verdict: "refuted", evidence, reason: "The other file says so." };
      }),
    );
  };
  const { simulator, looks } = await simulate(swapped);
  const engine = await openModelEngine(simulator, SETTINGS);
  const report = await engine.run(requestFor(writeFiles()));
  const alone = looks.filter(({ lastUserText }) => claimsIn(lastUserText).length === 1).length;
  expect(alone).toBeLessThan(COUNT / 2);
  expect(report.suppressed.refuted).toBe(alone);
});

it("asks again only about what a reply leaves out, in the next run", async () => {
  const firstOnly: Answer = (claims) => {
    return verdicts([{ claim: 1, verdict: "confirmed", evidence: claims[0]!.quote, reason: "Yes." }]);
  };
  const storeFolder = temporaryFolder();
  const folder = writeFiles();
  const { simulator, looks } = await simulate(firstOnly);
  const first = await openModelEngine(simulator, { ...SETTINGS, storeFolder });
  const before = await first.run(requestFor(folder));
  await first.dispose();
  const answered = looks.length;
  expect(before.findings.filter(({ secondLook }) => secondLook?.verdict === "unchecked")).toHaveLength(
    COUNT - answered,
  );
  looks.length = 0;
  const second = await openModelEngine(simulator, { ...SETTINGS, storeFolder });
  const after = await second.run(requestFor(folder));
  expect(looks.map(({ lastUserText }) => claimsIn(lastUserText).length)).toEqual(Array(COUNT - answered).fill(1));
  expect(after.run.complete).toBe(true);
  looks.length = 0;
  await second.run(requestFor(folder));
  expect(looks).toEqual([]);
});

it("pays for no claim twice when two windows look at the same code at once", async () => {
  const storeFolder = temporaryFolder();
  const folder = writeFiles();
  const { simulator, looks } = await simulate(confirmAll);
  simulator.configure({ totalMs: 40 });
  const windows = await Promise.all([0, 1].map(() => openModelEngine(simulator, { ...SETTINGS, storeFolder })));
  const reports = await Promise.all(windows.map((engine) => engine.run(requestFor(folder))));
  const asked = looks.flatMap(({ lastUserText }) => claimsIn(lastUserText).map(({ quote }) => quote));
  expect(asked.toSorted()).toEqual(Array.from({ length: COUNT }, (_, at) => quoteOf(at)).toSorted());
  for (const report of reports) {
    expect(report.run.complete).toBe(true);
    expect(report.findings.filter(({ secondLook }) => secondLook?.verdict === "confirmed")).toHaveLength(COUNT);
  }
  expect(reports.reduce((sum, { cost }) => sum + cost.usd, 0)).toBeCloseTo(simulator.bill().usd, 8);
});

it("costs each file what its claims bear, together what was billed", async () => {
  const { simulator } = await simulate(confirmAll);
  const folder = writeFiles();
  const engine = await openModelEngine(simulator, SETTINGS);
  const report = await engine.run(requestFor(folder));
  const nano = report.files.reduce((sum, { costUsd }) => sum + Math.round(costUsd! * 1e9), 0);
  expect(nano).toBe(Math.round(simulator.bill().usd * 1e9));
});
