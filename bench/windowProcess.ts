/**
 * What stands behind an editor's window, without the editor: reviews a folder again and again that it hears of no change
 * to, and prints what each run took, in milliseconds, as one JSON line. The first two are left out.
 */
import { parseArgs } from "node:util";
import type { Engine } from "../src/core/engine.ts";
import { createFindingsStore } from "../src/extension/findingsStore.ts";
import { createHeldReports } from "../src/extension/heldReports.ts";
import { createConsents, createWorkspaceMemory } from "../src/extension/memory.ts";
import { createRunController } from "../src/extension/runController.ts";
import { createRunMirror } from "../src/extension/runMirror.ts";
import { createRunWatch } from "../src/extension/runWatch.ts";
import { createKeyRing } from "../src/extension/secrets.ts";
import { DEFAULT_SETTINGS } from "../src/shared/settings.ts";
import { runInputsOf } from "../test/support/runInputs.ts";
import { memento, vault } from "../test/unit/extension/editorFakes.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { store: { type: "string" }, runs: { type: "string", default: "9" } },
});

const built = new URL("../dist/engine.js", import.meta.url).href;
const engineModule = (await import(built)) as typeof import("../src/core/engineFactory.ts");
const { createEngine, createSystemPorts, createTraceRecorder } = engineModule;
const { createEventLoopWatch, createMemoryProbe, createMemoryWatcher } = engineModule;

const monotonicMs = () => performance.now();
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const settings = { ...DEFAULT_SETTINGS, storeFolder: values.store ?? null };
const engine = await createEngine(createSystemPorts({ secrets: { apiKey: async () => undefined }, logger }), settings);
const mirror = createRunMirror(monotonicMs);
const findings = createFindingsStore();
const probe = createMemoryProbe();
const watch = createRunWatch({
  recorder: createTraceRecorder(monotonicMs),
  watcher: createMemoryWatcher({ monotonicMs, now: Date.now, read: probe.read }),
  probe,
  loop: createEventLoopWatch(),
  activationMs: 0,
  findings,
  answers: { measure: () => ({ bytes: 0, count: 0 }), forget() {}, boundBytes: Infinity },
  mirror,
  every: () => () => {},
});
let rechecked: Promise<boolean> | undefined;
const watched: Engine = { ...engine, isUnchanged: (request) => (rechecked = engine.isUnchanged(request)) };
const window = createRunController({
  engines: {
    get: async () => watched,
    current: () => undefined,
    running: () => engine,
    dispose: () => engine.dispose(),
  },
  readInputs: () => runInputsOf(positionals[0] ?? ".", settings),
  mirror,
  findings,
  memory: createWorkspaceMemory(memento()),
  consents: createConsents(memento()),
  keys: createKeyRing(vault()),
  watch: async () => watch,
  held: createHeldReports(() => 0),
  ui: {
    confirm: async () => false,
    agreeToMore: async () => false,
    isInBackground: () => false,
    showProgress() {},
    tell: ({ text }) => console.error(text),
  },
  logger,
});

const ms: number[] = [];
for (let run = -2; run < Number(values.runs); run++) {
  const startMs = monotonicMs();
  await window.analyze();
  if (run >= 0) ms.push(monotonicMs() - startMs);
  // The look behind it is not what is waited for.
  if (run >= 0 && (await rechecked) !== true) throw new Error("The report does not hold.");
}
await window.shutdown();
watch.dispose();
await engine.dispose();
process.stdout.write(`${JSON.stringify({ ms, coverage: mirror.current()?.coverage })}\n`);
