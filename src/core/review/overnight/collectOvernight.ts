/** Fetches what providers have done over night: each answer is stored under its own key, once, with what it cost. */
import { describeError } from "../../../shared/errors.ts";
import type { Ports } from "../../ports.ts";
import type { BatchClient, BatchResult, RemoteBatch } from "../../model/batch.ts";
import { fromNano } from "../../profile/costMeter.ts";
import type { BatchRow } from "../../store/batches.ts";
import type { Store } from "../../store/store.ts";
import { createEndOfUnit, type EndOfUnit } from "./endOfUnit.ts";
import { endUnsent } from "./endUnsent.ts";
import type { OvernightCollection, OvernightOptions } from "./overnight.ts";
import { isOpen, overnightStatus } from "./overnightBatch.ts";
import { noteOf } from "./submitOvernight.ts";

const NEVER = new AbortController().signal;
/** In one commit. */
const AT_ONCE = 50;
/** A batch that nobody finds after that never arrived: lists of providers are up to date by then. */
const LOST_AFTER_MS = 10 * 60_000;

export interface Overnight {
  readonly store: Store;
  readonly ports: Ports;
  /** The provider's batches, at the address and with the model of that row. @throws missing-key */
  open(row: BatchRow, signal: AbortSignal): Promise<BatchClient>;
}

/** Never rejects for a provider's sake: what could not be asked for is told, and asked for the next time. */
export async function collectOvernight(
  overnight: Overnight,
  { signal = NEVER, onProgress }: OvernightOptions = {},
): Promise<OvernightCollection> {
  const { store } = overnight;
  const before = await store.batches("open");
  const problems: string[] = [];
  for (const [at, row] of before.entries()) {
    signal.throwIfAborted();
    try {
      await collectBatch(overnight, row, before, signal);
    } catch (error) {
      signal.throwIfAborted();
      problems.push(`${shortId(row)}: ${describeError(error)}`);
    }
    onProgress?.(at + 1, before.length);
  }
  const after = await store.batches("all");
  return { ...overnightStatus(after), ...difference(before, after), problems };
}

/** Asks providers to stop. What they have done by then is collected, and billed. */
export async function cancelOvernight(
  overnight: Overnight,
  { signal = NEVER }: OvernightOptions = {},
): Promise<OvernightCollection> {
  const { store } = overnight;
  const before = await store.batches("open");
  // What is not known to have arrived is looked for first.
  const { problems: earlier } = await collectOvernight(overnight, { signal });
  const problems = [...earlier];
  for (const row of await store.batches("open")) {
    if (row.remoteId === null || row.state === "cancelling") continue;
    try {
      const client = await overnight.open(row, signal);
      const remote = await client.cancel(row.remoteId);
      await store.noteBatch(row.id, { ...noteOf(remote), state: "cancelling" });
    } catch (error) {
      signal.throwIfAborted();
      problems.push(`${shortId(row)}: ${describeError(error)}`);
    }
  }
  const collected = await collectOvernight(overnight, { signal });
  const said = new Set([...problems, ...collected.problems]);
  return { ...collected, ...difference(before, await store.batches("all")), problems: [...said] };
}

function shortId({ id }: Pick<BatchRow, "id">): string {
  return id.slice(0, 8);
}

async function collectBatch(
  overnight: Overnight,
  row: BatchRow,
  all: readonly BatchRow[],
  signal: AbortSignal,
): Promise<void> {
  const { store } = overnight;
  // Its own process sends it at this moment.
  if (row.state === "submitting" && row.hasOwner && ageMs(overnight, row) < LOST_AFTER_MS) return;
  const client = await overnight.open(row, signal);
  const remote =
    row.remoteId === null ? await findLost(overnight, row, all, client) : await client.retrieve(row.remoteId);
  if (!remote) return;
  await store.noteBatch(row.id, { ...noteOf(remote), ...(row.state === "cancelling" && { state: "cancelling" }) });
  if (remote.state !== "ended") return;
  const open = await store.batchUnits(row.id, null);
  if (remote.problem !== null) {
    await endUnsent(store, row.id, remote.problem);
  } else {
    const results = open.length === 0 ? [] : await client.results(remote);
    await endUnits(overnight, row, remote, results);
    await store.endBatch(row.id, "collected", null);
  }
  // All is stored here: the code need not stay there. Where it cannot be removed, the provider's own term does it.
  await client.discard(await latest(client, remote)).catch(() => {});
}

/** The files of a batch are named when it has ended. */
async function latest(client: BatchClient, remote: RemoteBatch): Promise<RemoteBatch> {
  return remote.files.length > 0 ? remote : client.retrieve(remote.id).catch(() => remote);
}

function ageMs({ ports }: Overnight, { createdAtMs }: BatchRow): number {
  return ports.clock.now() - createdAtMs;
}

/** Submitted but not noted, or never arrived: the provider knows. undefined: it cannot be told yet, or it has none. */
async function findLost(
  overnight: Overnight,
  row: BatchRow,
  all: readonly BatchRow[],
  client: BatchClient,
): Promise<RemoteBatch | undefined> {
  const { store } = overnight;
  const units = await store.batchUnits(row.id, null);
  const knownIds = new Set(all.flatMap(({ remoteId }) => remoteId ?? []));
  const customIds = new Set(units.map(({ requestId }) => requestId));
  const found = await client.find({ id: row.id, createdAtMs: row.createdAtMs, customIds, knownIds });
  if (found !== null && found !== "unclear") return found;
  if (found === "unclear" || ageMs(overnight, row) < LOST_AFTER_MS) {
    await store.noteBatch(row.id, { state: "unclear" });
    return undefined;
  }
  await endUnsent(store, row.id, "It never arrived at the provider: nothing of it was billed.");
  if (row.inputFileId) await client.discard({ id: null, files: [row.inputFileId] }).catch(() => {});
  return undefined;
}

async function endUnits(
  { store }: Overnight,
  row: BatchRow,
  remote: RemoteBatch,
  results: readonly BatchResult[],
): Promise<void> {
  // Of two answers with one id the first counts; what was never asked is left out.
  const byId = new Map<string, BatchResult>();
  for (const result of results) if (!byId.has(result.customId)) byId.set(result.customId, result);
  const endOf: EndOfUnit = await createEndOfUnit(row, remote);
  const ids = (await store.batchUnits(row.id, null)).map(({ requestId }) => requestId);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const units = await store.batchUnits(row.id, ids.slice(from, from + AT_ONCE));
    await store.endBatchUnits(
      row.id,
      units.map((unit) => endOf(unit, byId.get(unit.requestId))),
    );
  }
}

/** What has come in since; batches that another process collected meanwhile are told too. */
function difference(before: readonly BatchRow[], after: readonly BatchRow[]) {
  const known = new Map(before.filter(isOpen).map((row) => [row.id, row]));
  const sum = (figure: (row: BatchRow) => number) =>
    after.reduce((total, row) => {
      const earlier = known.get(row.id);
      return earlier ? total + figure(row) - figure(earlier) : total;
    }, 0);
  return {
    reviewed: sum((row) => row.reviewed),
    failed: sum((row) => row.failed),
    expired: sum((row) => row.expired),
    costUsd: fromNano(sum((row) => row.costNano)),
  };
}
