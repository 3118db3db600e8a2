/** Watches what is held: samples of the process, sizes of our own holders after each run, trimming and an alert. */
import type { DisposableLike } from "../../shared/disposables.ts";
import type {
  HolderSize,
  MemoryAlert,
  MemoryFigures,
  MemorySample,
  MemorySnapshot,
} from "../../shared/memoryFigures.ts";
import { leakedBytes, slopePerMinute } from "./leakTrend.ts";

export interface MemoryHolder {
  readonly name: string;
  /** Asked after each run and when someone looks: may cost a millisecond. An estimate will do. */
  measure(): { readonly bytes: number; readonly count: number };
  /** What it promises never to exceed: below it growing is its purpose, above it is a leak. */
  readonly boundBytes?: number;
  /** Lets go of what can be made again. */
  readonly trim?: () => void;
  /** What is worth least is trimmed first. Default 0. */
  readonly worth?: number;
}

export type MemoryReading = Omit<MemorySample, "atMs">;

export interface MemoryWatcher {
  register(holder: MemoryHolder): DisposableLike;
  /** Cheap: numbers of the process alone. */
  sample(): MemorySample;
  snapshot(label: MemorySnapshot["label"]): MemorySnapshot;
  /** After each run: takes a snapshot, trims above the limit, judges. An alert is given once per holder and kind. */
  endRun(limitBytes: number): MemoryAlert | null;
  figures(): MemoryFigures;
}

export interface MemoryWatcherOptions {
  readonly monotonicMs: () => number;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly read: () => MemoryReading;
}

const MAX_SAMPLES = 240;
const MAX_SNAPSHOTS = 20;
/** As many as the trend looks at, and some more. */
const MAX_RUNS = 40;
const MEASURE_AGAIN_MS = 2_000;
const DEFAULT_LIMIT_BYTES = 256 * 1024 * 1024;

export function createMemoryWatcher({ monotonicMs, now, read }: MemoryWatcherOptions): MemoryWatcher {
  const holders = new Set<MemoryHolder>();
  const afterRuns = new Map<string, number[]>();
  const said = new Set<string>();
  let samples: MemorySample[] = [];
  let snapshots: readonly MemorySnapshot[] = [];
  let taken = 0;
  let limitBytes = DEFAULT_LIMIT_BYTES;
  let measured: { readonly atMs: number; readonly sizes: readonly HolderSize[] } | null = null;
  let alert: MemoryAlert | null = null;

  const sizes = (): readonly HolderSize[] =>
    [...holders]
      .map((holder): HolderSize => ({ name: holder.name, ...holder.measure() }))
      .toSorted((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));

  const sample = () => {
    const one: MemorySample = { atMs: monotonicMs(), ...read() };
    // Every second one goes: the course stays, twice as long.
    if (samples.length >= MAX_SAMPLES) samples = samples.filter((_, index) => index % 2 === 1);
    samples.push(one);
    return one;
  };

  /** Whoever looks does so up to twenty times a second: what is held is counted anew every other second. */
  const recentSizes = () => {
    const atMs = monotonicMs();
    if (!measured || atMs - measured.atMs >= MEASURE_AGAIN_MS) measured = { atMs, sizes: sizes() };
    return measured.sizes;
  };

  const snapshot = (label: MemorySnapshot["label"]) => {
    const { rssBytes, heapBytes, externalBytes } = sample();
    const takenAt = new Date(now()).toISOString();
    const one = { number: ++taken, takenAt, label, rssBytes, heapBytes, externalBytes, holders: sizes() };
    snapshots = [one, ...snapshots].slice(0, MAX_SNAPSHOTS);
    return one;
  };

  const once = (found: MemoryAlert | null): MemoryAlert | null => {
    if (!found || said.has(`${found.kind} ${found.holder}`)) return null;
    said.add(`${found.kind} ${found.holder}`);
    return found;
  };

  return {
    register(holder) {
      holders.add(holder);
      return { dispose: () => void holders.delete(holder) };
    },
    sample,
    snapshot,
    endRun(limit) {
      limitBytes = limit;
      for (const { name, bytes } of snapshot("run").holders) {
        afterRuns.set(name, [...(afterRuns.get(name) ?? []), bytes].slice(-MAX_RUNS));
      }
      const above = trimToLimit(holders, sizes, limit);
      measured = null;
      alert = likeliestLeak(holders, afterRuns) ?? above;
      return once(alert);
    },
    figures: () => ({
      samples: [...samples],
      trendBytesPerMinute: slopePerMinute(lows(samples)),
      holders: recentSizes(),
      limitBytes,
      snapshots,
      alert,
    }),
  };
}

/** What a full collection left: the first sample after it. */
function lows(samples: readonly MemorySample[]) {
  return samples
    .filter(({ collections }, index) => index > 0 && collections > samples[index - 1]!.collections)
    .map(({ atMs, heapBytes }) => ({ atMs, bytes: heapBytes }));
}

function likeliestLeak(
  holders: ReadonlySet<MemoryHolder>,
  afterRuns: ReadonlyMap<string, readonly number[]>,
): MemoryAlert | null {
  const leaks = [...holders]
    .map(({ name, boundBytes }) => {
      const sizes = afterRuns.get(name) ?? [];
      const bytes = sizes.at(-1) ?? 0;
      const growthBytes = boundBytes === undefined ? leakedBytes(sizes) : Math.max(0, bytes - boundBytes);
      return { holder: name, bytes, growthBytes };
    })
    .filter(({ growthBytes }) => growthBytes > 0)
    .toSorted((a, b) => b.growthBytes - a.growthBytes);
  return leaks[0] ? { kind: "leak", ...leaks[0] } : null;
}

/** In order of least worth, until it fits; what does not fit even so is told. */
function trimToLimit(
  holders: ReadonlySet<MemoryHolder>,
  sizes: () => readonly HolderSize[],
  limitBytes: number,
): MemoryAlert | null {
  const total = () => sizes().reduce((sum, { bytes }) => sum + bytes, 0);
  let held = total();
  for (const holder of [...holders].toSorted((a, b) => (a.worth ?? 0) - (b.worth ?? 0))) {
    if (held <= limitBytes) return null;
    if (!holder.trim) continue;
    holder.trim();
    held = total();
  }
  if (held <= limitBytes) return null;
  return { kind: "limit", holder: sizes()[0]?.name ?? "", bytes: held, growthBytes: held - limitBytes };
}
