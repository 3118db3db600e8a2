/**
 * Two processes (payingProcess.ts) want the same answers with one store; again and again one of them is killed at a
 * random moment. What the ledger, the store and the provider say afterwards must fit together.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { createProviderSimulator } from "../providerSimulator/providerSimulator.ts";
import { createSeededRandom } from "./seededRandom.ts";

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** An empty folder. */
  readonly parent: string;
  /** Requests that one process has under way at most. */
  readonly concurrency: number;
  readonly onKill?: (count: number) => void;
}

export interface KillOutcome {
  readonly kills: number;
  readonly units: number;
  readonly requests: number;
  /** Requests for what another one had been sent for, and the most of them after one kill. */
  readonly repaid: number;
  readonly mostRepaid: number;
  /** What must not be. */
  readonly problems: readonly string[];
}

const UNITS = 14;
/** The longest that a process lives before it is killed without having seen a reply. */
const LONGEST_START_MS = 600;

export async function killProcesses(options: KillOptions): Promise<KillOutcome> {
  const { kills, seed, parent, concurrency } = options;
  const random = createSeededRandom(seed);
  const problems: string[] = [];
  let [units, repaid, mostRepaid, answered] = [0, 0, 0, 0];
  let onAnswer = () => {};
  const simulator = await createProviderSimulator({
    firstTokenMs: 15,
    tokensPerSecond: 2_000,
    onRequestEnd: () => onAnswer(),
  });
  const store = path.join(parent, "store");
  try {
    for (let kill = 1; kill <= kills; kill++) {
      // Others each time, so that there is something to pay for.
      const before = simulator.requests.length;
      const asked = [String(units), String((units += UNITS))];
      const start = (name: string) =>
        startPaying([store, simulator.url, simulator.key ?? "", String(concurrency), `${name}${kill}`, ...asked]);
      const killed = start("killed");
      const survivor = start("survivor");
      const moment = Promise.withResolvers<void>();
      const after = random.below(UNITS + 2);
      answered = 0;
      onAnswer = () => void (++answered === after && moment.resolve());
      // Before the first reply as well, and when all is over.
      await (after === 0 ? setTimeout(random.below(LONGEST_START_MS)) : Promise.race([moment.promise, killed.done]));
      await setTimeout(random.below(12));
      killed.kill();
      const [, { status, stderr }] = await Promise.all([killed.done, survivor.done]);
      await simulator.whenIdle();
      const place = `kill ${kill} (after ${after} replies)`;
      if (status !== 0) problems.push(`${place}: the other process ended with ${status}: ${stderr.trim()}`);
      const more = simulator.requests.length - before - UNITS;
      repaid += Math.max(0, more);
      mostRepaid = Math.max(mostRepaid, more);
      if (more < 0) problems.push(`${place}: ${-more} were never sent`);
      if (more > concurrency) problems.push(`${place}: ${more} requests were paid again`);
      problems.push(...checkStore(store, killed.pid, units).map((problem) => `${place}: ${problem}`));
      options.onKill?.(kill);
    }
    return { kills, units, requests: simulator.requests.length, repaid, mostRepaid, problems };
  } finally {
    await simulator.stop();
  }
}

function startPaying(args: readonly string[]) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  const done = Promise.all([ended, text(child.stderr)]).then(([[status], stderr]) => ({ status, stderr }));
  // Gone by itself already: the signal then goes nowhere.
  return { pid: child.pid!, done, kill: () => child.kill("SIGKILL") };
}

const program = path.join(import.meta.dirname, "payingProcess.ts");

function checkStore(folder: string, killedPid: number, units: number): string[] {
  const db = new DatabaseSync(path.join(folder, "onceover.db"));
  try {
    const problems: string[] = [];
    const value = (sql: string) => Number(db.prepare(sql).get()?.["value"]);
    const integrity = db.prepare("PRAGMA integrity_check").get()?.["integrity_check"];
    if (integrity !== "ok") problems.push(`integrity: ${String(integrity)}`);
    const lost = value(
      "SELECT count(*) AS value FROM ledger WHERE state = 'settled' AND key NOT IN (SELECT key FROM reviews)",
    );
    if (lost > 0) problems.push(`${lost} committed reviews are lost`);
    const reviews = value("SELECT count(*) AS value FROM reviews");
    if (reviews !== units) problems.push(`${reviews} reviews of ${units} units`);
    problems.push(...paidTwice(db, killedPid));
    return problems;
  } finally {
    db.close();
  }
}

/** Of several requests for a key all but the last must be of a process that is gone. */
function paidTwice(db: DatabaseSync, killedPid: number): string[] {
  const rows = db
    .prepare(
      `SELECT key, owner, state, code FROM ledger WHERE key IN (SELECT key FROM ledger GROUP BY key HAVING count(*) > 1)
       ORDER BY key, created_at`,
    )
    .all();
  return [...Map.groupBy(rows, (row) => String(row["key"])).values()].flatMap((own) => {
    const earlier = own.slice(0, -1).filter((row) => row["state"] !== "failed" || row["code"] !== "interrupted");
    const isOfKilled = (row: (typeof own)[number]) => Number(String(row["owner"]).split(":")[1]) === killedPid;
    const wrong = earlier.filter((row) => !isOfKilled(row));
    return wrong.map((row) => `${String(row["key"]).slice(0, 8)} was paid twice (${String(row["state"])})`);
  });
}
