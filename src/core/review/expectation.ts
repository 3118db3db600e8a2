/** What a review's request is expected to be billed for, and what bounds it, before its text is made. */
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { Plan } from "../store/plan.ts";
import { fixedTokens } from "./inputBound.ts";
import { figureOf, sizeClass, type LearnedCosts } from "./learnCosts.ts";
import { learnedBound } from "./outputBound.ts";
import { joinSignatures, PACK_OVERHEAD_LENGTH } from "./packPrompt.ts";
import type { Parcel } from "./parcels.ts";
import { FIXED_PROMPT_BYTES, MAX_OUTPUT_TOKENS, sharedPromptBytes, UNIT_HEADING_BYTES } from "./prompt.ts";
import { CHARACTERS_PER_TOKEN } from "./requestEstimate.ts";
import type { ChosenModel } from "./reviewing.ts";
import type { UnitJob } from "./unitsToSend.ts";

/** What a review's reply has in the mean. */
const LIKELY_OUTPUT_TOKENS = 450;
/** Line numbers included. */
const SENT_PER_UNIT_BYTE = 1.03;
/** How much more of a unit than usual is sent where its lines are short. */
const SHORT_LINES = 1.1;
/** Of a unit's prompt, for what is cut differently than expected. */
const SLACK_TOKENS = 200;
/** Where nobody can be asked for more in the middle of it. */
const LARGE_SLACK_TOKENS = 1_000;

interface Bound {
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
}

export interface Expected {
  readonly usage: {
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly cacheWriteTokens: number;
    readonly outputTokens: number;
  };
  readonly bound: Bound;
  /** Of its units, each alone: whatever a pack leaves unanswered is asked for once more. */
  readonly apart: readonly Bound[];
}

interface Knowledge {
  readonly contexts: Plan["contexts"];
  readonly learned: LearnedCosts | undefined;
  /** No reply is bounded by what earlier ones have taught. */
  readonly hasFullRoom: boolean;
}

/** Call it in the order of sending: the first request of a folder writes what the others read from the cache. */
export function createExpectation(
  { contexts, learned, hasFullRoom }: Knowledge,
  { name, provider }: Pick<ChosenModel, "name" | "provider">,
): (parcel: Parcel) => Expected {
  const { minimumCacheTokens } = capabilitiesOf(name, provider);
  const costs = learned ?? DEFAULTS;
  const begun = new Set<string>();

  const sharedBytesOf = (parcel: Parcel) => {
    const context = contexts[parcel[0]!.file.folder]?.text ?? "";
    return sharedPromptBytes(context) + (parcel.length > 1 ? PACK_OVERHEAD_LENGTH : 0);
  };
  const otherBytesOf = (parcel: Parcel) =>
    sharedBytesOf(parcel) + signaturesBytes(parcel) + parcel.length * UNIT_HEADING_BYTES;
  const ownBytesOf = (parcel: Parcel) =>
    parcel.reduce((sum, job) => sum + job.unit.sizeBytes * figureOf(costs.sentPerUnitByte, languageOf(job)), 0);

  const boundOf = (parcel: Parcel): Bound => ({
    // No tokenizer makes more tokens than bytes.
    inputTokens: Math.ceil(
      otherBytesOf(parcel) -
        FIXED_PROMPT_BYTES +
        fixedTokens(learned) +
        ownBytesOf(parcel) * SHORT_LINES +
        parcel.length * (hasFullRoom ? LARGE_SLACK_TOKENS : SLACK_TOKENS),
    ),
    maxOutputTokens: learnedBound(hasFullRoom ? undefined : learned, MAX_OUTPUT_TOKENS, parcel.length),
  });

  return (parcel) => {
    const perByte = figureOf(costs.tokensPerByte, languageOf(parcel[0]!));
    const beginning = `${parcel[0]!.file.folder} ${parcel.length > 1}`;
    const isFirst = !begun.has(beginning);
    begun.add(beginning);
    const shared = sharedBytesOf(parcel) * perByte;
    const isCached = shared >= minimumCacheTokens;
    const cachedShare = isFirst ? 0 : Math.min(1, costs.cachedShare);
    const writtenShare = Math.min(1 - cachedShare, isFirst ? costs.firstWrittenShare : costs.writtenShare);
    const output = parcel.reduce((sum, { unit }) => sum + figureOf(costs.outputTokens, sizeClass(unit.sizeBytes)), 0);
    return {
      usage: {
        inputTokens: Math.round((otherBytesOf(parcel) + ownBytesOf(parcel)) * perByte),
        cachedInputTokens: isCached ? Math.round(shared * cachedShare) : 0,
        cacheWriteTokens: isCached ? Math.round(shared * writtenShare) : 0,
        outputTokens: Math.round(output),
      },
      bound: boundOf(parcel),
      apart: parcel.length > 1 ? parcel.map((job) => boundOf([job])) : [],
    };
  };
}

const languageOf = ({ file }: UnitJob) => file.language ?? "plaintext";

/** With their heading. */
function signaturesBytes(parcel: Parcel): number {
  const text = joinSignatures(parcel.map(({ unit }) => unit.signatures?.text ?? ""));
  return text === "" ? 0 : Buffer.byteLength(text) + SIGNATURES_HEADING_BYTES;
}

const SIGNATURES_HEADING_BYTES = 170;

/** Before there is anything to learn from. */
const DEFAULTS: Pick<
  LearnedCosts,
  "tokensPerByte" | "sentPerUnitByte" | "outputTokens" | "cachedShare" | "writtenShare" | "firstWrittenShare"
> = {
  tokensPerByte: { all: 1 / CHARACTERS_PER_TOKEN, kinds: {} },
  sentPerUnitByte: { all: SENT_PER_UNIT_BYTE, kinds: {} },
  outputTokens: { all: LIKELY_OUTPUT_TOKENS, kinds: {} },
  cachedShare: 1,
  writtenShare: 0,
  firstWrittenShare: 0,
};
