/**
 * V8 gives pages back to the system only when it collects, and a thread with nothing to do never comes to a collection:
 * what much work has left would stay for as long as the window is open.
 */
import v8 from "node:v8";

/** What the flag gives to new contexts. */
type Collect = (options: { type: "major"; execution: "sync"; flavor: "last-resort" }) => void;

const heapBytes = () => v8.getHeapStatistics().total_heap_size;

let collect: Collect | undefined;
/** This thread's heap when it began, or after its last collection. */
let leftBytes = heapBytes();

/** All of this thread's garbage. Takes some tens of milliseconds for every hundred megabytes that stay. */
export async function collectGarbage(): Promise<void> {
  collect ??= await openCollect();
  collect({ type: "major", execution: "sync", flavor: "last-resort" });
  leftBytes = heapBytes();
}

/**
 * The same once this thread's heap has grown by so much since: for threads that nobody waits for. V8 lets a small heap grow
 * to several times what is in use, and each thread beside the host's would have its own. Never rejects.
 */
export async function collectOnceGrown(byBytes: number): Promise<void> {
  if (heapBytes() - leftBytes < byBytes) return;
  try {
    await collectGarbage();
  } catch {
    // Not to be had in this process: it is not asked for again.
    leftBytes = Infinity;
  }
}

/** The flag is on for as long as it takes to make a context: no other code is given the function. */
async function openCollect(): Promise<Collect> {
  const { runInNewContext } = await import("node:vm");
  v8.setFlagsFromString("--expose-gc");
  try {
    return runInNewContext("gc") as Collect;
  } finally {
    v8.setFlagsFromString("--no-expose-gc");
  }
}
