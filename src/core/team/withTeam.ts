/**
 * A store that asks the team's tier for what it does not hold, and leaves there what it has paid for. The tier is never
 * waited for longer than a moment, and what goes wrong with it costs what it would have saved, nothing else.
 */
import { OnceoverError } from "../../shared/errors.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import { settingsFor } from "../review/plan.ts";
import { claimPlace, openClaims } from "../review/refuter/claims.ts";
import type { Clock, Logger, TeamTier } from "../ports.ts";
import type { Plan, PlannedUnit, PlanRequest } from "../store/plan.ts";
import type { Settlement } from "../store/settlement.ts";
import type { SharedAnswer } from "../store/sharedAnswer.ts";
import type { Store } from "../store/store.ts";
import { entryName, packAnswer, unpackAnswer } from "./teamEntry.ts";

export interface TeamOptions {
  readonly tier: TeamTier;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False: nothing stored is reused; what is paid for is left there all the same. */
  readonly isRead: boolean;
}

/** Without an answer for so long it is not asked again before the next start. */
const PATIENCE_MS = 20_000;
/** Looked for at a time: a slow drive loses its patience over so many, and what came before is kept. */
const PORTION = 256;

export function withTeam(store: Store, { tier, clock, logger, isRead }: TeamOptions): Store {
  /** Found there since the last run's end: until then it counts as the team's. */
  const arrived = new Set<string>();
  const leaving = new Set<Promise<void>>();
  let isGivenUp = false;

  const giveUp = (error: unknown) => {
    if (isGivenUp) return;
    isGivenUp = true;
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn(`${reason} Until the next start nothing is shared with the team.`);
  };

  /** undefined: it has failed, or takes too long. */
  const inTime = async <T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T | undefined> => {
    if (isGivenUp) return undefined;
    const over = new AbortController();
    const patience = clock.sleep(PATIENCE_MS, over.signal).then(
      () => Promise.reject(new OnceoverError("cancelled", "What the team shares does not answer.")),
      () => undefined,
    );
    try {
      return await unlessAborted(Promise.race([work(over.signal), patience]), signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      giveUp(error);
      return undefined;
    } finally {
      over.abort();
    }
  };

  const fetchPortion = async (names: readonly string[], signal: AbortSignal | undefined): Promise<number> => {
    const entries = await inTime((within) => tier.find(names, within), signal);
    const answers = [...(entries ?? [])].flatMap(([name, entry]) => unpackAnswer(name, entry) ?? []);
    if (answers.length === 0) return 0;
    await store.saveShared(answers);
    for (const { key } of answers) arrived.add(key);
    return answers.length;
  };

  /** @returns how many were found */
  const fetchMissing = async (names: readonly string[], signal?: AbortSignal): Promise<number> => {
    if (!isRead) return 0;
    let found = 0;
    for (let from = 0; from < names.length; from += PORTION) {
      found += await fetchPortion(names.slice(from, from + PORTION), signal);
    }
    return found;
  };

  const leave = (answers: readonly SharedAnswer[]): void => {
    for (const one of answers) {
      const entry = packAnswer(one);
      if (entry === undefined || isGivenUp) continue;
      const left = inTime(() => tier.save(entryName(one), entry)).then(() => void leaving.delete(left));
      leaving.add(left);
    }
  };

  const settleLeaving = async (): Promise<void> => {
    await Promise.all(leaving);
  };

  return {
    ...store,
    async plan(request, signal) {
      const asked = new Set<string>();
      for (;;) {
        const plan = await store.plan(request, signal);
        // What has been looked for in vain is not looked for again; what was found may have claims of its own.
        const missing = missingIn(plan, request).filter((name) => !asked.has(name));
        for (const name of missing) asked.add(name);
        if ((await fetchMissing(missing, signal)) === 0) return asTheTeams(plan, arrived);
      }
    },
    async findLooks(keys) {
      const found = await store.findLooks(keys);
      const missing = keys.filter((_, at) => found[at] === undefined).map(({ place }) => place);
      return (await fetchMissing(missing)) > 0 ? store.findLooks(keys) : found;
    },
    async settle(settlement) {
      await store.settle(settlement);
      leave(sharedOf(settlement));
    },
    async settlePack(settlement) {
      await store.settlePack(settlement);
      leave(settlement.settlements.flatMap(sharedOf));
    },
    async settleLook(requestId, raw, receipt, settlement) {
      await store.settleLook(requestId, raw, receipt, settlement);
      leave(sharedOf(settlement));
    },
    async endRun(runId, state) {
      await store.endRun(runId, state);
      arrived.clear();
      await settleLeaving();
    },
    async close() {
      await settleLeaving();
      await store.close();
    },
  };
}

/** What would be sent, by the names of entries. Without outlines there is no plan yet. */
function missingIn({ files, missingOutlines }: Plan, request: PlanRequest): string[] {
  if (missingOutlines.length > 0) return [];
  return files.flatMap((file) => {
    const { refuterRecipe } = settingsFor(request, file.strongReason);
    return file.units.flatMap((unit) => missingOf(unit, refuterRecipe));
  });
}

function missingOf({ key, missReason, rawReply, review }: PlannedUnit, refuterRecipe: string | null): string[] {
  if (missReason === null || rawReply !== null) return [];
  if (!review) return [key];
  return refuterRecipe === null ? [] : openClaims(review).map((claim) => claimPlace(key, claim, refuterRecipe));
}

function asTheTeams(plan: Plan, arrived: ReadonlySet<string>): Plan {
  if (arrived.size === 0) return plan;
  const hits = { memory: 0, disk: 0, team: 0, ...plan.hits };
  const marked = (unit: PlannedUnit): PlannedUnit => {
    if (!unit.review || !arrived.has(unit.key)) return unit;
    hits[unit.fromMemory ? "memory" : "disk"]--;
    hits.team++;
    return { ...unit, fromTeam: true };
  };
  const files = plan.files.map((file) => ({ ...file, units: file.units.map(marked) }));
  return { ...plan, files, hits };
}

function sharedOf({ key, model, recipe, listPriceNano, review, looks }: Settlement): SharedAnswer[] {
  const about = { model, recipe };
  if (review) return [{ kind: "review", key, ...about, listPriceNano, review }];
  return (looks ?? []).map((one) => ({ kind: "look", ...about, ...one }));
}
