// Packs from the plan to the report: a real engine and store against the simulator.
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { packText } from "../../../../src/core/store/packedJson.ts";
import type { ChatRequest } from "../../../support/providerSimulator/chatRequest.ts";
import { packReply, type SimulatedReview } from "../../../support/providerSimulator/reviewReply.ts";
import { DEFAULT_LINE_PATTERN } from "../../../support/providerSimulator/reviewReply.ts";
import { checkReport, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const COUNT = 12;
/** Twelve units in two lanes: so many that they are packed. */
const SETTINGS = { concurrency: 2 };

const filesOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `src/file${String(at).padStart(2, "0")}.ts`,
      `export function f${at}(list: number[]) {\n  const first = list[${at}]!;\n  return first + ${at};\n}\n`,
    ]),
  );

type Entry = SimulatedReview & { unit: number };
const isPack = (request: Pick<ChatRequest, "schema">) => request.schema?.["name"] === "reviews";
const entriesOf = (request: ChatRequest) =>
  (
    JSON.parse(packReply(request.lastUserText, { linePattern: DEFAULT_LINE_PATTERN, replyTokens: null })) as {
      reviews: Entry[];
    }
  ).reviews;
const unitsIn = (body: unknown) => JSON.stringify(body).match(/<unit-\w+>/g) ?? [];
const aloneReply = JSON.stringify({ summary: "alone", findings: [] });

/** Bends the replies of packs; what is asked alone is answered plainly. */
const bend = (change: (entries: Entry[], request: ChatRequest) => string | { text: string; finish: "length" }) => ({
  reply: (request: ChatRequest) => (isPack(request) ? change(entriesOf(request), request) : aloneReply),
});

/** As if the process had ended with every reply stored and none read. */
function forgetWhatWasRead(file: string): void {
  const db = new DatabaseSync(file);
  db.exec("DELETE FROM reviews");
  const countUnits = db.prepare("SELECT count(*) AS units FROM pack_units WHERE request_id = ?");
  const unread = db.prepare("UPDATE ledger SET state = 'received', raw = ? WHERE request_id = ?");
  for (const { request_id: id, key } of db.prepare("SELECT request_id, key FROM ledger").all()) {
    const units = Number(countUnits.get(id!)?.["units"]);
    const reviews = Array.from({ length: units }, (_, at) => ({ unit: at + 1, summary: "", findings: [] }));
    unread.run(packText(units === 0 ? aloneReply : JSON.stringify({ reviews }), [String(id), String(key)]), id!);
  }
  db.close();
}

describe("packs", () => {
  it("cost what the provider bills, file by file, and nothing the second time", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator, SETTINGS);
    const folder = temporaryFolder(filesOf(COUNT));
    const report = await engine.run(requestFor(folder));
    checkReport(report);
    const sent = simulator.requests.length;
    expect(sent).toBeLessThanOrEqual(COUNT / 2);
    expect(simulator.requests.flatMap(({ body }) => unitsIn(body))).toHaveLength(COUNT);
    expect(report.coverage).toMatchObject({ files: COUNT, reviewed: COUNT });
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 9);
    const nano = report.files.reduce((sum, file) => sum + Math.round(file.costUsd! * 1e9), 0);
    expect(nano).toBe(Math.round(report.cost.usd * 1e9));
    expect(report.files.every((file) => file.costUsd! > 0)).toBe(true);
    expect(report.cost.usd).toBeLessThanOrEqual(report.cost.quote.atMostUsd);

    const again = await engine.run(requestFor(folder));
    expect(simulator.requests).toHaveLength(sent);
    expect(again.coverage).toMatchObject({ cached: COUNT });
    expect(again.cost.savedUsd).toBeGreaterThan(0);
    expect(again.findings.map(({ id }) => id)).toEqual(report.findings.map(({ id }) => id));
  });

  it("ask about one unit alone when the reply leaves it out, and keep the others", async () => {
    const simulator = await openSimulator(bend((entries) => JSON.stringify({ reviews: entries.slice(1) })));
    const engine = await openModelEngine(simulator, SETTINGS);
    const report = await engine.run(requestFor(temporaryFolder(filesOf(COUNT))));
    const packs = simulator.requests.filter(({ body }) => unitsIn(body).length > 1).length;
    expect(simulator.requests).toHaveLength(packs * 2);
    expect(report.coverage.reviewed).toBe(COUNT);
    const nano = report.files.reduce((sum, file) => sum + Math.round(file.costUsd! * 1e9), 0);
    expect(nano).toBe(Math.round(simulator.bill().usd * 1e9));
  });

  it.each([
    ["a reply that was cut", (text: string) => ({ text: text.slice(0, -3), finish: "length" as const }), 1],
    ["a reply that is none", () => "I would rather not.", undefined],
  ])("keep what is whole of %s", async (_, cut, missing) => {
    const simulator = await openSimulator(bend((entries) => cut(JSON.stringify({ reviews: entries }))));
    const engine = await openModelEngine(simulator, SETTINGS);
    const report = await engine.run(requestFor(temporaryFolder(filesOf(COUNT))));
    const packs = simulator.requests.filter(({ body }) => unitsIn(body).length > 1);
    const alone = simulator.requests.length - packs.length;
    expect(alone).toBe(
      missing === undefined ? packs.flatMap(({ body }) => unitsIn(body)).length : packs.length * missing,
    );
    expect(report.coverage.reviewed).toBe(COUNT);
  });

  it("do not take one unit's findings for another's", async () => {
    const quoting = (entry: Entry, quote: string): Entry => {
      const finding = { category: "bug", severity: "error", title: "Wrong", scenario: "x", explanation: "y" };
      return { ...entry, findings: [{ ...finding, quote, fix: null, confidence: 0.5, needs: null }] };
    };
    const simulator = await openSimulator(
      bend((entries) => JSON.stringify({ reviews: entries.map((entry) => quoting(entry, "nowhere_to_be_found();")) })),
    );
    const report = await (await openModelEngine(simulator, SETTINGS)).run(requestFor(temporaryFolder(filesOf(COUNT))));
    const alone = simulator.requests.filter(({ body }) => unitsIn(body).length === 1);
    expect(alone).toHaveLength(COUNT);
    expect(report.coverage.reviewed).toBe(COUNT);
  });

  it("are asked about one by one where the server refuses them together", async () => {
    const simulator = await openSimulator({
      reply: (request) => (isPack(request) ? { text: "", finish: "content_filter" } : aloneReply),
    });
    const report = await (await openModelEngine(simulator, SETTINGS)).run(requestFor(temporaryFolder(filesOf(COUNT))));
    expect(report.coverage.reviewed).toBe(COUNT);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 9);
  });

  it("find out a refused key with one request", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator, SETTINGS, { key: "wrong" });
    const report = await engine.run(requestFor(temporaryFolder(filesOf(COUNT))));
    expect(simulator.requests).toHaveLength(1);
    expect(report.run.error?.code).toBe("invalid-key");
    expect(report.coverage.pending).toBe(COUNT);
  });

  it("never pass the budget, and say what is pending", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator, { ...SETTINGS, budgetUsd: 0.03 });
    const report = await engine.run(requestFor(temporaryFolder(filesOf(60))));
    checkReport(report);
    expect(simulator.bill().usd).toBeLessThanOrEqual(0.03);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 9);
  });

  it("leave what has changed since the plan to a request of its own", async () => {
    const folder = temporaryFolder(filesOf(60));
    // While the first one is held; the last ones are not read yet.
    const changed = Array.from({ length: 60 }, (_, at) => `src/file${at}.ts`).slice(50);
    let isFirst = true;
    const simulator = await openSimulator({
      gate: async () => {
        if (isFirst)
          for (const name of changed) fs.writeFileSync(path.join(folder, name), `export const late = "${name}";\n`);
        isFirst = false;
      },
    });
    const report = await (await openModelEngine(simulator, SETTINGS)).run(requestFor(folder));
    const late = simulator.requests.filter(({ body }) => JSON.stringify(body).includes("export const late"));
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ body }) => unitsIn(body).length === 1)).toBe(true);
    expect(report.coverage.reviewed).toBe(60);
  });

  it("are read after a crash that came between the reply and its reading", async () => {
    const simulator = await openSimulator();
    const [folder, storeFolder] = [temporaryFolder(filesOf(COUNT)), temporaryFolder()];
    const first = await openModelEngine(simulator, { ...SETTINGS, storeFolder });
    await first.run(requestFor(folder));
    await first.dispose();
    const sent = simulator.requests.length;
    forgetWhatWasRead(path.join(storeFolder, "onceover.db"));

    const report = await (await openModelEngine(simulator, { ...SETTINGS, storeFolder })).run(requestFor(folder));
    expect(simulator.requests).toHaveLength(sent);
    expect(report.cost.usd).toBe(0);
    expect(report.coverage).toMatchObject({ cached: COUNT });
    const db = new DatabaseSync(path.join(storeFolder, "onceover.db"));
    expect(db.prepare("SELECT DISTINCT state FROM ledger WHERE raw IS NULL").all()).toEqual([{ state: "settled" }]);
    expect(db.prepare("SELECT count(*) AS left FROM ledger WHERE raw IS NOT NULL").get()).toEqual({ left: 0 });
    db.close();
  });

  it("end soon after a cancel and are not billed as done", async () => {
    const controller = new AbortController();
    const simulator = await openSimulator({
      gate: async () => {
        controller.abort();
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
    const engine = await openModelEngine(simulator, SETTINGS);
    const report = await engine.run(requestFor(temporaryFolder(filesOf(COUNT))), { signal: controller.signal });
    checkReport(report);
    expect(report.run).toMatchObject({ complete: false, stoppedBy: "cancel" });
    expect(report.coverage.pending).toBe(COUNT);
  });
});
