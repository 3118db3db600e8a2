/** What watches runs in this window: their spans for a trace, and the memory that is ours. Loaded with the first run. */
import type { EventLoopWatch, LoopDelay } from "../core/profile/eventLoopWatch.ts";
import type { MemoryWatcher } from "../core/profile/memoryWatcher.ts";
import type { Profiler } from "../core/profile/profiler.ts";
import type { TraceFile, TraceRecorder } from "../core/profile/traceRecorder.ts";
import type { DisposableLike } from "../shared/disposables.ts";
import type { RunEvent } from "../shared/events.ts";
import type { MemoryAlert, MemoryFigures } from "../shared/memoryFigures.ts";
import type { Finding } from "../shared/report.ts";
import type { FindingsStore } from "./findingsStore.ts";
import type { RunMirror } from "./runMirror.ts";

export interface RunWatch extends DisposableLike {
  readonly profiler: Profiler;
  /** The run has begun. */
  begin(): void;
  onEvent(event: RunEvent): void;
  /** The run is over. */
  end(limitBytes: number): MemoryAlert | null;
  /** Of the last run; null: there was none. */
  trace(): TraceFile | null;
  memory(): MemoryFigures;
  takeSnapshot(): void;
  /** The trace names files: it goes with all else that is erased. */
  forgetTrace(): void;
}

export interface RunWatchOptions {
  readonly recorder: TraceRecorder;
  readonly watcher: MemoryWatcher;
  /** Ended with the watch. */
  readonly probe: DisposableLike;
  /** Ended with the watch. */
  readonly loop: EventLoopWatch;
  readonly activationMs: number;
  readonly findings: FindingsStore;
  /** Stored answers in memory, of the engine that there is now. */
  readonly answers: {
    measure(): { readonly bytes: number; readonly count: number };
    forget(): void;
    /** The setting that bounds them. */
    readonly boundBytes: number;
  };
  readonly mirror: RunMirror;
  /** Calls until the function returned is called. */
  readonly every: (ms: number, callback: () => void) => () => void;
}

const SAMPLE_MS = 1_000;
/** An entry of a history, without what it holds. */
const ENTRY_BYTES = 200;
/** An object with the fields of a finding, its texts apart. */
const FINDING_BYTES = 300;

export function createRunWatch(options: RunWatchOptions): RunWatch {
  const { recorder, watcher, probe, loop, activationMs, findings, answers, mirror, every } = options;
  let stopSampling: (() => void) | undefined;
  const stop = () => {
    stopSampling?.();
    stopSampling = undefined;
  };

  // Names for people are given where they are shown: `holderName.ts` of the panel.
  watcher.register({
    name: "findings",
    measure() {
      const files = [...findings.files().values()];
      const bytes = files.reduce((sum, file) => sum + sizeOfFindings(file.findings), 0);
      return { bytes: bytes + files.length * ENTRY_BYTES, count: files.length };
    },
  });
  watcher.register({
    name: "events",
    measure() {
      const kept = mirror.replay(0);
      return { bytes: kept.reduce((sum, event) => sum + sizeOfEvent(event), 0), count: kept.length };
    },
  });
  watcher.register({
    name: "answers",
    measure: answers.measure,
    trim: answers.forget,
    get boundBytes() {
      return answers.boundBytes;
    },
    // Read from the disk again in a millisecond; a trace is gone.
    worth: -1,
  });
  watcher.register({
    name: "trace",
    measure: () => ({ bytes: recorder.sizeBytes, count: recorder.profiler.spans().length }),
    trim: () => recorder.clear(),
    boundBytes: 4 * 1024 * 1024,
  });

  return {
    profiler: recorder.profiler,
    begin() {
      loop.begin();
      watcher.sample();
      stopSampling ??= every(SAMPLE_MS, () => watcher.sample());
    },
    onEvent: (event) => recorder.onEvent(event),
    end(limitBytes) {
      stop();
      loop.end();
      return watcher.endRun(limitBytes);
    },
    trace: () => (recorder.hasRun ? withHost(recorder.toTrace(), activationMs, loop.delayMs()) : null),
    memory: () => ({ ...watcher.figures(), host: { activationMs, loopDelayMs: loop.delayMs() } }),
    takeSnapshot: () => void watcher.snapshot("asked"),
    forgetTrace: () => recorder.clear(),
    dispose() {
      stop();
      loop.dispose();
      probe.dispose();
    },
  };
}

/** Beside the spans: whether the editor itself stood still meanwhile. */
function withHost(trace: TraceFile, activationMs: number, delay: LoopDelay | null): TraceFile {
  const loop = delay && { "event loop delay": `p50 ${delay.p50}, p99 ${delay.p99}, max ${delay.max} ms` };
  return { ...trace, otherData: { ...trace.otherData, "activation, ms": activationMs, ...loop } };
}

/** Two bytes a character, as V8 keeps most of what is not plain English. */
function sizeOfFindings(findings: readonly Finding[]): number {
  return findings.reduce(
    (sum, { title, detail, quote }) => sum + FINDING_BYTES + 2 * (title.length + detail.length + quote.length),
    0,
  );
}

/** The report at the end is counted by its files: its findings are those of the files' own events. */
function sizeOfEvent(event: RunEvent): number {
  if (event.type === "finding") return ENTRY_BYTES + sizeOfFindings([event.finding]);
  if (event.type === "file-end") return ENTRY_BYTES + sizeOfFindings(event.findings);
  // The same report comes with the end.
  return event.type === "run-end" ? ENTRY_BYTES * (1 + event.report.files.length) : ENTRY_BYTES;
}
