/** Hands the plan's misses to the provider for the night: recorded first, sent once, noted after. */
import { randomUUID } from "node:crypto";
import { describeError, OnceoverError } from "../../../shared/errors.ts";
import type { RunRequest } from "../../engine.ts";
import { createRetryBudget } from "../../flow/retryBudget.ts";
import { withRetry } from "../../flow/retry.ts";
import type { BatchClient, RemoteBatch } from "../../model/batch.ts";
import { isModelError, ModelError } from "../../model/modelError.ts";
import { toNano } from "../../profile/costMeter.ts";
import type { BatchRow, NewBatch } from "../../store/batches.ts";
import type { LearnedCosts } from "../learnCosts.ts";
import { parcelsForTheNight } from "../parcels.ts";
import { planRun } from "../planRun.ts";
import type { PreparedUnit } from "../preparedUnit.ts";
import { prepareUnit } from "../preparedUnit.ts";
import { estimatePlan } from "../quote.ts";
import { quoteTerms } from "../quoteTerms.ts";
import { redactContexts } from "../redactContexts.ts";
import { dailyLimitOf, type ChosenModel, type Reviewing } from "../reviewing.ts";
import { unitsToSend } from "../unitsToSend.ts";
import { upperBoundUsd } from "../upperBound.ts";
import { BATCH_LIMITS, createBatchPacker, type BatchLimits } from "./batchPacker.ts";
import { intentOfBatch } from "./intentOfBatch.ts";
import { endUnsent } from "./endUnsent.ts";
import type { OvernightOptions, OvernightSubmission } from "./overnight.ts";
import { overnightStatus } from "./overnightBatch.ts";

const NEVER = new AbortController().signal;
/** Made ready at a time: their texts are in memory until their batch is full. */
const AT_ONCE = 16;
const MAX_LEFT_OUT = 10;

/** What one submission has come to so far. */
interface Tally {
  readonly batchIds: string[];
  readonly leftOut: string[];
  submitted: number;
  known: number;
  beyondBudget: number;
  spentNano: number;
  problem: string | null;
}

interface Submitting {
  readonly reviewing: Reviewing;
  readonly chosen: ChosenModel;
  readonly client: BatchClient;
  readonly runId: string;
  readonly contexts: readonly { readonly hash: string }[];
  readonly learned: LearnedCosts | undefined;
  /** Of all that is submitted: the budget, and what somebody was told. */
  readonly limitNano: number;
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

interface Ready {
  readonly prepared: PreparedUnit;
  readonly requestId: string;
  readonly line: string;
  readonly boundNano: number;
}

/**
 * @param open the provider's batches; asked only when there is something to send
 * @throws invalid-setting without a model; what kept everything from being submitted
 */
export async function submitOvernight(
  reviewing: Reviewing,
  request: RunRequest,
  open: (signal: AbortSignal) => Promise<BatchClient>,
  { signal = NEVER, onProgress, agreedUsd }: OvernightOptions = {},
  limits: BatchLimits = BATCH_LIMITS,
): Promise<OvernightSubmission> {
  const { chosen, recipe, store, pool, workspaceId, provider } = reviewing;
  if (!chosen || recipe === null) throw needsModel();
  const runId = randomUUID();
  await store.startRun({ id: runId, workspace: workspaceId, provider, model: chosen.name });
  let state = "error";
  try {
    const plan = await planRun(reviewing, request, signal);
    // A second look at what is reviewed, and what a stronger model is for, are left to the next ordinary run.
    const parcels = parcelsForTheNight(unitsToSend(plan.files));
    const jobs = parcels.flat();
    const tally: Tally = {
      batchIds: [],
      leftOut: [],
      submitted: 0,
      known: 0,
      beyondBudget: 0,
      spentNano: 0,
      problem: null,
    };
    if (jobs.length > 0) {
      const contexts = await redactContexts(plan.contexts, pool, signal);
      const { quote } = estimatePlan(parcels, plan, { ...quoteTerms(reviewing), isForTheNight: true });
      const limitUsd = Math.min(
        reviewing.settings.budgetUsd ?? Infinity,
        // Without a price nothing can be agreed on, and nothing is counted.
        chosen.priceKnown ? Math.min(quote.atMostUsd, agreedUsd ?? Infinity) : Infinity,
      );
      const submitting = {
        reviewing,
        chosen,
        client: await open(signal),
        runId,
        contexts,
        learned: plan.learned?.[chosen.name],
        limitNano: toNano(limitUsd),
        signal,
        tally,
      };
      const source = { contexts, pool, cancelSignal: signal, recipe };
      const packer = createBatchPacker<Ready>(limits);
      for (let from = 0; from < jobs.length && tally.problem === null; from += AT_ONCE) {
        signal.throwIfAborted();
        const group = jobs.slice(from, from + AT_ONCE);
        const prepared = await Promise.all(group.map((job) => prepareUnit(job, source)));
        for (const [at, one] of prepared.entries()) {
          const path = group[at]!.file.path;
          if ("failure" in one) leaveOut(tally, `${path}: ${one.failure}`);
          // Paid for by an earlier process that could not read it any more: the next run does, for nothing.
          else if (one.unit.rawReply) tally.known++;
          else await add(submitting, packer.add(readyOf(submitting, one)));
        }
        onProgress?.(Math.min(from + AT_ONCE, jobs.length), jobs.length);
      }
      await add(submitting, packer.rest());
    }
    state = "submitted";
    return await submissionOf(reviewing, chosen, tally);
  } finally {
    // Whoever is told of a failure does not wait for the note.
    store.endRun(runId, state).catch(() => {});
  }
}

function readyOf({ client, chosen, learned }: Submitting, prepared: PreparedUnit): Ready {
  const requestId = randomUUID();
  const line = client.line({ customId: requestId, request: prepared.request });
  return { prepared, requestId, line, boundNano: toNano(upperBoundUsd(chosen, prepared.request, 1, learned) ?? 0) };
}

function leaveOut(tally: Tally, line: string): void {
  if (tally.leftOut.length < MAX_LEFT_OUT) tally.leftOut.push(line);
}

/** What went before stays submitted, whatever becomes of the rest. */
async function add(submitting: Submitting, items: readonly Ready[] | undefined): Promise<void> {
  const { tally, signal } = submitting;
  if (!items || items.length === 0 || tally.problem !== null) return;
  try {
    signal.throwIfAborted();
    await submitBatch(submitting, items);
  } catch (error) {
    if (tally.submitted === 0) throw error;
    tally.problem = describeError(error);
  }
}

async function submitBatch(submitting: Submitting, items: readonly Ready[]): Promise<void> {
  const { reviewing, chosen, runId, tally, contexts, limitNano } = submitting;
  const { store, settings } = reviewing;
  const batch = newBatch(submitting);
  const affordable = withinBudget(items, limitNano, tally);
  const units = affordable.map((item) => ({
    intent: intentOfBatch(item, { reviewing, chosen, runId, contextHash: contexts[item.prepared.file.folder]!.hash }),
    source: { text: item.prepared.source.text, redactions: item.prepared.source.redactions },
  }));
  const dailyUsd = dailyLimitOf(reviewing);
  const dailyNano = dailyUsd === null ? null : toNano(dailyUsd);
  const answers = await store.recordBatch(batch, units, settings.useCache, dailyNano);
  const granted = affordable.filter((_, at) => answers[at] === "granted");
  for (const [at, answer] of answers.entries()) {
    if (answer === "over-daily-budget") tally.beyondBudget++;
    else if (answer === "held") leaveOut(tally, `${affordable[at]!.prepared.file.path}: another run asks for it now`);
    else if (answer !== "granted") tally.known++;
  }
  if (granted.length === 0) return;
  tally.problem = await send(submitting, batch.id, granted);
  tally.batchIds.push(batch.id);
  tally.submitted += granted.length;
  tally.spentNano += granted.reduce((sum, { boundNano }) => sum + boundNano, 0);
}

/** All of a batch may be billed before anything of it is known: the wall holds for the sum of what it may cost. */
function withinBudget(items: readonly Ready[], limitNano: number, tally: Tally): Ready[] {
  let leftNano = limitNano - tally.spentNano;
  return items.filter(({ boundNano }) => {
    const fits = boundNano <= leftNano;
    if (fits) leftNano -= boundNano;
    else tally.beyondBudget++;
    return fits;
  });
}

/**
 * Recorded already. What is refused is ended; what may have arrived is never sent again, but looked for.
 * @returns what is to be said of it; null: all is well
 */
async function send(
  { reviewing, client, signal }: Submitting,
  id: string,
  items: readonly Ready[],
): Promise<string | null> {
  const { store, ports } = reviewing;
  const lines = items.map(({ line }) => line);
  const uploaded: string[] = [];
  const onUploaded = async (fileId: string) => {
    uploaded.push(fileId);
    await store.noteBatch(id, { inputFileId: fileId });
  };
  const discard = (files: readonly string[]) => client.discard({ id: null, files }).catch(() => {});
  let remote: RemoteBatch;
  try {
    remote = await withRetry({
      attempt: () => client.submit(id, lines, onUploaded).catch(neverTwice),
      retryBudget: createRetryBudget(),
      clock: ports.clock,
      signal,
    });
  } catch (error) {
    if (isModelError(error) && error.billed === "maybe") {
      const problem = `${error.message} ${LOOKED_FOR}`;
      await store.noteBatch(id, { state: "unclear", problem });
      return problem;
    }
    await endUnsent(store, id, describeError(error));
    await discard(uploaded);
    throw error;
  }
  await store.noteBatch(id, noteOf(remote));
  await discard(uploaded.slice(0, -1));
  return null;
}

const LOOKED_FOR =
  "Whether the provider has what was submitted is not known: it is looked for when results are collected, and not sent again.";

/** Only a refusal says for certain that nothing was made of it, so that it may be sent again. */
function neverTwice(error: unknown): never {
  if (!isModelError(error) || error.billed !== "maybe") throw error;
  const { code, message } = error;
  throw new ModelError({ code, message, kind: "request", billed: "maybe", cause: error });
}

export function noteOf(remote: RemoteBatch) {
  const { id, state, word, expiresAtMs, done } = remote;
  return {
    state: state === "cancelling" ? ("cancelling" as const) : ("pending" as const),
    remoteId: id,
    remoteState: word,
    expiresAtMs,
    remoteDone: done,
    problem: null,
  };
}

function newBatch({ reviewing, chosen, runId }: Submitting): NewBatch {
  const { settings, recipe, workspaceId, workspaceName } = reviewing;
  return {
    id: randomUUID(),
    runId,
    workspace: workspaceId,
    workspaceName,
    provider: chosen.provider,
    model: chosen.name,
    recipe: recipe ?? "",
    origin: chosen.origin,
    baseUrl: settings.baseUrl,
    prices: settings.prices,
  };
}

async function submissionOf({ store }: Reviewing, chosen: ChosenModel, tally: Tally): Promise<OvernightSubmission> {
  const { batchIds, submitted, known, beyondBudget, leftOut, problem, spentNano } = tally;
  const rows: readonly BatchRow[] = batchIds.length > 0 ? await store.batches("open") : [];
  return {
    provider: chosen.provider,
    model: chosen.name,
    endpoint: chosen.origin,
    batches: overnightStatus(rows.filter((row) => batchIds.includes(row.id))).batches,
    submitted,
    atMostUsd: spentNano / 1e9,
    priceKnown: chosen.priceKnown,
    known,
    beyondBudget,
    leftOut,
    problem,
  };
}

function needsModel(): OnceoverError {
  return new OnceoverError(
    "invalid-setting",
    "Only a model works over night: the offline engine is free and at once.",
    {
      advice: "Choose the provider openai or anthropic.",
    },
  );
}
