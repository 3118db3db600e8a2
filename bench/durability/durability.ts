/**
 * What must not happen to what was paid for, tried often: processes killed at random moments, files damaged at random
 * places, a disk that fails at every write of a run. Prints how often, and what came of it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeReferences, reviewsInReference, tryDamage } from "../../test/support/durability/damagedStores.ts";
import { countWrites, tryFault, type WriteFault } from "../../test/support/durability/diskFaults.ts";
import { killProcesses } from "../../test/support/durability/killedProcesses.ts";

const CONCURRENCY = 4;

export interface DurabilityCounts {
  readonly kills: number;
  readonly damages: number;
  /** A fault at every so-manieth write; 1: at each. */
  readonly faultStep: number;
  readonly seed: number;
}

interface Part {
  readonly line: string;
  readonly problems: readonly string[];
}

/** Returns false when something happened that must not. */
export async function durability(counts: DurabilityCounts): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "onceover-durability-"));
  const problems: string[] = [];
  try {
    for (const measure of [measureDamage, measureFaults, measureKills]) {
      const part = await measure(folder, counts);
      console.log(part.line);
      problems.push(...part.problems);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const problem of problems) console.error(`! ${problem}`);
  return problems.length === 0;
}

async function measureKills(folder: string, { kills, seed }: DurabilityCounts): Promise<Part> {
  const onKill = (count: number) => progress(`kill ${count} of ${kills}`);
  const outcome = await killProcesses({ kills, seed, parent: join(folder, "kills"), concurrency: CONCURRENCY, onKill });
  const { units, requests, repaid, mostRepaid, problems } = outcome;
  const line = `${kills} kills: ${units} reviews, ${requests} requests, ${repaid} paid again (at most ${mostRepaid} after one kill, with ${CONCURRENCY} at once), ${problems.length} problems`;
  return { line, problems };
}

async function measureDamage(folder: string, { damages, seed }: DurabilityCounts): Promise<Part> {
  const references = await makeReferences(join(folder, "damage"));
  const problems: string[] = [];
  const sums = { failed: 0, wrong: 0, told: 0, kept: 0, none: 0 };
  for (let at = 0; at < damages; at++) {
    if (at % 100 === 0) progress(`damage ${at} of ${damages}`);
    const outcome = await tryDamage(references[at % references.length]!, seed + at);
    const place = `seed ${outcome.seed}, ${outcome.what}, ${outcome.store}`;
    if (outcome.failure !== null) problems.push(`${place}: ${outcome.failure.split("\n")[0]}`);
    for (const wrong of outcome.wrong) problems.push(`${place}: ${wrong}`);
    sums.failed += outcome.failure === null ? 0 : 1;
    sums.wrong += outcome.wrong.length;
    sums.told += outcome.told ? 1 : 0;
    sums.none += outcome.kept === 0 ? 1 : 0;
    sums.kept += outcome.kept;
  }
  const kept = ((100 * sums.kept) / (damages * reviewsInReference)).toFixed(1);
  const line = `${damages} damaged stores: ${sums.failed} failed starts, ${sums.wrong} wrong answers, ${sums.told} set aside, ${kept} % of the reviews kept (none in ${sums.none})`;
  return { line, problems };
}

async function measureFaults(folder: string, { faultStep }: DurabilityCounts): Promise<Part> {
  const writes = await countWrites(join(folder, "faults"));
  const problems: string[] = [];
  const statuses = new Map<number, number>();
  let cases = 0;
  for (let at = 1; at <= writes; at += faultStep) {
    progress(`fault at write ${at} of ${writes}`);
    for (const fault of faultsAt(at)) {
      const place = `${fault.kind}, write ${at}${fault.isLasting ? " and all behind it" : ""}`;
      const parent = join(folder, "faults", `${fault.kind}-${at}-${fault.isLasting}`);
      const outcome = await tryFault(parent, fault, fault.kind === "read-only");
      problems.push(...outcome.problems.map((problem) => `${place}: ${problem}`));
      statuses.set(outcome.status, (statuses.get(outcome.status) ?? 0) + 1);
      cases++;
    }
  }
  const ends = [...statuses].map(([status, count]) => `${count} with exit status ${status}`).join(", ");
  return { line: `${cases} disk faults over ${writes} writes: ${ends}, ${problems.length} problems`, problems };
}

function faultsAt(at: number): WriteFault[] {
  const kinds = ["full", "io", "read-only"] as const;
  return kinds.flatMap((kind) => [true, false].map((isLasting) => ({ kind, at, isLasting, countFile: null })));
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
