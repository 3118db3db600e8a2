import { describe, expect, it } from "vitest";
import type { Engine, PlanSummary, RunRequest } from "../../../../src/core/engine.ts";
import { createFindingsStore } from "../../../../src/extension/findingsStore.ts";
import { createConsents, createWorkspaceMemory } from "../../../../src/extension/memory.ts";
import { createCheckSaved } from "../../../../src/extension/onSave/checkSaved.ts";
import { createSaveStatus } from "../../../../src/extension/onSave/saveStatus.ts";
import type { Outcome } from "../../../../src/extension/outcome.ts";
import { createRunMirror } from "../../../../src/extension/runMirror.ts";
import { createKeyRing } from "../../../../src/extension/secrets.ts";
import type { AnalyzeOnSave } from "../../../../src/extension/settings.ts";
import { OnceoverError } from "../../../../src/shared/errors.ts";
import type { Report } from "../../../../src/shared/report.ts";
import { DEFAULT_SETTINGS } from "../../../../src/shared/settings.ts";
import { memento, vault } from "../editorFakes.ts";
import { fileReport, finding, report } from "../fixtures.ts";

const ORIGIN = "https://api.example";
const daily = { limitUsd: 5, usedUsd: 1, endsAt: "2026-11-22T00:00:00.000Z", reached: false };
const pendingOf = (...paths: string[]) => paths.map((path) => ({ path, sizeBytes: 1, reason: "edited" }));
const plan: PlanSummary = {
  provider: "openai",
  model: "small",
  endpoint: ORIGIN,
  files: 2,
  cachedFiles: 0,
  skippedFiles: 0,
  pendingFiles: 2,
  hits: 0,
  misses: 2,
  requests: 2,
  inputTokens: 1_000,
  outputTokens: 100,
  quote: { likelyUsd: 0.01, atMostUsd: 0.02 },
  priceKnown: true,
  budgetUsd: 1,
  daily,
  pending: pendingOf("src/a.ts", "src/user.ts"),
  skipped: [],
};

interface Scene {
  readonly mode?: AnalyzeOnSave;
  readonly trusted?: boolean;
  readonly plan?: Partial<PlanSummary> | Error;
  readonly run?: Report | Error;
  readonly agreed?: boolean;
  readonly key?: boolean;
}

async function setUp(scene: Scene = {}) {
  const requests: RunRequest[] = [];
  const estimates: RunRequest[] = [];
  const told: Outcome[] = [];
  const stored = report({
    run: { id: "last-run" },
    files: [fileReport(), fileReport({ path: "src/other.ts" })],
    findings: [finding({ title: "new" }), finding({ path: "src/other.ts", title: "theirs" })],
  });
  const engine = {
    async estimate(request: RunRequest) {
      estimates.push(request);
      if (scene.plan instanceof Error) throw scene.plan;
      const { daily: day, ...rest } = { ...plan, ...scene.plan };
      return { ...rest, ...(day && { daily: day }) };
    },
    async run(request: RunRequest) {
      requests.push(request);
      if (scene.run instanceof Error) throw scene.run;
      return scene.run ?? report({ cost: { usd: 0.02 } });
    },
    lastReport: async () => stored,
  } as Pick<Engine, "estimate" | "run" | "lastReport"> as Engine;
  const consents = createConsents(memento());
  if (scene.agreed !== false) await consents.add(ORIGIN, "small");
  const keys = createKeyRing(vault());
  if (scene.key !== false) await keys.setApiKey("openai", ORIGIN, "k");
  const [mirror, findings, status] = [createRunMirror(), createFindingsStore(), createSaveStatus()];
  findings.load(report({ findings: [finding({ title: "old" }), finding({ path: "src/other.ts", title: "theirs" })] }));
  const memory = createWorkspaceMemory(memento());
  const check = createCheckSaved({
    engines: { get: async () => engine, current: () => undefined, running: () => undefined, dispose: async () => {} },
    readInputs: () => ({
      settings: {
        engine: { ...DEFAULT_SETTINGS, provider: "openai" },
        confirmAboveUsd: 0.5,
        memoryLimitBytes: 1e9,
        analyzeOnSave: scene.mode ?? "model",
      },
      folders: [{ path: "/w", prefix: "" }],
      trusted: scene.trusted ?? true,
    }),
    mirror,
    findings,
    memory,
    consents,
    keys,
    status,
    tell: (outcome) => void told.push(outcome),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const save = (...paths: string[]) => check(paths, new AbortController().signal);
  return { save, check, requests, estimates, told, mirror, findings, status, memory, stored };
}

describe("a save", () => {
  it("with the setting off loads and checks nothing", async () => {
    const { save, requests } = await setUp({ mode: "off" });
    await save("src/a.ts");
    expect(requests).toEqual([]);
  });

  it("is checked offline without a plan, a question or a key", async () => {
    const { save, requests, estimates, told } = await setUp({ mode: "offline", agreed: false, key: false });
    await save("src/a.ts");
    expect(requests).toMatchObject([{ only: ["src/a.ts"], onSave: "offline" }]);
    expect([estimates, told]).toEqual([[], []]);
  });

  it("by the model is about what it made stale, and stays quiet", async () => {
    const { save, requests, told, status } = await setUp();
    await save("src/a.ts");
    await save("src/a.ts");
    expect(requests[0]).toMatchObject({ only: ["src/a.ts", "src/user.ts"], onSave: "model" });
    expect(told).toEqual([]);
    expect(status.current()).toEqual({
      isChecking: false,
      spentUsd: 0.04,
      costUnknown: false,
      daily: null,
      staleFiles: 0,
      note: null,
    });
  });

  it("changes its findings in place: others stay, and the run that is shown stays the last one", async () => {
    const { save, findings, mirror, memory, stored } = await setUp();
    await save("src/a.ts");
    const titles = [...findings.files().values()].flatMap((file) => file.findings.map(({ title }) => title));
    expect(titles.toSorted()).toEqual(["new", "theirs"]);
    expect(mirror.isActive()).toBe(false);
    expect(mirror.current()).toBeNull();
    expect(mirror.lastReport()).toBe(stored);
    expect(memory.hasReport()).toBe(true);
  });

  it("that makes too many stale leaves them alone and says how many, where one looks if one wants to", async () => {
    const users = Array.from({ length: 20 }, (_, at) => `src/user${at}.ts`);
    const { save, requests, status, told } = await setUp({ plan: { pending: pendingOf("src/a.ts", ...users) } });
    await save("src/a.ts");
    expect(requests).toMatchObject([{ only: ["src/a.ts"] }]);
    expect(status.current().staleFiles).toBe(20);
    expect(told).toEqual([]);
  });

  it("of very many files at once sends the first twenty", async () => {
    const { save, requests, status } = await setUp();
    await save(...Array.from({ length: 25 }, (_, at) => `src/${at}.ts`));
    expect(requests[0]?.only).toHaveLength(20);
    expect(status.current().staleFiles).toBe(7);
  });
});

describe("nothing is sent that was not settled before, and the offline engine looks instead", () => {
  const refused: readonly (readonly [string, Scene, RegExp, string | undefined])[] = [
    ["no agreement", { agreed: false }, /before you have agreed/, "onceover.analyzeFile"],
    ["no daily budget", { plan: { daily: undefined as never } }, /daily budget/, "workbench.action.openSettings"],
    ["no key", { key: false }, /no API key/, "onceover.setApiKey"],
    [
      "another extension's model",
      { plan: { endpoint: "vscode-lm://copilot" } },
      /other extensions/,
      "onceover.chooseModel",
    ],
    [
      "a model of unknown price",
      { plan: new OnceoverError("unknown-price", "The price of small is not known.") },
      /price of small/,
      "workbench.action.openSettings",
    ],
  ];

  it.each(refused)("%s: told once, with what helps", async (_what, scene, words, command) => {
    const { save, requests, told, status } = await setUp(scene);
    await save("src/a.ts");
    await save("src/a.ts");
    expect(requests.map(({ only, onSave }) => [only, onSave])).toEqual([
      [["src/a.ts"], "offline"],
      [["src/a.ts"], "offline"],
    ]);
    expect(told).toMatchObject([{ level: "info", text: expect.stringMatching(words) }]);
    expect(told[0]?.remedies[0]?.command).toBe(command);
    expect(status.current().note).toMatch(words);
  });

  it("what would have to be asked because of its price waits, without a message", async () => {
    const { save, requests, told, status } = await setUp({ plan: { quote: { likelyUsd: 0.6, atMostUsd: 1 } } });
    await save("src/a.ts");
    expect(requests).toMatchObject([{ onSave: "offline" }]);
    expect(told).toEqual([]);
    expect(status.current().note).toContain("$0.60");
  });

  it("what costs nothing needs no daily budget, and what is stored needs nobody's leave", async () => {
    const free = { daily: undefined as never, quote: { likelyUsd: 0, atMostUsd: 0 } };
    const scenes: readonly Scene[] = [{ plan: free }, { agreed: false, key: false, plan: { misses: 0, pending: [] } }];
    for (const scene of scenes) {
      const { save, requests, told } = await setUp(scene);
      await save("src/a.ts");
      expect(requests).toMatchObject([{ onSave: "model" }]);
      expect(told).toEqual([]);
    }
  });

  it("in a folder that is not trusted the setting does not matter", async () => {
    const { save, requests, estimates } = await setUp({ trusted: false });
    await save("src/a.ts");
    expect(requests).toMatchObject([{ onSave: "offline", trusted: false }]);
    expect(estimates).toEqual([]);
  });
});

describe("what goes wrong", () => {
  it("stands in the tooltip alone", async () => {
    const error = { code: "budget-reached", message: "The daily budget of $5.00 is reached." };
    const stopped = report({ run: { stoppedBy: "budget", complete: false, error } });
    for (const run of [stopped, new OnceoverError("store-failed", "The daily disk is full.")]) {
      const { save, told, status } = await setUp({ run });
      await save("src/a.ts");
      expect(told).toEqual([]);
      expect(status.current()).toMatchObject({ isChecking: false, note: expect.stringContaining("The daily") });
    }
  });

  it("of a check that was given up nothing is said", async () => {
    const { check, status } = await setUp({ run: new OnceoverError("cancelled", "The run was cancelled.") });
    await check(["src/a.ts"], AbortSignal.abort());
    expect(status.current()).toMatchObject({ isChecking: false, note: null });
  });
});
