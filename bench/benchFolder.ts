/** A temporary folder that is gone when the run is over. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface BenchFolder extends AsyncDisposable {
  readonly path: string;
}

export async function createBenchFolder(): Promise<BenchFolder> {
  const path = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
