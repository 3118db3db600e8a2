import { setImmediate } from "node:timers/promises";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Compiled code, and what belongs to it: it grows for as long as functions run warm, and holds nothing of ours. */
const COMPILED = /^(code|trusted|shared_trusted|read_only)/;

export interface HeldBytes {
  /** Objects of this thread, after full collections. */
  readonly data: number;
  /** Code in all its forms. */
  readonly code: number;
}

export async function heldBytes(): Promise<HeldBytes> {
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  for (let round = 0; round < 3; round++) {
    collect();
    // What waits to be finalized is let go in a turn of its own.
    await setImmediate();
  }
  const [code, data] = [true, false].map((isCode) =>
    getHeapSpaceStatistics()
      .filter(({ space_name }) => COMPILED.test(space_name) === isCode)
      .reduce((sum, { space_used_size }) => sum + space_used_size, 0),
  );
  return { data: data!, code: code! };
}
