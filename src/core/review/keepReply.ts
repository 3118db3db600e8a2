/** A paid reply is stored before anyone tries to read it, and what it says in one commit with what it cost. */
import { isOnceoverError, OnceoverError } from "../../shared/errors.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { EmergencyEntry } from "../store/emergency.ts";
import type { Settlement } from "../store/settlement.ts";
import { readReply, type ReadReply } from "./unitReply.ts";
import type { ModelRun } from "./modelRun.ts";
import type { PreparedUnit } from "./preparedUnit.ts";
import type { BilledReply } from "./transmit.ts";
import type { UnitAsking } from "./unitErrand.ts";

/** @throws store-failed, after the reply has been saved in an emergency file */
export async function keepReply(
  prepared: PreparedUnit,
  { run, mayRepeat, span }: UnitAsking,
  requestId: string,
  { reply, receipt }: Pick<BilledReply, "reply" | "receipt">,
): Promise<ReadReply> {
  const settled = (read: ReadReply): Settlement => {
    const { review, verdict, code } = read;
    return settlementOf(prepared, run, requestId, {
      review,
      verdict,
      code,
      listPriceNano: run.listPriceNano(reply),
    });
  };
  const read = () => readReply(reply, prepared.source, mayRepeat);
  return withEmergency(
    run,
    () => ({ settlement: settled(read()), raw: reply.text, receipt }),
    () => storeReply(run, { requestId, reply, receipt, span, read, settle: (said) => run.store.settle(settled(said)) }),
  );
}

interface Keeping extends Pick<ModelRun, "profiler"> {
  readonly store: Pick<ModelRun["store"], "recordReply">;
}

interface Storing<Read> extends Pick<BilledReply, "reply" | "receipt"> {
  readonly requestId: string;
  readonly span: SpanId;
  read(): Read;
  settle(read: Read): Promise<void>;
}

/** The reply first: what it says is settled only when it is known to be stored, or the ledger would lack what it cost. */
export async function storeReply<Read>({ profiler, store }: Keeping, storing: Storing<Read>): Promise<Read> {
  const { requestId, reply, receipt, span } = storing;
  const stored = profiler.begin("store", span);
  try {
    await store.recordReply(requestId, reply.text, receipt);
    const parsing = profiler.begin("parse", stored);
    const read = storing.read();
    profiler.end(parsing);
    await storing.settle(read);
    return read;
  } finally {
    profiler.end(stored);
  }
}

/** @throws store-failed, after what was to be kept has been saved in an emergency file */
export async function withEmergency<T>(run: ModelRun, entry: () => EmergencyEntry, keep: () => Promise<T>): Promise<T> {
  try {
    return await keep();
  } catch (error) {
    throw saved(error, run.saveInEmergency(entry()));
  }
}

function saved(error: unknown, file: string | undefined): OnceoverError {
  const message = error instanceof Error ? error.message : String(error);
  const where = file
    ? "What was paid for is kept in an emergency file and stored at the next start."
    : "A paid reply could not be kept anywhere.";
  const advice = isOnceoverError(error) && error.advice ? error.advice : "Free some space and run again.";
  return new OnceoverError("store-failed", `${message} ${where}`, { advice, cause: error });
}

export function settlementOf(
  prepared: PreparedUnit,
  run: ModelRun,
  requestId: string,
  result: Partial<Pick<Settlement, "review" | "verdict" | "code" | "listPriceNano">>,
): Settlement {
  return {
    requestId,
    key: prepared.key,
    recipe: run.recipe,
    model: run.model.name,
    runId: run.runId,
    listPriceNano: null,
    review: null,
    verdict: null,
    code: null,
    ...result,
  };
}
