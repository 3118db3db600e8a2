/**
 * Which units go into one request. Every request repeats the rules, so small neighbours share one: where that costs
 * noticeably less, and where by estimate neither the end nor the first findings come later for it. That is so while
 * there are more units than lanes, or beside a unit that takes longer than several small ones together.
 */
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { Plan } from "../store/plan.ts";
import { PACK_OVERHEAD_LENGTH } from "./packPrompt.ts";
import { sharedPromptBytes } from "./prompt.ts";
import {
  cachedWeight,
  CHARACTERS_PER_TOKEN,
  makespanMs,
  relativePrice,
  replyMs,
  sourceTokens,
} from "./requestEstimate.ts";
import { laneCount } from "./laneCount.ts";
import type { ChosenModel, Reviewing } from "./reviewing.ts";
import { needsLookAlone, type UnitJob } from "./unitsToSend.ts";

/** What one request asks about. */
export type Parcel = readonly UnitJob[];

/** A reviewer of many things at once looks less closely at each. */
export const MAX_PACKED_UNITS = 8;
/** Of source in one pack. */
export const MAX_PACK_TOKENS = 6_000;
/** Larger units go alone. */
export const MAX_PACKED_UNIT_TOKENS = 2_000;
/** A pack with its reply fits into such a context with room to spare; smaller models lose track besides. */
const MIN_CONTEXT_TOKENS = 64_000;
/** Of all input by price: what saves less is not worth mixing. */
const MIN_SAVING = 0.03;
/** How long a pack may take, as a share of the whole: the smaller, the better the lanes are filled at the end. */
const CAPACITY_SHARES = [0, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2];

/** Replies are longer or shorter than estimated, and what holds several of them trails the more. */
const MARGIN = 0.97;

export interface ParcelOptions {
  readonly chosen: ChosenModel | null;
  /** Of files with a reason for it; null: the one above reviews them all. */
  readonly strong: ChosenModel | null;
  readonly contexts: Plan["contexts"];
  /** Requests at once. */
  readonly lanes: number;
}

/** As the run sends them. */
export function parcelsOf(
  jobs: readonly UnitJob[],
  contexts: Plan["contexts"],
  reviewing: Pick<Reviewing, "chosen" | "strong" | "settings">,
): Parcel[] {
  const { chosen, strong } = reviewing;
  return packUnits(jobs, { chosen, strong: strong?.chosen ?? null, contexts, lanes: laneCount(reviewing) });
}

/** What waits for the night: each unit in a request of its own, by the usual model; second looks follow the day after. */
export function parcelsForTheNight(jobs: readonly UnitJob[]): Parcel[] {
  return jobs.filter((job) => !needsLookAlone(job) && job.file.strongReason === null).map((job) => [job]);
}

/** Every unit is in exactly one parcel, and all of a parcel are for the same model. Depends on the units alone, not on their order. */
export function packUnits(jobs: readonly UnitJob[], options: ParcelOptions): Parcel[] {
  const alone = inSendingOrder(jobs.map((job) => [job]));
  const { chosen, strong, lanes } = options;
  if (!chosen || jobs.length < 2) return alone;
  const reviewers: Reviewers = { usual: chosen, strong: strong ?? chosen };
  const neighbours = packable(jobs).filter((job) => mayPack(reviewers[reviewerOf(job)]));
  if (neighbours.length < 2) return alone;
  const costOf = createCostOf(options, reviewers);
  const wholeMs = endMs(alone, lanes);
  const longestMs = jobs.reduce((longest, job) => Math.max(longest, replyMs([job])), 0);
  let best = alone;
  let bestCost = costOf(alone) * (1 - MIN_SAVING);
  for (const share of CAPACITY_SHARES) {
    const parcels = inSendingOrder(fill(jobs, neighbours, Math.max(longestMs, wholeMs * share)));
    const cost = costOf(parcels);
    if (cost >= bestCost || endMs(parcels, lanes) > wholeMs * (share === 0 ? 1 : MARGIN)) continue;
    [best, bestCost] = [parcels, cost];
  }
  return best;
}

type Reviewers = Readonly<Record<"usual" | "strong", ChosenModel>>;

function reviewerOf({ file }: UnitJob): keyof Reviewers {
  return file.strongReason === null ? "usual" : "strong";
}

function mayPack({ name, provider }: ChosenModel): boolean {
  return provider !== "ollama" && capabilitiesOf(name, provider).contextTokens >= MIN_CONTEXT_TOKENS;
}

/** Neighbours of one reviewer stand next to each other. Equal units are asked once: only the first may be packed. */
function packable(jobs: readonly UnitJob[]): UnitJob[] {
  const seen = new Set<string>();
  return jobs
    .toSorted((a, b) => byReviewer(a, b) || byPlace(a, b))
    .filter(({ unit }) => !seen.has(unit.key) && seen.add(unit.key))
    .filter((job) => !needsLookAlone(job))
    .filter((job) => !job.unit.lines && !job.unit.rawReply && sourceTokens(job) <= MAX_PACKED_UNIT_TOKENS);
}

function byReviewer(a: UnitJob, b: UnitJob): number {
  return Number(reviewerOf(a) === "strong") - Number(reviewerOf(b) === "strong");
}

function byPlace(a: UnitJob, b: UnitJob): number {
  if (a.file.folder !== b.file.folder) return a.file.folder - b.file.folder;
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.unit.ordinal - b.unit.ordinal;
}

function fill(jobs: readonly UnitJob[], neighbours: readonly UnitJob[], capacityMs: number): Parcel[] {
  const packs: UnitJob[][] = [];
  for (const job of neighbours) {
    const last = packs.at(-1);
    if (last && fits([...last, job], capacityMs)) last.push(job);
    else packs.push([job]);
  }
  const packed = new Set(neighbours);
  return [...packs, ...jobs.filter((job) => !packed.has(job)).map((job) => [job])];
}

function fits(pack: Parcel, capacityMs: number): boolean {
  const tokens = pack.reduce((sum, job) => sum + sourceTokens(job), 0);
  const [first] = pack;
  const isAlike = pack.every((job) => job.file.folder === first!.file.folder && reviewerOf(job) === reviewerOf(first!));
  return isAlike && pack.length <= MAX_PACKED_UNITS && tokens <= MAX_PACK_TOKENS && replyMs(pack) <= capacityMs;
}

/**
 * Longest first, so that none trails at the end; but one of middling length leads, because the others wait for the
 * first one: the longest would take longest to get there, and the shortest have nothing to show.
 */
function inSendingOrder(parcels: readonly Parcel[]): Parcel[] {
  const sized = parcels.map((parcel) => ({ parcel, ms: replyMs(parcel), sizeBytes: sizeOf(parcel) }));
  sized.sort((a, b) => b.ms - a.ms || b.sizeBytes - a.sizeBytes || byPlace(a.parcel[0]!, b.parcel[0]!));
  const sorted = sized.map(({ parcel }) => parcel);
  return [...sorted.splice(Math.floor(sorted.length / 2), 1), ...sorted];
}

const sizeOf = (parcel: Parcel) => parcel.reduce((sum, { unit }) => sum + unit.sizeBytes, 0);
const endMs = (parcels: readonly Parcel[], lanes: number) => makespanMs(parcels.map(replyMs), lanes);

/** Input of reviews by price, in tokens that the usual model reads for the first time. */
function createCostOf({ contexts }: ParcelOptions, reviewers: Reviewers): (parcels: readonly Parcel[]) => number {
  const prices = { usual: 1, strong: relativePrice(reviewers.strong, reviewers.usual) };
  const prefixes = new Map<string, { readonly tokens: number; readonly weight: number }>();
  const prefixOf = (folder: number, isPack: boolean, reviewer: keyof Reviewers) => {
    const id = `${folder} ${isPack} ${reviewer}`;
    const length = sharedPromptBytes(contexts[folder]?.text ?? "") + (isPack ? PACK_OVERHEAD_LENGTH : 0);
    const tokens = length / CHARACTERS_PER_TOKEN;
    const known = prefixes.get(id) ?? { tokens, weight: cachedWeight(reviewers[reviewer], tokens) };
    prefixes.set(id, known);
    return { id, ...known };
  };
  return (parcels) => {
    const written = new Set<string>();
    let cost = 0;
    for (const parcel of parcels) {
      const [first] = parcel;
      if (needsLookAlone(first!)) continue;
      const reviewer = reviewerOf(first!);
      const { id, tokens, weight } = prefixOf(first!.file.folder, parcel.length > 1, reviewer);
      let parcelTokens = written.has(id) ? tokens * weight : tokens;
      written.add(id);
      for (const job of parcel)
        parcelTokens += sourceTokens(job) + (job.unit.signatures?.text.length ?? 0) / CHARACTERS_PER_TOKEN;
      cost += parcelTokens * prices[reviewer];
    }
    return cost;
  };
}
