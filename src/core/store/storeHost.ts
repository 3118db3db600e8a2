/** The store itself, as its worker serves it. */
import type { DatabaseSync } from "node:sqlite";
import type { Folder } from "../engine.ts";
import { sha256 } from "../review/keys.ts";
import { planFile, type Lookup } from "../review/plan.ts";
import { describeWorkspace } from "../workspace/describeWorkspace.ts";
import { createGit, type Git } from "../workspace/git.ts";
import { takeSnapshot, type Snapshot } from "../workspace/snapshot.ts";
import { wantedFiles } from "../workspace/wantedFiles.ts";
import { createCommitQueue, type Commit } from "./commitQueue.ts";
import { asStoreError, noteDamage, openDatabase, type OpenDatabase } from "./database.ts";
import { createDismissals, type Dismissals } from "./dismissals.ts";
import { readEmergencyFiles } from "./emergency.ts";
import { createFileIndex, type FileIndex } from "./fileIndex.ts";
import { createLeases, createOwner, LEASE_MS, type Leases } from "./leases.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { clearCache, collectStats, prune, verify } from "./maintenance.ts";
import { createReports } from "./reports.ts";
import { createReviews, type Reviews } from "./reviews.ts";
import type { Intent, IntentAnswer, Plan, PlanRequest, Store } from "./store.ts";
import { whenNotBusy } from "./whenNotBusy.ts";

export interface StoreHostOptions {
  readonly folder: string;
  /** Tells this store from every other one, also within a process. */
  readonly ownerId: string;
}

/** What crosses the border between threads: a signal cannot, so a plan has a number by which it is given up. */
type StoreMethods = { [Name in Exclude<keyof Store, "plan">]: (...args: Parameters<Store[Name]>) => unknown } & {
  plan(request: PlanRequest, number: number): unknown;
  abandonPlan(number: number): void;
};

interface Parts {
  readonly opened: OpenDatabase;
  readonly db: DatabaseSync;
  readonly commit: Commit;
  readonly index: FileIndex;
  readonly reviews: Reviews;
  readonly ledger: Ledger;
  readonly leases: Leases;
  readonly reports: ReturnType<typeof createReports>;
  readonly dismissals: Dismissals;
}

const now = () => Date.now();

/** Methods by name, for serveCalls. Every one but `open` needs the database open. */
export function createStoreHost(options: StoreHostOptions): StoreMethods {
  let parts: Parts | undefined;
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
  const opened = (): Parts => (parts ??= openParts(options, describe));

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
    async plan(request, number) {
      const abandon = new AbortController();
      plans.set(number, abandon);
      const git = createGit(abandon.signal);
      return guarded(() => makePlan(opened(), request, git)).finally(() => plans.delete(number));
    },
    abandonPlan: (number) => plans.get(number)?.abort(),
    saveAnalyses: (rows) => opened().commit(() => opened().reviews.saveAnalyses(rows)),
    startRun(run) {
      const { db, commit, leases } = opened();
      const insert = db.prepare(
        "INSERT INTO runs (id, workspace, owner, started_at, state, provider, model) VALUES (?, ?, ?, ?, 'running', ?, ?)",
      );
      return commit(() => void insert.run(run.id, run.workspace, leases.owner, now(), run.provider, run.model));
    },
    endRun(runId, state) {
      const { db, commit } = opened();
      const update = db.prepare("UPDATE runs SET state = ?, ended_at = ? WHERE id = ?");
      return commit(() => void update.run(state, now(), runId));
    },
    recordIntent: (intent, useCache) => opened().commit(() => recordIntent(opened(), intent, useCache)),
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
    saveReport: (workspace, report, hashes, partial, dismissed) =>
      opened().commit(() => opened().reports.save(workspace, { report, hashes, dismissed }, partial)),
    lastReport: (workspace, folders) =>
      guarded(() => {
        const { reports, dismissals } = opened();
        return reports.restore(workspace, folders, dismissals.list(folders));
      }),
    dismissals: (folders) => guarded(() => opened().dismissals.list(folders)),
    dismiss: (folders, added) => opened().commit(() => opened().dismissals.add(folders, added)),
    undismiss: (folders, targets) => opened().commit(() => opened().dismissals.remove(folders, targets)),
    stats: () => guarded(() => collectStats(opened().opened)),
    verify: () => guarded(() => verify(opened().db)),
    prune: (maxBytes) => guarded(() => prune(opened().db, maxBytes)),
    clear: () => guarded(() => clearCache(opened().db)),
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

function openParts(options: StoreHostOptions, describe: (error: unknown) => unknown): Parts {
  const opened = openDatabase(options.folder, now);
  const { db } = opened;
  const owner = createOwner(options.ownerId);
  return {
    opened,
    db,
    commit: createCommitQueue(db, describe),
    index: createFileIndex(db),
    reviews: createReviews(db, now),
    ledger: createLedger(db, owner, now),
    leases: createLeases(db, owner, now),
    reports: createReports(db, now),
    dismissals: createDismissals(db, now),
  };
}

/** The lease and the intent are one commit: whoever may send has already said so durably. */
function recordIntent(parts: Parts, intent: Intent, useCache: boolean): IntentAnswer {
  const answer = useCache ? parts.reviews.find(intent.key) : undefined;
  if (answer) return { outcome: "answered", unit: answer };
  const lease = parts.leases.acquire(intent.key);
  if (!lease.granted) return { outcome: "held", expiresInMs: lease.expiresInMs };
  parts.ledger.intent(intent);
  return { outcome: "granted" };
}

async function makePlan(parts: Parts, request: PlanRequest, git: Git): Promise<Plan> {
  const startedAt = performance.now();
  const listed = await Promise.all(request.folders.map((folder) => wantedFiles(folder, request, git)));
  const snapshots = request.folders.map((folder, index) =>
    takeSnapshot(folder, listed[index]!, parts.index, request, now),
  );
  const snapshotMs = performance.now() - startedAt;
  await saveIndex(parts, snapshots);

  const touched = { reviews: [] as string[], analyses: [] as string[] };
  const lookup = createLookup(parts, request.useCache, touched);
  const contexts = request.folders.map((folder) => workspaceContext(folder, request.trusted));
  const settings = { recipe: request.recipe, offlineVersion: request.offlineVersion };
  const files = snapshots.flatMap((snapshot, folder) =>
    snapshot.files.map((file) => planFile(file, folder, contexts[folder]!, settings, lookup)),
  );
  if (touched.reviews.length + touched.analyses.length > 0) {
    await parts.commit(() => parts.reviews.touch(touched.reviews, touched.analyses));
  }
  return { files, contexts, phases: { snapshotMs, planMs: performance.now() - startedAt - snapshotMs } };
}

async function saveIndex(parts: Parts, snapshots: readonly Snapshot[]): Promise<void> {
  const read = snapshots.flatMap((snapshot) => snapshot.read);
  if (read.length > 0) await parts.commit(() => parts.index.save(read));
}

function workspaceContext(folder: Folder, trusted: boolean) {
  const text = describeWorkspace(folder.path, trusted);
  return { text, hash: sha256(text) };
}

function createLookup(parts: Parts, useCache: boolean, touched: { reviews: string[]; analyses: string[] }): Lookup {
  if (!useCache) return { review: () => undefined, analysis: () => undefined, unreadReply: () => null };
  return {
    review: (key) => parts.reviews.find(key, touched.reviews),
    analysis: (key) => parts.reviews.findAnalysis(key, touched.analyses),
    unreadReply: (key) => parts.ledger.unreadReply(key),
  };
}
