/**
 * V8 gives pages back to the system only when it collects, and a thread with nothing to do never comes to a collection:
 * what much work has left would stay for as long as the window is open.
 */
import v8 from "node:v8";

/** What the flag gives to new contexts. */
type Collect = (options: { type: "major"; execution: "sync"; flavor: "last-resort" }) => void;

let collect: Collect | undefined;

/** All of this thread's garbage. Takes some tens of milliseconds for every hundred megabytes that stay. */
export async function collectGarbage(): Promise<void> {
  collect ??= await openCollect();
  collect({ type: "major", execution: "sync", flavor: "last-resort" });
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
