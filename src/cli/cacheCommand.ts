/** `onceover cache`: figures and care of the store. */
import type { CacheStats, CacheVerification, Engine, Erased } from "../core/engine.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { formatBytes, formatCount, formatQuantity, formatUsd } from "../shared/format.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import type { CacheArguments } from "./invocation.ts";
import { createEnvironmentSecrets } from "./environmentSecrets.ts";
import { renderJsonValue } from "../core/export/jsonReporter.ts";
import { createCliLogger, type Session } from "./session.ts";
import { storeFolderOf } from "./storeFolder.ts";

const BYTES_PER_MB = 1_024 ** 2;
const STORAGE_FAILED = 5;

interface Answer {
  readonly status: number;
  readonly rows: readonly string[];
  readonly json: object;
}

export async function cacheCommand(args: CacheArguments, session: Session): Promise<number> {
  const { io } = session;
  const createEngine = await io.loadEngine();
  const logger = createCliLogger((line) => void session.stderr.write(`${line}\n`).catch(() => {}), args);
  const ports = createSystemPorts({ secrets: createEnvironmentSecrets({}, null), logger });
  const engine = await createEngine(ports, { ...DEFAULT_SETTINGS, storeFolder: storeFolderOf(args.cacheDir, io.cwd) });
  try {
    const answer = await carryOut(args, engine);
    const text = args.format === "json" ? renderJsonValue(answer.json) : `${answer.rows.join("\n")}\n`;
    await session.stdout.write(text.replaceAll("\u202f", " "));
    return answer.status;
  } finally {
    await engine.dispose();
  }
}

async function carryOut({ action, maxMb }: CacheArguments, { cache, eraseAll }: Engine): Promise<Answer> {
  switch (action) {
    case "stats":
      return statsAnswer(await cache.stats());
    case "verify":
      return verifyAnswer(await cache.verify());
    case "prune":
      return removedAnswer("prune", await cache.prune(maxMb * BYTES_PER_MB), "Paid reviews and the ledger are kept.");
    case "clear":
      return removedAnswer("clear", await cache.clear(), "The ledger is kept.");
    case "erase":
      return erasedAnswer(await eraseAll());
  }
}

function statsAnswer(stats: CacheStats): Answer {
  const facts = {
    Database: escapeLine(stats.databasePath),
    Size: formatBytes(stats.sizeBytes),
    Reviews: formatCount(stats.reviews),
    Verdicts: formatCount(stats.verdicts),
    "Offline results": formatCount(stats.analyses),
    Dismissals: formatCount(stats.dismissals),
    Runs: formatCount(stats.runs),
    Ledger: formatQuantity(stats.ledgerRows, "request"),
    Spent: formatUsd(stats.spentUsd),
    "Maybe billed": formatUsd(stats.maybeBilledUsd),
    SQLite: `${stats.sqliteVersion}, journal ${stats.journalMode}`,
  };
  const rows = Object.entries(facts).map(([name, value]) => `${name.padEnd(17)}${value}`);
  return { status: 0, rows, json: { schema: "onceover.cache-stats/1", ...stats } };
}

function verifyAnswer(verification: CacheVerification): Answer {
  const { ok, checked, problems } = verification;
  const verdict = ok
    ? `Sound: ${formatQuantity(checked, "entry", "entries")} checked.`
    : `Damaged: ${formatQuantity(problems.length, "problem")} in ${formatQuantity(checked, "entry", "entries")}. Damaged entries count as missing.`;
  return {
    status: ok ? 0 : STORAGE_FAILED,
    rows: [verdict, ...problems.map((problem) => `  ${escapeLine(problem)}`)],
    json: { schema: "onceover.cache-verification/1", ...verification },
  };
}

function erasedAnswer(erased: Erased): Answer {
  const { reviews, analyses, dismissals, runs, ledgerRows } = erased;
  const what = [
    formatQuantity(reviews, "review"),
    formatQuantity(analyses, "offline result"),
    formatQuantity(dismissals, "ignored finding"),
    formatQuantity(runs, "run"),
    formatQuantity(ledgerRows, "request on record", "requests on record"),
  ];
  const rows = [`Erased: ${what.join(", ")}.`, "API keys and agreements are VS Code's: erase them there."];
  return { status: 0, rows, json: { schema: "onceover.cache-erase/1", ...erased } };
}

function removedAnswer(action: string, removed: number, kept: string): Answer {
  return {
    status: 0,
    rows: [`Removed ${formatQuantity(removed, "entry", "entries")}. ${kept}`],
    json: { schema: `onceover.cache-${action}/1`, removed },
  };
}
