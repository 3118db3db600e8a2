/**
 * Two engines' review stages on one database, under one clock that a test moves, asking a provider that lives in the
 * same process: it answers, fails, cuts and bills as scripted. All but files, threads and the wire is the real thing.
 */
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import path from "node:path";
import type { AnalysisPool } from "../../src/core/offline/analysis.ts";
import type { Agreement } from "../../src/core/flow/budget.ts";
import { createDailyWall } from "../../src/core/flow/dailyWall.ts";
import type { Model, ModelReply, ModelRequest } from "../../src/core/model/model.ts";
import { ModelError } from "../../src/core/model/modelError.ts";
import type { PriceBook } from "../../src/core/model/prices.ts";
import { createCostMeter, toNano, type CostMeter } from "../../src/core/profile/costMeter.ts";
import { noProfiler } from "../../src/core/profile/profiler.ts";
import { createModelRun } from "../../src/core/review/createModelRun.ts";
import { createEmitter } from "../../src/core/review/emitter.ts";
import { createFileTracker } from "../../src/core/review/fileTracker.ts";
import { sha256 } from "../../src/core/review/keys.ts";
import type { LearnedCosts } from "../../src/core/review/learnCosts.ts";
import type { Parcel } from "../../src/core/review/parcels.ts";
import type { Reviewing } from "../../src/core/review/reviewing.ts";
import { createStopSignals } from "../../src/core/review/stopSignals.ts";
import type { UnitJob } from "../../src/core/review/unitsToSend.ts";
import { createStoreHost } from "../../src/core/store/storeHost.ts";
import type { PlannedUnit } from "../../src/core/store/plan.ts";
import type { Store } from "../../src/core/store/store.ts";
import { DEFAULT_SETTINGS } from "../../src/shared/settings.ts";
import type { FakeClock } from "./fakeClock.ts";

const MODEL = "gpt-5-mini";

/** What the provider does with a request. */
export interface Fate {
  readonly kind: "ok" | "rate-limited" | "server-error" | "cut" | "garbage" | "refusal" | "quota";
  /** From the request to its end. */
  readonly ms: number;
  readonly outputTokens: number;
  /** Of what is shared, in the provider's cache. */
  readonly isCached: boolean;
  /** A request that fails on the way may be billed all the same. */
  readonly isBilled: boolean;
  /** Its reviews claim an error, at which they are looked again. */
  readonly claims?: boolean;
}

export interface Charge {
  readonly engine: number;
  readonly key: string;
  /** Null: its end was never told to anybody. */
  readonly isTold: boolean;
  readonly nano: number;
  readonly sentAtMs: number;
}

export interface Provider {
  readonly charges: readonly Charge[];
  /** Requests that were sent before the provider had said that they might be. */
  readonly early: number;
  stream(engine: number, isAlive: () => boolean): Model["stream"];
}

/** @param nextFate called once for each request, in order of arrival */
export function createProvider(clock: FakeClock, prices: PriceBook, nextFate: () => Fate): Provider {
  const charges: Charge[] = [];
  let early = 0;
  const openAtMs = [0, 0];
  return {
    charges,
    get early() {
      return early;
    },
    stream: (engine, isAlive) => async (request, handlers, signal) => {
      const fate = nextFate();
      const sentAtMs = clock.now();
      if (clock.monotonicMs() < openAtMs[engine]!) early++;
      const usage = usageOf(request, fate);
      const firstTokenMs = Math.min(fate.ms / 2, LONGEST_FIRST_TOKEN_MS);
      const charge = (isTold: boolean) => {
        const nano = toNano(prices.costOf({ model: MODEL, usage, serviceTier: null }) ?? 0);
        charges.push({ engine, key: request.cacheKey ?? "", isTold: isTold && isAlive(), nano, sentAtMs });
      };
      try {
        await clock.sleep(firstTokenMs, signal);
        if (fate.kind === "rate-limited") {
          openAtMs[engine] = clock.monotonicMs() + fate.outputTokens;
          throw failure("rate-limited", "rate-limited", fate.outputTokens);
        }
        if (fate.kind === "server-error") throw failure("server-error", "transient", null);
        if (fate.kind === "quota") throw failure("quota-exhausted", "terminal", null);
        handlers.onAccepted?.(NO_LIMITS);
        handlers.onFirstToken?.();
        await clock.sleep(fate.ms - firstTokenMs, signal);
      } catch (error) {
        // Cancelled on the way: whether the provider had worked by then nobody is told.
        if (!signal.aborted) throw error;
        if (fate.isBilled) charge(false);
        throw new ModelError({ code: "cancelled", kind: "cancelled", message: "Cancelled.", billed: "maybe" });
      }
      if (fate.kind === "cut") {
        if (fate.isBilled) charge(false);
        throw new ModelError({ code: "stream-interrupted", kind: "transient", message: "Cut.", billed: "maybe" });
      }
      charge(true);
      return replyOf(fate, usage, request);
    },
  };
}

/** Long replies do not begin later. */
const LONGEST_FIRST_TOKEN_MS = 1_000;

const NO_LIMITS = {
  remainingRequests: null,
  limitRequests: null,
  resetRequestsMs: null,
  remainingTokens: null,
  limitTokens: null,
  resetTokensMs: null,
};

function failure(
  code: "rate-limited" | "server-error" | "quota-exhausted",
  kind: "rate-limited" | "transient" | "terminal",
  retryAfterMs: number | null,
) {
  return new ModelError({ code, kind, message: `${code}.`, retryAfterMs, billed: "no" });
}

function usageOf(request: ModelRequest, fate: Fate) {
  const bytes = request.parts.reduce((sum, part) => sum + Buffer.byteLength(part.text), 0);
  const inputTokens = Math.ceil(bytes / 4);
  const cachedInputTokens = fate.isCached ? Math.floor(inputTokens / 2) : 0;
  const outputTokens = Math.min(fate.outputTokens, request.maxOutputTokens);
  return { inputTokens, cachedInputTokens, cacheWriteTokens: 0, outputTokens };
}

function replyOf(fate: Fate, usage: ModelReply["usage"], request: ModelRequest): ModelReply {
  const wasCut = fate.outputTokens > request.maxOutputTokens;
  const text = fate.kind === "garbage" || wasCut ? "no JSON" : answerTo(request, fate);
  const finish = fate.kind === "refusal" ? "refusal" : wasCut ? "length" : "stop";
  return { text, finish, usage, model: MODEL, serviceTier: null, providerRequestId: null };
}

/** Of a review, of several, or of a second look: by what is asked for. */
function answerTo({ schema, parts }: ModelRequest, { claims = false }: Fate): string {
  const texts = parts.map(({ text }) => QUOTED.exec(text)?.[0] ?? null).filter((quote) => quote !== null);
  const reviews = texts.map((quote) => ({ summary: "Fine.", findings: claims ? [claimAbout(quote)] : [] }));
  if (schema?.name === "second_look") {
    const verdicts = [{ claim: 1, verdict: "confirmed", evidence: texts[0], reason: "So it is." }];
    return JSON.stringify({ verdicts });
  }
  if (schema?.name === "reviews") {
    return JSON.stringify({ reviews: reviews.map((review, at) => ({ unit: at + 1, ...review })) });
  }
  return JSON.stringify(reviews[0]);
}

const QUOTED = /export const text = .*$/m;

function claimAbout(quote: string) {
  return {
    quote,
    category: "bug",
    severity: "error",
    title: "It breaks",
    scenario: "Always.",
    explanation: "It does.",
    fix: null,
    confidence: 0.9,
    needs: null,
  };
}

export interface EngineOptions {
  readonly number: number;
  readonly folder: string;
  readonly clock: FakeClock;
  readonly provider: Provider;
  readonly prices: PriceBook;
  readonly units: readonly string[];
  readonly budgetUsd: number | null;
  readonly dailyBudgetUsd: number | null;
  readonly agreement: Agreement;
  /** How long it takes until an intent is durable; default: no time. */
  readonly commitMs?: number;
  /** Default: 4. */
  readonly concurrency?: number;
  /** In one request; default: each alone. */
  readonly packSize?: number;
  readonly learned?: LearnedCosts | undefined;
}

export interface RunningEngine {
  readonly runId: string;
  readonly meter: CostMeter;
  readonly stoppedBy: () => string | null;
  /** Never rejects. Pending forever once the engine was killed. */
  readonly done: Promise<void>;
  readonly spentAndReservedUsd: () => number;
  cancel(): void;
  /** As a process ends: nothing it was about to write is written, and nobody gives back what it holds. */
  kill(): void;
  /** Keeps its leases: call while it lives, more often than they last. */
  heartbeat(): Promise<void>;
  close(): Promise<void>;
}

export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { number, folder, clock, provider, prices } = options;
  const runId = randomUUID();
  let isAlive = true;
  let beat = () => {};
  // The store's own heartbeat runs by the machine's clock: here it beats with the test's.
  const { setInterval } = globalThis;
  globalThis.setInterval = ((callback: () => void) => {
    beat = callback;
    return undefined;
  }) as unknown as typeof setInterval;
  const host = createStoreHost({ folder, ownerId: runId.slice(0, 8) }, () => clock.now());
  await Promise.resolve(host.open()).finally(() => (globalThis.setInterval = setInterval));
  const store = new Proxy(host, {
    get: (target, name) => {
      const method = target[name as keyof typeof target] as (...args: unknown[]) => unknown;
      return async (...args: unknown[]) => {
        if (!isAlive) return new Promise(() => {});
        const answer = await Reflect.apply(method, target, args);
        if (/^record.*Intent$/.test(String(name)) && options.commitMs) await clock.sleep(options.commitMs);
        return answer;
      };
    },
  }) as unknown as Store;
  await store.startRun({ id: runId, workspace: "w", provider: "openai", model: MODEL });
  const abort = new AbortController();
  const signals = createStopSignals(abort.signal);
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const emit = createEmitter(runId, clock, logger, []);
  const meter = createCostMeter();
  const settings = { ...DEFAULT_SETTINGS, budgetUsd: options.budgetUsd, concurrency: options.concurrency ?? 4 };
  const jobs = options.units.map(jobOf);
  const tracker = createFileTracker({
    emit,
    monotonicMs: () => clock.monotonicMs(),
    model: MODEL,
    strongModel: null,
    minimumSeverity: "info",
    looksAgain: true,
  });
  tracker.open(
    jobs.map(({ file }) => file),
    () => null,
  );
  const model: Model = {
    provider: "openai",
    name: MODEL,
    origin: "http://127.0.0.1:1",
    contextTokens: 400_000,
    stream: provider.stream(number, () => isAlive),
    close: async () => {},
  };
  const handle = createModelRun({
    runId,
    reviewing: {
      ports: { clock, logger },
      settings,
      store,
      pool,
      recipe: "r",
      refuterRecipe: "looks",
      saveInEmergency: () => undefined,
    } as unknown as Reviewing,
    chosen: {
      name: MODEL,
      provider: "openai",
      origin: model.origin,
      origins: [model.origin],
      prices,
      priceKnown: true,
      open: async () => model,
    },
    model,
    contexts: [{ folder: "/w", text: "", hash: "c" }],
    parcels: parcelsOf(jobs, options.packSize ?? 1),
    tracker,
    emit,
    meter,
    signals,
    profiler: noProfiler,
    daily: createDailyWall({ limitUsd: options.dailyBudgetUsd, clock, onChange() {}, onWarning() {} }),
    agreement: options.agreement,
    learned: options.learned && { [MODEL]: options.learned },
  });
  const { budget } = handle.run;
  return {
    runId,
    meter,
    stoppedBy: () => signals.stoppedBy,
    done: handle.review(0).then(() => store.endRun(runId, "over")),
    spentAndReservedUsd: () => budget.spentUsd + budget.reservedUsd,
    cancel: () => abort.abort(),
    kill: () => void (isAlive = false),
    async heartbeat() {
      if (isAlive) beat();
    },
    close: async () => void (isAlive && (await host.close())),
  };
}

const pool = {
  prepare: async ({ absolutePath }: { absolutePath: string }) => ({
    ok: true,
    contentHash: sha256(absolutePath),
    text: `export const text = "${absolutePath}";\n`,
    redactions: [],
  }),
} as unknown as AnalysisPool;

function parcelsOf(jobs: readonly UnitJob[], size: number): Parcel[] {
  const starts = jobs.flatMap((_, at) => (at % size === 0 ? [at] : []));
  return starts.map((at) => jobs.slice(at, at + size));
}

/** Units of the same name are the same work, whichever engine does it. */
function jobOf(name: string): UnitJob {
  const absolutePath = `/w/${name}.ts`;
  const contentHash = sha256(absolutePath);
  const unit: PlannedUnit = {
    key: sha256(`key ${name}`),
    contextHash: "x",
    signatures: { text: "", symbols: [] },
    ordinal: 0,
    contentHash,
    missReason: "new file",
    changedIn: [],
    lines: null,
    sizeBytes: 100,
    review: null,
    unlooked: 0,
    verdict: null,
    rawReply: null,
    listPriceNano: null,
  };
  const file = {
    path: `${name}.ts`,
    absolutePath,
    sizeBytes: 100,
    language: "typescript",
    kind: "source",
    skip: null,
    failure: null,
    contentHash,
    folder: 0,
    analysisKey: null,
    analysis: null,
    strongReason: null,
    units: [unit],
  } as const;
  return { file, unit };
}

export interface LedgerRow {
  readonly runId: string;
  readonly key: string;
  readonly state: string;
  readonly reservedNano: number;
  readonly costNano: number | null;
  readonly maybeNano: number;
  readonly createdAtMs: number;
}

export function openLedger(folder: string) {
  const db = new DatabaseSync(path.join(folder, "onceover.db"), { readOnly: true });
  const rows = db.prepare("SELECT * FROM ledger");
  return {
    rows: (): LedgerRow[] =>
      rows.all().map((row) => ({
        runId: String(row["run_id"]),
        key: String(row["key"]),
        state: String(row["state"]),
        reservedNano: Number(row["reserved_nano"]),
        costNano: row["cost_nano"] === null ? null : Number(row["cost_nano"]),
        maybeNano: Number(row["maybe_nano"]),
        createdAtMs: Number(row["created_at"]),
      })),
    close: () => db.close(),
  };
}
