/** What is left in the heap by many runs of one engine in which nothing goes wrong. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { runNode } from "../nodeProcess.ts";
import { formatTable } from "../table.ts";
import { heapSlope, type HeapPoint } from "./heapSlope.ts";

const FILES = 100;
/** By then all code has run warm; what comes after is what is kept. */
const WARM_FILES = 1_000;
const MOST_BYTES = 1_000_000;
const program = fileURLToPath(new URL("slopeProcess.ts", import.meta.url));

/** @returns whether it is below a megabyte for a thousand files */
export async function slope(runs: number): Promise<boolean> {
  const simulator = await createProviderSimulator({ keepBodies: false });
  const model = ["--base-url", simulator.url, "--model", simulator.model];
  const rows: string[][] = [];
  let isFlat = true;
  try {
    for (const [name, args] of [["offline", []] as const, ["with a model", model] as const]) {
      process.stderr.write(`slope: ${runs} runs of ${FILES} files, ${name}\n`);
      const points = await measure(runs, args, simulator.key ?? "");
      const warm = heapSlope(points.filter(({ files }) => files >= WARM_FILES));
      isFlat &&= warm <= MOST_BYTES;
      const [first, last] = [points[0]!, points.at(-1)!];
      const atWarm = points.find(({ files }) => files >= WARM_FILES) ?? last;
      const heaps = [first, atWarm, last].map(({ heapBytes }) => megabytes(heapBytes));
      rows.push([name, ...heaps, megabytes(heapSlope(points)), megabytes(warm)]);
    }
  } finally {
    await simulator.stop();
  }
  const ends = ["heap after 1 run", `after ${WARM_FILES / FILES}`, `after ${runs}`];
  console.log(formatTable([`${FILES} files a run`, ...ends, "per 1,000 files", "of them warm"], rows));
  return isFlat;
}

async function measure(runs: number, args: readonly string[], key: string): Promise<readonly HeapPoint[]> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  try {
    const folder = join(parent, "workspace");
    await mkdir(folder);
    const all = [
      "--folder",
      folder,
      "--store",
      join(parent, "store"),
      "--files",
      String(FILES),
      "--runs",
      String(runs),
    ];
    const env = { ONCEOVER_API_KEY: key };
    const { exitCode, stdout, stderr } = await runNode(program, [...all, ...args], { timeoutMs: 1_800_000, env });
    if (exitCode !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? "no output");
    return JSON.parse(stdout) as HeapPoint[];
  } finally {
    await rm(parent, { recursive: true, force: true, maxRetries: 3 });
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}
