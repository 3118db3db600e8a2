import { createMemoryWatcher } from "../../src/core/profile/memoryWatcher.ts";
import { createTraceRecorder } from "../../src/core/profile/traceRecorder.ts";
import type { FindingsStore } from "../../src/extension/findingsStore.ts";
import type { RunMirror } from "../../src/extension/runMirror.ts";
import { createRunWatch } from "../../src/extension/runWatch.ts";

const noAnswers = { measure: () => ({ bytes: 0, count: 0 }), forget() {}, boundBytes: 64e6 };

/** A watch whose time and process stand still; `tick` is its timer, null while none runs. */
export function testWatch(mirror: RunMirror, findings: FindingsStore, answers = noAnswers) {
  const read = () => ({ rssBytes: 2e8, heapBytes: 5e7, externalBytes: 1e6, collections: 0 });
  const delay = { p50: 0, p99: 12, max: 80 };
  const loop = { begin() {}, end() {}, delayMs: () => delay, dispose() {} };
  const timer = { tick: null as (() => void) | null, disposed: 0 };
  const watch = createRunWatch({
    recorder: createTraceRecorder(() => 0),
    watcher: createMemoryWatcher({ monotonicMs: () => 0, now: () => 0, read }),
    probe: { dispose: () => void timer.disposed++ },
    loop,
    activationMs: 4,
    findings,
    answers,
    mirror,
    every(_ms, callback) {
      timer.tick = callback;
      return () => void (timer.tick = null);
    },
  });
  return { watch, timer };
}
