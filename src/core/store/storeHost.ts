/** The store itself, as its worker serves it. */
import type { DatabaseSync } from "node:sqlite";
import { createGit, type Git } from "../workspace/git.ts";
import { createCommitQueue, type Commit } from "./commitQueue.ts";
import { asStoreError, noteDamage, openDatabase, type OpenDatabase } from "./database.ts";
import { createDaySpending, type ReadDay } from "./daySpending.ts";
import { allDismissals, dismiss, shareDismissals, undismiss } from "./allDismissals.ts";
import { createDismissals, type Dismissals } from "./dismissals.ts";
import { readEmergencyFiles } from "./emergency.ts";
import { eraseAll } from "./eraseAll.ts";
import { createFileIndex, type FileIndex } from "./fileIndex.ts";
import { createLeases, createOwner, LEASE_MS, runLease, type Leases } from "./leases.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { makePlan } from "./makePlan.ts";
import { makeSurvey } from "./makeSurvey.ts";
import { clearCache, collectStats, prune, verify } from "./maintenance.ts";
import { createOutlines, type Outlines } from "./outlines.ts";
import { createReports } from "./reports.ts";
import { createReviews, type Reviews } from "./reviews.ts";
import type { Intent, IntentAnswer, PlanRequest, Store } from "./store.ts";
import { sumSpending } from "./spending.ts";
import { createUnitHistory, type UnitHistory } from "./unitHistory.ts";
import { whenNotBusy } from "./whenNotBusy.ts";

export interface StoreHostOptions {
  readonly folder: string;
  /** Tells this store from every other one, also within a process. */
  readonly ownerId: string;
}

/** What crosses the border between threads: a signal cannot, so a plan has a number by which it is given up. */
type StoreMethods = {
  [Name in Exclude<keyof Store, "plan" | "survey">]: (...args: Parameters<Store[Name]>) => unknown;
} & {
  plan(request: PlanRequest, number: number): unknown;
  survey(request: PlanRequest, number: number): unknown;
  abandonPlan(number: number): void;
};

export interface StoreParts {
  readonly opened: OpenDatabase;
  readonly db: DatabaseSync;
  readonly commit: Commit;
  readonly index: FileIndex;
  readonly reviews: Reviews;
  readonly outlines: Outlines;
  readonly ledger: Ledger;
  readonly day: ReadDay;
  readonly leases: Leases;
  readonly history: UnitHistory;
  readonly reports: ReturnType<typeof createReports>;
  readonly dismissals: Dismissals;
}

/**
 * Methods by name, for serveCalls. Every one but `open` needs the database open.
 * @param now wall clock, milliseconds since 1970
 */
export function createStoreHost(options: StoreHostOptions, now = () => Date.now()): StoreMethods {
  let parts: StoreParts | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  const plans = new Map<number, AbortController>();
  const describe = (error: unknown) => {
    noteDamage(error, options.folder);
    return asStoreError(error, options.folder);
  };
  const guarded = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await whenNotBusy(work);
    } catch (error) {
      throw describe(error);
    }
  };
  const opened = (): StoreParts => (parts ??= openParts(options, now, describe));
  /** Until it is given up under its number. */
  const withGit = async <T>(number: number, work: (git: Git) => Promise<T>): Promise<T> => {
    const abandon = new AbortController();
    plans.set(number, abandon);
    const git = createGit(abandon.signal);
    return guarded(() => work(git)).finally(() => plans.delete(number));
  };

  return {
    async open() {
      const { opened: database, commit, ledger, reviews } = await guarded(opened);
      heartbeat ??= setInterval(() => void commit(() => opened().leases.renewAll()).catch(() => {}), LEASE_MS / 3);
      const recovered = await readEmergencyFiles(options.folder, commit, ledger, reviews);
      await commit(() => ledger.closeAbandoned());
      return recovered > 0
        ? [...database.notices, `${recovered} replies from an emergency file were stored.`]
        : database.notices;
    },
    plan: (request, number) => withGit(number, (git) => makePlan(opened(), request, git, now)),
    survey: (request, number) => withGit(number, (git) => makeSurvey(opened(), request, git, now)),
    abandonPlan: (number) => plans.get(number)?.abort(),
    saveOutlines: (rows) => opened().commit(() => opened().outlines.save(rows)),
    saveAnalyses: (rows) => opened().commit(() => opened().reviews.saveAnalyses(rows)),
    startRun(run) {
      const { db, commit, leases } = opened();
      const insert = db.prepare(
        "INSERT INTO runs (id, workspace, owner, started_at, state, provider, model) VALUES (?, ?, ?, ?, 'running', ?, ?)",
      );
      return commit(() => {
        leases.acquire(runLease(run.id));
        insert.run(run.id, run.workspace, leases.owner, now(), run.provider, run.model);
      });
    },
    endRun: (runId, state) => opened().commit(() => endRun(opened(), runId, state, now())),
    recordIntent: (intent, useCache, dailyLimitNano = null) =>
      opened().commit(() => recordIntent(opened(), intent, useCache, dailyLimitNano)),
    spentToday: () => guarded(() => opened().day()),
    recordReply: (requestId, raw, receipt) => opened().commit(() => opened().ledger.received(requestId, raw, receipt)),
    settle(settlement) {
      const { commit, ledger, reviews, leases } = opened();
      return commit(() => {
        reviews.save(settlement);
        ledger.settled(settlement.requestId, settlement.code, settlement.review !== null);
        if (!settlement.keepLease) leases.release(settlement.key);
      });
    },
    recordFailure(requestId, code, receipt, keepLease) {
      const { commit, db, ledger, leases } = opened();
      const keyOf = db.prepare("SELECT key FROM ledger WHERE request_id = ?");
      return commit(() => {
        ledger.failed(requestId, code, receipt);
        const key = keyOf.get(requestId)?.["key"];
        if (!keepLease && typeof key === "string") leases.release(key);
      });
    },
    saveReport: (workspace, saved, scope, folders, state = null) =>
      opened().commit(() => opened().reports.save(workspace, saved, { scope, folders, state })),
    repeatReport: (workspace, repeated) =>
      opened().commit(() => {
        opened().reports.repeat(workspace, repeated);
        endRun(opened(), repeated.run.id, "complete", now());
      }),
    lastReport: (workspace, of) =>
      guarded(() => opened().reports.restore(workspace, of.folders, allDismissals(opened(), of))),
    dismissals: (of) => guarded(() => allDismissals(opened(), of)),
    dismiss: (of, added) => guarded(() => dismiss(opened(), of, added, now())),
    undismiss: (of, targets) => guarded(() => undismiss(opened(), of, targets)),
    shareDismissals: (folders) => guarded(() => shareDismissals(opened(), folders, now())),
    spending: (workspace, sinceMs) => guarded(() => sumSpending(opened().db, workspace, sinceMs)),
    stats: () => guarded(() => collectStats(opened().opened)),
    verify: () => guarded(() => verify(opened().db)),
    prune: (maxBytes) => guarded(() => prune(opened().db, maxBytes)),
    clear: () => guarded(() => clearCache(opened().db)),
    async eraseAll() {
      // What was asked before, such as the end of a run, is done before: writes wait for the end of their turn.
      await opened().commit(() => {});
      return guarded(() => eraseAll(opened().opened, now));
    },
    async close() {
      clearInterval(heartbeat);
      for (const plan of plans.values()) plan.abort();
      if (!parts) return;
      await parts.commit(() => parts?.leases.releaseAll()).catch(() => {});
      parts.db.close();
      parts = undefined;
    },
  };
}

function openParts(options: StoreHostOptions, now: () => number, describe: (error: unknown) => unknown): StoreParts {
  const opened = openDatabase(options.folder, now);
  const { db } = opened;
  const owner = createOwner(options.ownerId);
  return {
    opened,
    db,
    commit: createCommitQueue(db, describe),
    index: createFileIndex(db),
    reviews: createReviews(db, now),
    outlines: createOutlines(db, now),
    ledger: createLedger(db, owner, now),
    day: createDaySpending(db, now),
    leases: createLeases(db, owner, now),
    history: createUnitHistory(db),
    reports: createReports(db, now),
    dismissals: createDismissals(db, now),
  };
}

/** Call inside a transaction. */
function endRun({ db, leases }: StoreParts, runId: string, state: string, nowMs: number): void {
  db.prepare("UPDATE runs SET state = ?, ended_at = ? WHERE id = ?").run(state, nowMs, runId);
  leases.release(runLease(runId));
}

/** The lease and the intent are one commit: whoever may send has already said so durably. */
function recordIntent(
  parts: StoreParts,
  intent: Intent,
  useCache: boolean,
  dailyLimitNano: number | null,
): IntentAnswer {
  const stored = useCache ? parts.reviews.find(intent.key) : undefined;
  if (stored) return { outcome: "answered", unit: stored };
  const lease = parts.leases.acquire(intent.key);
  if (!lease.granted) return { outcome: "held", expiresInMs: lease.expiresInMs };
  const answer = dailyLimitNano === null ? GRANTED : withinDay(parts, intent, dailyLimitNano);
  if (answer.outcome !== "granted") {
    parts.leases.release(intent.key);
    return answer;
  }
  parts.ledger.intent(intent);
  parts.history.save(intent.place, intent.key);
  return answer;
}

const GRANTED: IntentAnswer = { outcome: "granted" };

/** Read and written in one transaction: of two windows that ask for the day's last cents one gets them. */
function withinDay(parts: StoreParts, { reservedNano }: Intent, limitNano: number): IntentAnswer {
  const fits = (usedNano: number) => usedNano + reservedNano <= limitNano;
  const before = parts.day();
  if (fits(before.spentNano + before.reservedNano)) {
    return { outcome: "granted", day: { ...before, reservedNano: before.reservedNano + reservedNano } };
  }
  // Whose process is gone will not give back what it has reserved: nobody need wait for that.
  const day = before.reservedNano > 0 && parts.ledger.closeAbandoned() > 0 ? parts.day() : before;
  return { outcome: "over-daily-budget", day, mayFit: day.reservedNano > 0 && fits(day.spentNano) };
}
