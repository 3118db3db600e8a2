// Two machines, which are two stores here, and one folder that both see; a real engine on each, one provider for both.
import fs from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Engine } from "../../../../src/core/engine.ts";
import { createEngine } from "../../../../src/core/engineFactory.ts";
import type { Clock, Logger, TeamTier } from "../../../../src/core/ports.ts";
import { createSystemPorts, systemClock } from "../../../../src/core/systemPorts.ts";
import type { Plan, PlanRequest } from "../../../../src/core/store/plan.ts";
import type { SharedAnswer } from "../../../../src/core/store/sharedAnswer.ts";
import type { Store } from "../../../../src/core/store/store.ts";
import { packAnswer } from "../../../../src/core/team/teamEntry.ts";
import { withTeam } from "../../../../src/core/team/withTeam.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../../src/shared/settings.ts";
import { openModelEngine, openSimulator, requestFor, sharedThreads } from "../../../support/engineFixture.ts";
import type { ChatRequest } from "../../../support/providerSimulator/chatRequest.ts";
import { claimsIn } from "../../../support/providerSimulator/refuterReply.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const FILES = 3;
/** As long as the team's tier is waited for. */
const PATIENCE_MS = 20_000;

const body = (file: number) =>
  `export function f${file}(value: number) {\n  const doubled = value * ${file};\n  send(doubled);\n  return doubled;\n}\n`;

/** Every file has an error, and every other one of them is refuted. */
function answer({ schema, lastUserText }: ChatRequest): string {
  if (schema?.["name"] === "second_look") {
    const verdicts = claimsIn(lastUserText).map(({ number, quote }) => {
      const verdict = lastUserText.includes("value * 1") ? "refuted" : "confirmed";
      return { claim: number, verdict, evidence: quote, reason: "It says so." };
    });
    return JSON.stringify({ verdicts });
  }
  const finding = { quote: "  send(doubled);", category: "bug", severity: "error", title: "It is sent twice" };
  const words = {
    scenario: "A value is given.",
    explanation: "It is doubled.",
    fix: null,
    confidence: 0.8,
    needs: null,
  };
  return JSON.stringify({ summary: "Sends.", findings: [{ ...finding, ...words }] });
}

async function setUp(settings: Partial<Settings> = {}) {
  const folder = temporaryFolder(
    Object.fromEntries(Array.from({ length: FILES }, (_, file) => [`src/f${file}.ts`, body(file)])),
  );
  const simulator = await openSimulator({ keepBodies: false, reply: answer });
  const teamFolder = temporaryFolder();
  const open = (own: Partial<Settings> = {}) => openModelEngine(simulator, { teamFolder, ...settings, ...own });
  const requests = () => simulator.bill().requests;
  return { folder, simulator, teamFolder, open, requests };
}

const entriesIn = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const reviewOf = (engine: Engine, folder: string) => engine.run(requestFor(folder));

test("what one has paid for, second looks included, the other finds: the same findings, nothing sent", async () => {
  const { folder, simulator, open, requests } = await setUp({ refuter: true });
  const first = await reviewOf(await open(), folder);
  expect(first.coverage.reviewed).toBe(FILES);
  expect(first.findings.some((one) => one.secondLook)).toBe(true);
  const paid = requests();
  const other = await open();
  const plan = await other.estimate(requestFor(folder));
  expect(plan).toMatchObject({ hits: FILES, misses: 0 });
  const second = await reviewOf(other, folder);
  expect(requests()).toBe(paid);
  expect(second.findings).toEqual(first.findings);
  expect(second.refuted).toEqual(first.refuted);
  expect(second.cache.hits).toMatchObject({ team: FILES, disk: 0, memory: 0 });
  expect(second.cost.usd).toBe(0);
  expect(second.cost.savedBy!.team).toBe(second.cost.savedUsd);
  // At list price: what the provider's own cache took off is not known here.
  expect(second.cost.savedUsd).toBeGreaterThanOrEqual(simulator.bill().usd);
  fs.appendFileSync(path.join(folder, "src/f0.ts"), "// edited\n");
  const third = await reviewOf(other, folder);
  expect(third.cache.hits.team).toBe(0);
  expect(third.coverage).toMatchObject({ reviewed: 1, cached: FILES - 1 });
  expect(requests()).toBeGreaterThan(paid);
});

test("what is damaged, or another file's, is paid for again", async () => {
  const { folder, teamFolder, open, requests } = await setUp();
  const first = await reviewOf(await open(), folder);
  const [one, another, ...rest] = entriesIn(teamFolder);
  expect(rest).toHaveLength(FILES - 2);
  fs.truncateSync(one!, 20);
  fs.copyFileSync(rest[0]!, another!);
  const paid = requests();
  const second = await reviewOf(await open(), folder);
  expect(second.coverage).toMatchObject({ reviewed: 2, cached: 1 });
  expect(requests()).toBe(paid + 2);
  expect(second.findings).toEqual(first.findings);
  // What was damaged is whole again.
  const third = await reviewOf(await open(), folder);
  expect(third.coverage.cached).toBe(FILES);
});

test("what lies there and is no entry is passed over", async () => {
  const { folder, teamFolder, open, requests } = await setUp();
  const first = await reviewOf(await open(), folder);
  const [one, another] = entriesIn(teamFolder);
  fs.truncateSync(one!, 3 * 1024 * 1024);
  fs.rmSync(another!);
  fs.mkdirSync(another!);
  const paid = requests();
  const engine = await open();
  const second = await reviewOf(engine, folder);
  expect(second.coverage).toMatchObject({ reviewed: 2, cached: 1 });
  expect(requests()).toBe(paid + 2);
  expect(second.findings).toEqual(first.findings);
});

test("many are looked for in portions, and what came before the place fell silent is kept", async () => {
  const units = Array.from({ length: 600 }, (_, at) => ({
    key: `k${at}`,
    missReason: "new",
    rawReply: null,
    review: null,
  }));
  const saved: SharedAnswer[] = [];
  const store = {
    plan: async () => ({ files: [{ strongReason: null, units }], missingOutlines: [] }) as unknown as Plan,
    saveShared: async (answers: readonly SharedAnswer[]) => void saved.push(...answers),
  } as unknown as Store;
  const asked: number[] = [];
  const tier: TeamTier = {
    async find(keys) {
      asked.push(keys.length);
      if (asked.length === 2) throw new Error("Gone.");
      return new Map(keys.map((key) => [key, entryOf(key)]));
    },
    save: async () => {},
  };
  const warnings: string[] = [];
  const logger: Logger = { debug() {}, info() {}, warn: (line) => void warnings.push(line), error() {} };
  const shared = withTeam(store, { tier, clock: systemClock, logger, isRead: true });
  await shared.plan({ useCache: true, refuterRecipe: null } as PlanRequest);
  expect(asked).toEqual([256, 256]);
  expect(saved).toHaveLength(256);
  expect(warnings).toEqual(["Gone. Until the next start nothing is shared with the team."]);
});

function entryOf(key: string): Uint8Array {
  const review = { summary: null, findings: [], dropped: 0 };
  return packAnswer({ kind: "review", key, model: "m", recipe: "r", listPriceNano: null, review })!;
}

test("without reuse nothing is looked for, and what is paid for is left there", async () => {
  const { folder, teamFolder, open, requests } = await setUp();
  await reviewOf(await open({ useCache: false }), folder);
  expect(entriesIn(teamFolder)).toHaveLength(FILES);
  await reviewOf(await open({ useCache: false }), folder);
  expect(requests()).toBe(FILES * 2);
});

async function openWith(given: {
  readonly tier?: TeamTier;
  readonly teamFolder?: string;
  readonly isImpatient?: true;
}) {
  const simulator = await openSimulator({ keepBodies: false });
  const warnings: string[] = [];
  const logger: Logger = { debug() {}, info() {}, warn: (line) => void warnings.push(line), error() {} };
  const ports = createSystemPorts({ secrets: { apiKey: async () => simulator.key ?? "any" }, logger });
  const model = { provider: "openai", model: simulator.model, baseUrl: simulator.url, refuter: false } as const;
  const settings = {
    ...DEFAULT_SETTINGS,
    ...model,
    storeFolder: temporaryFolder(),
    teamFolder: given.teamFolder ?? null,
  };
  const sleep: Clock["sleep"] = async (ms, signal) => (ms === PATIENCE_MS ? undefined : systemClock.sleep(ms, signal));
  const clock = given.isImpatient ? { ...systemClock, sleep } : systemClock;
  const engine = await createEngine({ ...ports, clock, team: given.tier, pool: sharedThreads() }, settings);
  onTestFinished(() => engine.dispose());
  const folder = temporaryFolder({ "a.ts": body(1), "b.ts": body(2) });
  return { engine, folder, warnings };
}

test("a folder that is not there, and one that takes nothing, are told of once", async () => {
  const missing = await openWith({ teamFolder: path.join(temporaryFolder(), "gone") });
  expect((await reviewOf(missing.engine, missing.folder)).coverage.reviewed).toBe(2);
  expect(missing.warnings).toEqual([
    "The team's folder is not there. Until the next start nothing is shared with the team.",
  ]);
  const blocked = await openWith({ teamFolder: temporaryFolder({ "onceover-1": "a file" }) });
  expect((await reviewOf(blocked.engine, blocked.folder)).coverage.reviewed).toBe(2);
  expect(blocked.warnings).toHaveLength(1);
});

test("a place that never answers holds nobody", async () => {
  const never = new Promise<never>(() => {});
  let asked = 0;
  const tier: TeamTier = { find: () => (asked++, never), save: () => (asked++, never) };
  const { engine, folder, warnings } = await openWith({ tier, isImpatient: true });
  expect((await reviewOf(engine, folder)).coverage.reviewed).toBe(2);
  expect(warnings).toHaveLength(1);
  expect(asked).toBe(1);
});

test("a cancelled plan does not wait for it", async () => {
  const never = new Promise<never>(() => {});
  const cancel = new AbortController();
  const tier: TeamTier = {
    find() {
      cancel.abort();
      return never;
    },
    save: () => never,
  };
  const { engine, folder } = await openWith({ tier });
  await expect(engine.run(requestFor(folder), { signal: cancel.signal })).rejects.toMatchObject({ code: "cancelled" });
});
