/** The store itself, as its worker serves it. */
import { useNoter } from "../cache/sharedUse.ts";
import { createMemoryTier } from "../cache/memoryTier.ts";
import { outlineKey } from "../review/keys.ts";
import { createGit, type Git } from "../workspace/git.ts";
import { allDismissals, dismiss, shareDismissals, undismiss } from "./allDismissals.ts";
import { answerQuestion } from "./answerQuestion.ts";
import { createBatchCalls } from "./batchCalls.ts";
import { asStoreError, isDamage, noteDamage } from "./database.ts";
import { readEmergencyFiles } from "./emergency.ts";
import { eraseAll } from "./eraseAll.ts";
import { DEFAULT_BOUNDS, keepHouse } from "./housekeeping.ts";
import { LEASE_MS, runLease } from "./leases.ts";
import { findUnchanged, holds, makePlan } from "./makePlan.ts";
import { makeSurvey } from "./makeSurvey.ts";
import { clearCache, collectStats, prune, verify } from "./maintenance.ts";
import { recordIntent, recordLookIntent, recordPackIntent } from "./recordIntent.ts";
import type { RecentAnswer, RecentAnswers } from "./reviews.ts";
import { collectGarbage, collectOnceGrown } from "../worker/collectGarbage.ts";
import { forgetStanding } from "../standing/standingFile.ts";
import { settle, settleLook, settlePack } from "./settle.ts";
import { saveShared } from "./sharedAnswer.ts";
import { sumSpending } from "./spending.ts";
import type { PlanRequest } from "./plan.ts";
import type { PackedReport, Saving } from "./savedReport.ts";
import type { Store } from "./store.ts";
import type { OutlineQuestion } from "./survey.ts";
import { isReplaced, openParts, type StoreParts } from "./storeParts.ts";
import { whenNotBusy } from "./whenNotBusy.ts";

export interface StoreHostOptions {
  readonly folder: string;
  /** Tells this store from every other one, also within a process. */
  readonly ownerId: string;
  /** What answers in memory may take; left out: 64 MB. */
  readonly memoryBytes?: number;
  /** Where what they take is noted; see sharedUse.ts. */
  readonly memoryUse?: SharedArrayBuffer;
  /** What may be stored of what can be computed again; left out: 512 MB. */
  readonly diskBytes?: number;
}

const MAX_GROWTH_BYTES = 8 * 1024 * 1024;
const DEFAULT_MEMORY_BYTES = 64 * 1024 * 1024;

/** A question and the workspace that it is about. */
export interface Asked {
  readonly request: PlanRequest;
  readonly question: OutlineQuestion;
}

/**
 * What crosses the border between threads: a signal cannot, so a plan has a number by which it is given up; a report is
 * packed before.
 */
type StoreMethods = {
  [Name in Exclude<keyof Store, "plan" | "unchanged" | "survey" | "ask" | "saveReport">]: (
    ...args: Parameters<Store[Name]>
  ) => unknown;
} & {
  plan(request: PlanRequest, number: number): unknown;
  unchanged(request: PlanRequest, number: number): unknown;
  survey(request: PlanRequest, number: number): unknown;
  ask(asked: Asked, number: number): unknown;
  abandonPlan(number: number): void;
  saveReport(workspace: string, packed: PackedReport, saving: Saving): unknown;
  /** What the heartbeat does. */
  renewLeases(): Promise<void>;
};

/**
 * Methods by name, for serveCalls. Every one but `open` needs the database open.
 * @param now wall clock, milliseconds since 1970
 * @param onNotice is told what a person should know of what happened after the opening
 */
export function createStoreHost(
  options: StoreHostOptions,
  now = () => Date.now(),
  onNotice: (notice: string) => void = () => {},
): StoreMethods {
  let parts: StoreParts | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let isClosed = false;
  let houseKept: Promise<void> | undefined;
  const bounds = { ...DEFAULT_BOUNDS, ...(options.diskBytes !== undefined && { computedBytes: options.diskBytes }) };
  const plans = new Map<number, AbortController>();
  const recent = createRecent(options.memoryBytes ?? DEFAULT_MEMORY_BYTES, options.memoryUse);
  const describe = (error: unknown) => {
    noteDamage(error, options.folder);
    return asStoreError(error, options.folder);
  };
  const opened = (): StoreParts => (parts ??= openParts({ ...options, recent, now, describe }));

  /**
   * A damaged file, and one that another process has set aside, is opened anew, and the work done again on that: it
   * must have left nothing behind.
   */
  const attempt = async <T>(work: (own: StoreParts) => T | Promise<T>): Promise<T> => {
    let own: StoreParts | undefined;
    try {
      return await whenNotBusy(() => work((own = opened())));
    } catch (error) {
      const isOutdated = own !== undefined && own !== parts;
      if (isClosed || !(isOutdated || isDamage(error) || isReplaced(error))) throw describe(error);
      noteDamage(error, options.folder);
    }
    try {
      if (own === parts) closeParts();
      return await whenNotBusy(() => work(reopened()));
    } catch (error) {
      throw describe(error);
    }
  };
  const closeParts = () => {
    const { db } = parts ?? {};
    parts = undefined;
    try {
      db?.close();
    } catch {
      // It is given up, whatever is wrong with it.
    }
  };
  const reopened = () => {
    if (parts) return parts;
    for (const notice of opened().opened.notices) onNotice(notice);
    return opened();
  };
  const write = <T>(work: (own: StoreParts) => T): Promise<T> => attempt((own) => own.commit(() => work(own)));
  /** Around what a report rests on: one that was kept meanwhile is gone afterwards, see standingFile.ts. */
  const forgetting = async <T>(work: () => Promise<T>, workspace?: string): Promise<T> => {
    forgetStanding(options.folder, workspace);
    return work().finally(() => forgetStanding(options.folder, workspace));
  };
  const renewLeases = () => write(({ leases }) => leases.renewAll());

  /** Until it is given up under its number. */
  const withGit = async <T>(number: number, work: (own: StoreParts, git: Git) => Promise<T>): Promise<T> => {
    const abandon = new AbortController();
    plans.set(number, abandon);
    const git = createGit(abandon.signal);
    return attempt((own) => work(own, git)).finally(() => plans.delete(number));
  };

  /** What ends with a run, in one commit with it; then what may grow is kept within its bounds. */
  const endRun = async (runId: string, state: string, tell: (own: StoreParts) => void = () => {}): Promise<void> => {
    await write((own) => {
      tell(own);
      own.db.prepare("UPDATE runs SET state = ?, ended_at = ? WHERE id = ?").run(state, now(), runId);
      own.leases.release(runLease(runId));
    });
    // Nobody waits for it, and what fails is done after the next run.
    houseKept = attempt((own) => keepHouse(own, bounds, now())).then(
      (notices) => notices.forEach(onNotice),
      () => {},
    );
  };

  return {
    async open() {
      isClosed = false;
      const { notices } = await attempt((own) => own.opened);
      heartbeat ??= setInterval(() => void renewLeases().catch(() => {}), LEASE_MS / 3);
      const recovered = await attempt((own) => readEmergencyFiles(options.folder, own));
      await write(({ ledger }) => ledger.closeAbandoned());
      return recovered > 0 ? [...notices, `${recovered} replies from an emergency file were stored.`] : notices;
    },
    plan: (request, number) => tidily(withGit(number, (own, git) => makePlan(own, request, git, now))),
    unchanged: (request, number) => withGit(number, (own, git) => findUnchanged(own, request, git, now)),
    holds: (request, runId) => attempt((own) => holds(own, request, runId)),
    survey: (request, number) => withGit(number, (own, git) => makeSurvey(own, request, git, now)),
    ask: ({ request, question }, number) =>
      withGit(number, (own, git) => answerQuestion(own, request, question, git, now)),
    outline: (contentHash, language, outlineVersion) =>
      attempt(({ outlines }) => outlines.find(outlineKey(contentHash, language, outlineVersion))),
    abandonPlan: (number) => plans.get(number)?.abort(),
    renewLeases,
    saveOutlines: (rows) => tidily(write(({ outlines }) => outlines.save(rows))),
    saveAnalyses: (rows) => tidily(write(({ reviews }) => reviews.saveAnalyses(rows))),
    startRun: (run) =>
      write(({ db, leases }) => {
        leases.acquire(runLease(run.id));
        db.prepare(
          "INSERT INTO runs (id, workspace, owner, started_at, state, provider, model) VALUES (?, ?, ?, ?, 'running', ?, ?)",
        ).run(run.id, run.workspace, leases.owner, now(), run.provider, run.model);
      }),
    endRun: (runId, state) => endRun(runId, state),
    recordIntent: (intent, useCache, dailyLimitNano = null) =>
      write((own) => recordIntent(own, intent, { useCache, dailyLimitNano, nowMs: now() })),
    recordPackIntent: (intent, useCache, dailyLimitNano = null) =>
      write((own) => recordPackIntent(own, intent, { useCache, dailyLimitNano, nowMs: now() })),
    findLooks: (keys) => write(({ looks }) => looks.find(keys)),
    recordLookIntent: (intent, useCache, dailyLimitNano) =>
      write((own) => recordLookIntent(own, intent, { useCache, dailyLimitNano, nowMs: now() })),
    ...createBatchCalls(write, now),
    spentToday: () => attempt(({ day }) => day()),
    recordReply: (requestId, raw, receipt) => write(({ ledger }) => ledger.received(requestId, raw, receipt)),
    settle: (settlement) => write((own) => settle(own, settlement)),
    settleLook: (requestId, raw, receipt, settlement) =>
      write((own) => {
        own.ledger.received(requestId, raw, receipt);
        settleLook(own, settlement);
      }),
    settlePack: (settlement) => write((own) => settlePack(own, settlement)),
    saveShared: (answers) => write((own) => saveShared(own, answers)),
    recordFailure: (requestId, code, receipt) =>
      write(({ ledger, leases, packs }) => {
        ledger.failed(requestId, code, receipt);
        for (const key of [ledger.keyOf(requestId) ?? [], packs.keysOf(requestId)].flat()) leases.release(key);
      }),
    saveReport: (workspace, packed, saving) =>
      forgetting(() => write(({ reports }) => reports.save(workspace, packed, saving)), workspace),
    repeatReport: (workspace, repeated) =>
      endRun(repeated.run.id, "complete", ({ reports, states }) =>
        reports.repeat(workspace, repeated, states.get(workspace)?.state ?? null),
      ),
    lastReport: (workspace, of) => attempt((own) => own.reports.restore(workspace, of.folders, allDismissals(own, of))),
    dismissals: (of) => attempt((own) => allDismissals(own, of)),
    dismiss: (of, added) => forgetting(() => attempt((own) => dismiss(own, of, added, now()))),
    undismiss: (of, targets) => forgetting(() => attempt((own) => undismiss(own, of, targets))),
    shareDismissals: (folders) => forgetting(() => attempt((own) => shareDismissals(own, folders, now()))),
    spending: (workspace, sinceMs) => attempt(({ db }) => sumSpending(db, workspace, sinceMs)),
    stats: () => attempt((own) => collectStats(own.opened)),
    verify: () => attempt(({ db }) => verify(db)),
    async forgetRecent() {
      recent.clear();
    },
    async rest() {
      // What is not open holds nothing.
      if (parts) await attempt(({ db }) => db.exec("PRAGMA shrink_memory"));
      await collectGarbage();
    },
    prune: (maxBytes) => attempt(({ db }) => prune(db, maxBytes, now())),
    clear: () => forgetting(() => attempt(({ db }) => clearCache(db))),
    async eraseAll() {
      // What was asked before, such as the end of a run, is done before: writes wait for the end of their turn.
      await write(() => {});
      return forgetting(() => attempt((own) => eraseAll(own.opened, now)));
    },
    async close() {
      clearInterval(heartbeat);
      heartbeat = undefined;
      for (const plan of plans.values()) plan.abort();
      await houseKept;
      if (!parts) return;
      await parts.commit(() => parts?.leases.releaseAll()).catch(() => {});
      isClosed = true;
      closeParts();
    },
  };
}

function createRecent(maxBytes: number, use: SharedArrayBuffer | undefined): RecentAnswers {
  const tier = createMemoryTier<RecentAnswer>(maxBytes, (one) => one.bytes, useNoter(use));
  return Object.assign(tier, { state: 0 });
}

/** Around what leaves much garbage, a plan of many files say: it goes once the answer is on its way. */
function tidily<T>(work: Promise<T>): Promise<T> {
  return work.finally(() => setImmediate(() => void collectOnceGrown(MAX_GROWTH_BYTES)));
}
