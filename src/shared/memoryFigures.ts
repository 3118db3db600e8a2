/** What is known of memory: of the whole process, which in an editor all extensions share, and of our own holders. */

export interface MemorySample {
  /** Monotonic, milliseconds. */
  readonly atMs: number;
  /** Of the process. */
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Buffers and the like, outside the heap. */
  readonly externalBytes: number;
  /** Full garbage collections so far; a sample with more than the one before shows what they left. */
  readonly collections: number;
}

/** Something of ours that keeps memory: a cache, a history, a store. */
export interface HolderSize {
  readonly name: string;
  readonly bytes: number;
  /** Entries. */
  readonly count: number;
}

/** Memory at one moment, holder by holder. */
export interface MemorySnapshot {
  /** 1, 2, 3 … */
  readonly number: number;
  /** ISO 8601. */
  readonly takenAt: string;
  /** What it was taken for. */
  readonly label: "run" | "asked";
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly holders: readonly HolderSize[];
}

export interface MemoryAlert {
  /** `leak`: a holder grows with every run. `limit`: all holders together are above the limit, after trimming. */
  readonly kind: "leak" | "limit";
  /** The likeliest one. */
  readonly holder: string;
  /** What it holds now; of a limit, what all hold. */
  readonly bytes: number;
  /** Of a leak, since the first of the runs that were looked at; of a limit, what is above it. */
  readonly growthBytes: number;
}

/** How the process that runs all extensions of a window gets on. */
export interface HostFigures {
  /** What activating this extension took, milliseconds. */
  readonly activationMs: number;
  /** How late the event loop was during the last run, milliseconds; null: not measured yet. */
  readonly loopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
}

export interface MemoryFigures {
  /** Missing: nobody looks. */
  readonly host?: HostFigures;
  /** Oldest first, at most 240. */
  readonly samples: readonly MemorySample[];
  /** Of what collections left, bytes per minute; null: too few. */
  readonly trendBytesPerMinute: number | null;
  /** Largest first. */
  readonly holders: readonly HolderSize[];
  readonly limitBytes: number;
  /** Newest first, at most 20. */
  readonly snapshots: readonly MemorySnapshot[];
  /** Of the last run. */
  readonly alert: MemoryAlert | null;
}

export interface HolderChange extends HolderSize {
  readonly bytesChange: number;
  readonly countChange: number;
}

/** What each holder has more or less than before, the greatest change first; those that did not change are left out. */
export function compareHolders(before: readonly HolderSize[], after: readonly HolderSize[]): readonly HolderChange[] {
  const earlier = new Map(before.map((holder) => [holder.name, holder]));
  const now = new Map(after.map((holder) => [holder.name, holder]));
  const gone = before.filter(({ name }) => !now.has(name)).map(({ name }) => ({ name, bytes: 0, count: 0 }));
  return [...after, ...gone]
    .map((holder): HolderChange => {
      const was = earlier.get(holder.name) ?? { bytes: 0, count: 0 };
      return { ...holder, bytesChange: holder.bytes - was.bytes, countChange: holder.count - was.count };
    })
    .filter(({ bytesChange, countChange }) => bytesChange !== 0 || countChange !== 0)
    .toSorted((a, b) => Math.abs(b.bytesChange) - Math.abs(a.bytesChange) || (a.name < b.name ? -1 : 1));
}
