// A window with a real engine, store and folder, but no editor: what it hears of changes is up to the test.
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import type { Engine } from "../../../src/core/engine.ts";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { createHeldReports } from "../../../src/extension/heldReports.ts";
import { createConsents, createWorkspaceMemory } from "../../../src/extension/memory.ts";
import { createRunController } from "../../../src/extension/runController.ts";
import { createRunMirror } from "../../../src/extension/runMirror.ts";
import { createKeyRing } from "../../../src/extension/secrets.ts";
import type { RunEvent } from "../../../src/shared/events.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { runInputsOf } from "../../support/runInputs.ts";
import { settledWorkspace } from "../../support/settledWorkspace.ts";
import { testWatch } from "../../support/testWatch.ts";
import { writeFiles } from "../../support/temporaryFolder.ts";
import { memento, vault } from "./editorFakes.ts";

export function openWindow(engine: Engine, provider: "offline" | "openai" = "offline") {
  const folder = settledWorkspace();
  const mirror = createRunMirror();
  const findings = createFindingsStore();
  const { watch } = testWatch(mirror, findings);
  const starts: RunEvent["type"][][] = [];
  mirror.onEvent(({ type }) => {
    if (type === "run-start") starts.push([]);
    starts.at(-1)!.push(type);
  });
  let changes = 0;
  let asked = 0;
  const rechecks: Promise<boolean>[] = [];
  const runs: Promise<unknown>[] = [];
  let beforeLook = async (): Promise<void> => {};
  const seen: Engine = {
    ...engine,
    run(request, options) {
      const run = engine.run(request, options);
      runs.push(run);
      return run;
    },
    isUnchanged(request, signal) {
      const recheck = beforeLook().then(() => engine.isUnchanged(request, signal));
      rechecks.push(recheck);
      return recheck;
    },
  };
  const controller = createRunController({
    engines: { get: async () => seen, current: () => undefined, running: () => undefined, dispose: async () => {} },
    readInputs: () => runInputsOf(folder, { ...DEFAULT_SETTINGS, provider }),
    mirror,
    findings,
    memory: createWorkspaceMemory(memento()),
    consents: createConsents(memento()),
    keys: createKeyRing(vault()),
    watch: async () => watch,
    held: createHeldReports(() => changes),
    ui: {
      confirm: async () => ++asked > 0,
      agreeToMore: async () => false,
      isInBackground: () => false,
      showProgress() {},
      tell: ({ text }) => expect.unreachable(text),
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  onTestFinished(() => controller.shutdown());
  return {
    folder,
    mirror,
    watch,
    findings,
    controller,
    starts,
    rechecks,
    asked: () => asked,
    /** What happens between a report that was told again and the look behind it. */
    beforeLook(work: () => Promise<void>) {
      beforeLook = work;
    },
    /** Resolves when the looks under way are over, and with them the runs that begin because of them. */
    async settled() {
      await Promise.allSettled(rechecks);
      await setImmediate();
      await Promise.allSettled(runs);
      await setImmediate();
    },
    hearOfChange: () => void changes++,
    edit: () => writeFiles(folder, { "src/a.js": "export const a = 1;\n" }),
  };
}

/** The events of a run that has not looked at any file. */
export const TOLD_AGAIN = ["run-start", "snapshot", "plan", "unchanged", "run-end"];
