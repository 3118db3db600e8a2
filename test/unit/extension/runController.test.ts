import { beforeEach, describe, expect, it } from "vitest";
import type { Engine, PlanSummary, PromptPreview, RunOptions, RunRequest } from "../../../src/core/engine.ts";
import type { Question } from "../../../src/extension/consent.ts";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { createConsents, createWorkspaceMemory } from "../../../src/extension/memory.ts";
import { createHeldReports } from "../../../src/extension/heldReports.ts";
import type { Outcome } from "../../../src/extension/outcome.ts";
import { createRunController } from "../../../src/extension/runController.ts";
import { createRunMirror } from "../../../src/extension/runMirror.ts";
import { createKeyRing } from "../../../src/extension/secrets.ts";
import { OnceoverError } from "../../../src/shared/errors.ts";
import type { Report } from "../../../src/shared/report.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { events, fileEnd, fileReport, finding, report, runStart } from "./fixtures.ts";
import { runInputsOf } from "../../support/runInputs.ts";
import { testWatch } from "../../support/testWatch.ts";
import { memento, vault } from "./editorFakes.ts";

const ORIGIN = "https://api.example";
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
  pending: [],
  skipped: [],
};

/** A controller over an engine whose runs the test ends. */
function setUp(
  change: {
    provider?: "offline" | "openai";
    agree?: boolean;
    /** The question stays open, as one does that VS Code cannot close. */
    answer?: Promise<boolean>;
    inBackground?: boolean;
    plan?: Partial<PlanSummary>;
    /** The answer at the agreed sum. */
    more?: Promise<boolean>;
  } = {},
) {
  const workspaceState = memento();
  const globalState = memento();
  const keys = createKeyRing(vault());
  const asked: Question[] = [];
  const previewed: (PromptPreview | null)[] = [];
  const told: Outcome[] = [];
  const requests: RunRequest[] = [];
  let reachQuote: (() => Promise<boolean> | undefined) | undefined;
  let finish: ((outcome: Report | Error) => void) | undefined;
  const { promise: hasStarted, resolve: started } = Promise.withResolvers<void>();
  let plans = 0;

  const engine = {
    async estimate() {
      plans++;
      return { ...plan, ...change.plan };
    },
    preview: async (_request: RunRequest, path: string) => ({ path, requests: 1, parts: [], schema: null }),
    run(request: RunRequest, options: RunOptions = {}) {
      requests.push(request);
      reachQuote = () => options.onQuoteReached?.({ atMostUsd: 0.02, spentUsd: 0.02, nextAtMostUsd: 0.04 });
      for (const event of events([runStart, fileEnd("src/a.ts", [finding()])])) options.onEvent?.(event);
      return new Promise<Report>((resolve, reject) => {
        finish = (outcome) => {
          if (outcome instanceof Error) return reject(outcome);
          const [, , end] = events([
            runStart,
            runStart,
            { type: "run-end", stoppedBy: outcome.run.stoppedBy, error: null, report: outcome },
          ]);
          options.onEvent?.(end!);
          resolve(outcome);
        };
        options.signal?.addEventListener("abort", () =>
          finish?.(report({ run: { complete: false, stoppedBy: "cancel" } })),
        );
        started();
      });
    },
    repeat: async () => null,
  } as Pick<Engine, "estimate" | "preview" | "run" | "repeat"> as Engine;

  const inputs = runInputsOf("/w/shop", { ...DEFAULT_SETTINGS, provider: change.provider ?? "openai" });
  const mirror = createRunMirror();
  const findings = createFindingsStore();
  const watch = testWatch(mirror, findings).watch;
  const memory = createWorkspaceMemory(workspaceState);
  let readInputs = () => inputs;
  const controller = createRunController({
    engines: { get: async () => engine, current: () => undefined, running: () => undefined, dispose: async () => {} },
    readInputs: () => readInputs(),
    mirror,
    findings,
    memory,
    consents: createConsents(globalState),
    keys,
    watch: async () => watch,
    held: createHeldReports(() => 0),
    ui: {
      async confirm(question, preview) {
        asked.push(question);
        previewed.push(...(await Promise.all(preview.files.map((path) => preview.prompt(path)))));
        return change.answer ?? change.agree ?? true;
      },
      agreeToMore: async () => change.more ?? false,
      isInBackground: () => change.inBackground ?? false,
      showProgress() {},
      tell: (outcome) => void told.push(outcome),
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return {
    controller,
    mirror,
    findings,
    memory,
    keys,
    asked,
    previewed,
    told,
    requests,
    hasStarted,
    plans: () => plans,
    finish: (outcome: Report | Error) => finish!(outcome),
    reachQuote: () => reachQuote!(),
    breakSettings() {
      readInputs = () => {
        throw new OnceoverError("invalid-setting", "The setting onceover.model is 3.");
      };
    },
  };
}

const whole = report({ files: [fileReport()], findings: [finding()], coverage: { files: 1, reviewed: 1 } });

describe("a run with the offline engine", () => {
  it("asks nothing, fills the store, and remembers that there is a report", async () => {
    const { controller, findings, memory, mirror, asked, told, plans, finish, hasStarted } = setUp({
      provider: "offline",
    });
    const done = controller.analyze();
    await hasStarted;
    expect(mirror.isActive()).toBe(true);
    expect(memory.wasInterrupted()).toBe(true);
    expect(findings.files().get("src/a.ts")?.status).toBe("reviewed");
    finish(whole);
    await done;
    expect({ asked, told, plans: plans() }).toEqual({ asked: [], told: [], plans: 0 });
    expect(mirror.isActive()).toBe(false);
    expect(memory.wasInterrupted()).toBe(false);
    expect(memory.hasReport()).toBe(true);
    expect(mirror.lastReport()).toBe(whole);
  });

  it("is one at a time", async () => {
    const { controller, requests, finish, hasStarted } = setUp({ provider: "offline" });
    const first = controller.analyze();
    await hasStarted;
    await controller.analyze();
    expect(requests).toHaveLength(1);
    finish(whole);
    await first;
    expect(controller.isRunning()).toBe(false);
  });

  it("about some files says which", async () => {
    const { controller, requests, finish, hasStarted } = setUp({ provider: "offline" });
    const done = controller.analyze({ only: ["src/a.ts"] });
    await hasStarted;
    finish(whole);
    await done;
    expect(requests[0]?.only).toEqual(["src/a.ts"]);
  });

  it("about what differs from a revision says which, and leaves all else that is known as it is", async () => {
    const { controller, requests, finish, hasStarted, findings } = setUp({ provider: "offline" });
    findings.load(report({ findings: [finding({ path: "src/kept.ts" })] }));
    const done = controller.analyze({ since: "main" });
    await hasStarted;
    finish(whole);
    await done;
    expect(requests[0]).toMatchObject({ since: "main" });
    expect([...findings.files().keys()]).toContain("src/kept.ts");
  });
});

describe("a run with a model", () => {
  let scene: ReturnType<typeof setUp>;
  beforeEach(() => {
    scene = setUp();
  });

  const carryOut = async () => {
    const done = scene.controller.analyze();
    await scene.hasStarted;
    scene.finish(whole);
    await done;
  };

  it("needs a key before it asks, and sends nothing without", async () => {
    await scene.controller.analyze();
    expect(scene.asked).toEqual([]);
    expect(scene.requests).toEqual([]);
    expect(scene.told).toMatchObject([
      { level: "error", remedies: [{ title: "Set API Key…" }, { title: "Show Log" }] },
    ]);
    expect(scene.mirror.current()).toMatchObject({ state: "error", error: { code: "missing-key" } });
  });

  it("asks once for each endpoint and model", async () => {
    await scene.keys.setApiKey("openai", ORIGIN, "k");
    await carryOut();
    expect(scene.asked).toHaveLength(1);
    const again = scene.controller.analyze();
    await new Promise((resolve) => setImmediate(resolve));
    scene.finish(whole);
    await again;
    expect(scene.requests).toHaveLength(2);
    expect(scene.asked).toHaveLength(1);
  });

  it("does not take the key of another origin", async () => {
    await scene.keys.setApiKey("openai", "https://api.example:8443", "k");
    await scene.controller.analyze();
    expect(scene.requests).toEqual([]);
  });

  it("lets the user read what would be sent for each file before they agree", async () => {
    const pending = [{ path: "src/a.ts", sizeBytes: 10, reason: "new" }];
    const { controller, keys, previewed, requests } = setUp({ agree: false, plan: { pending } });
    await keys.setApiKey("openai", ORIGIN, "sk-1");
    await controller.analyze();
    expect(previewed).toEqual([{ path: "src/a.ts", requests: 1, parts: [], schema: null }]);
    expect(requests).toEqual([]);
  });

  it("sends nothing, remembers no agreement and tells nothing when the user declines", async () => {
    scene = setUp({ agree: false });
    await scene.keys.setApiKey("openai", ORIGIN, "k");
    await scene.controller.analyze();
    await scene.controller.analyze();
    expect(scene.asked).toHaveLength(2);
    expect(scene.requests).toEqual([]);
    expect(scene.told).toEqual([]);
    expect(scene.memory.wasInterrupted()).toBe(false);
  });

  it("says that it waits while the question is open, and a cancelled run is over before its answer", async () => {
    const answer = Promise.withResolvers<boolean>();
    scene = setUp({ answer: answer.promise });
    await scene.keys.setApiKey("openai", ORIGIN, "k");
    const isAsked = new Promise<void>((resolve) =>
      scene.mirror.onDidChange(() => scene.mirror.isAsking() && resolve()),
    );
    const done = scene.controller.analyze();
    await isAsked;
    await scene.controller.cancel();
    await done;
    expect([scene.mirror.isAsking(), scene.mirror.isActive(), scene.controller.isRunning()]).toEqual([
      false,
      false,
      false,
    ]);
    answer.resolve(true);
    await answer.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(scene.requests).toEqual([]);
    expect(scene.told).toEqual([]);
    // What was agreed to after that is not remembered: the next run asks again.
    scene.controller.analyze().catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    expect(scene.asked).toHaveLength(2);
  });

  it.each([true, false])("says that it waits at the agreed sum, and goes on as answered (%s)", async (answered) => {
    const more = Promise.withResolvers<boolean>();
    scene = setUp({ plan: { misses: 0 }, more: more.promise });
    const done = scene.controller.analyze();
    await scene.hasStarted;
    const goesOn = scene.reachQuote();
    expect(scene.mirror.isAsking()).toBe(true);
    more.resolve(answered);
    expect(await goesOn).toBe(answered);
    expect([scene.mirror.isAsking(), scene.mirror.isActive()]).toEqual([false, true]);
    scene.finish(whole);
    await done;
  });

  it("does not wait for that answer when it is cancelled", async () => {
    scene = setUp({ plan: { misses: 0 }, more: new Promise(() => {}) });
    const done = scene.controller.analyze();
    await scene.hasStarted;
    const goesOn = scene.reachQuote();
    await scene.controller.cancel();
    expect(await goesOn).toBe(false);
    await done;
    expect(scene.mirror.isAsking()).toBe(false);
  });

  it("asks nothing and needs no key when every answer is stored", async () => {
    scene = setUp({ plan: { misses: 0, pendingFiles: 0 } });
    await carryOut();
    expect(scene.asked).toEqual([]);
    expect(scene.requests).toHaveLength(1);
  });
});

async function end(outcome: Report | Error) {
  const scene = setUp({ provider: "offline" });
  const done = scene.controller.analyze();
  await scene.hasStarted;
  scene.finish(outcome);
  await done;
  return scene;
}

describe("how a run ends", () => {
  it("tells that the budget was reached, and what waits", async () => {
    const { told } = await end(
      report({
        run: { stoppedBy: "budget", complete: false },
        coverage: { pending: 147 },
        cost: { usd: 0.5, budgetUsd: 0.5 },
      }),
    );
    expect(told).toMatchObject([{ level: "warning", remedies: [{ title: "Change Budget" }] }]);
    expect(told[0]?.text).toContain("147 files pending");
  });

  it("tells that it was the daily budget, and which setting that is", async () => {
    const daily = { limitUsd: 5, usedUsd: 4.99, endsAt: "2026-11-22T00:00:00.000Z", reached: true };
    const { told } = await end(
      report({ run: { stoppedBy: "budget", complete: false }, coverage: { pending: 3 }, cost: { daily } }),
    );
    expect(told[0]?.text).toContain("daily budget of $5.00");
    expect(told[0]?.remedies[0]?.arguments).toEqual(["onceover.dailyBudgetUsd"]);
  });

  it("tells of failed files, and of an error with what helps", async () => {
    expect((await end(report({ coverage: { failed: 2 } }))).told[0]?.text).toContain("2 files could not be reviewed");
    const error = { code: "invalid-key", message: "api.example answered 401." };
    const refused = await end(
      report({ run: { stoppedBy: "error", error, complete: false }, coverage: { pending: 38 } }),
    );
    expect(refused.told).toMatchObject([{ level: "error", text: "api.example answered 401. 38 files not reviewed." }]);
    expect(refused.told[0]?.remedies[0]?.command).toBe("onceover.setApiKey");
  });

  it("shows an error that left no report, and lets the next run start", async () => {
    const scene = await end(new OnceoverError("store-failed", "The disk is full.", { advice: "Free some space." }));
    expect(scene.told[0]?.text).toBe("The disk is full. Free some space.");
    expect(scene.mirror.current()).toMatchObject({ state: "error", error: { code: "store-failed" } });
    expect(scene.memory.wasInterrupted()).toBe(false);
    expect(scene.controller.isRunning()).toBe(false);
  });

  it("names an invalid setting and loads nothing", async () => {
    const scene = setUp();
    scene.breakSettings();
    await scene.controller.analyze();
    expect(scene.told[0]?.remedies[0]?.title).toBe("Open Settings");
    expect(scene.requests).toEqual([]);
  });

  it.each([
    [true, [{ level: "info", text: expect.stringMatching(/reviewed · 0 findings · \$0\.00$/) }]],
    [false, []],
  ])("says that it is done only to those who look at something else: %s", async (inBackground, expected) => {
    const { controller, keys, told, hasStarted, finish } = setUp({ inBackground });
    await keys.setApiKey("openai", ORIGIN, "sk-1");
    const done = controller.analyze();
    await hasStarted;
    finish(report({ coverage: { files: 1, reviewed: 1 } }));
    await done;
    expect(told).toMatchObject(expected);
  });

  it("resumes what was cut off, not more", async () => {
    const { controller, memory, keys, requests, hasStarted, finish } = setUp();
    await keys.setApiKey("openai", ORIGIN, "sk-1");
    await memory.runStarted({ only: ["src/b.ts"] });
    const done = controller.resume();
    await hasStarted;
    finish(report({}));
    await done;
    expect(requests).toMatchObject([{ only: ["src/b.ts"] }]);
    expect(memory.wasInterrupted()).toBe(false);
  });

  it("says nothing about a cancelled run", async () => {
    const scene = setUp({ provider: "offline" });
    const done = scene.controller.analyze();
    await scene.hasStarted;
    await scene.controller.cancel();
    await done;
    expect(scene.told).toEqual([]);
    expect(scene.mirror.isActive()).toBe(false);
  });

  it("leaves the note that it was cut off when the window closes, and starts no other", async () => {
    const scene = setUp({ provider: "offline" });
    void scene.controller.analyze();
    await scene.hasStarted;
    await scene.controller.shutdown();
    expect(scene.memory.wasInterrupted()).toBe(true);
    await scene.controller.analyze();
    expect(scene.requests).toHaveLength(1);
  });
});
