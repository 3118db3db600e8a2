/** What a memory tier in another thread holds, to be read without asking that thread. */

export interface TierUse {
  readonly bytes: number;
  readonly count: number;
}

/** Made where it is read, and handed to the thread that has the tier. */
export function createSharedUse(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
}

export function useNoter(shared: SharedArrayBuffer | undefined): (use: TierUse) => void {
  if (!shared) return () => {};
  const noted = new Float64Array(shared);
  return ({ bytes, count }) => {
    noted[0] = bytes;
    noted[1] = count;
  };
}

/** An estimate, as the tier's own: while it is being noted, one figure may be older than the other. */
export function readUse(shared: SharedArrayBuffer): TierUse {
  const [bytes = 0, count = 0] = new Float64Array(shared);
  return { bytes, count };
}
