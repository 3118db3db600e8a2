/** Open claims in one request: what is stored is not asked again, what is paid for is stored first. */
import type { SecondLook } from "../../../shared/report.ts";
import type { ModelReply } from "../../model/model.ts";
import type { SpanId } from "../../profile/profiler.ts";
import type { Settlement } from "../../store/settlement.ts";
import type { LookRow, UnitFinding } from "../../store/storedReview.ts";
import { runErrand, type Errand } from "../errand.ts";
import { withEmergency } from "../keepReply.ts";
import type { ModelRun } from "../modelRun.ts";
import { requestSize } from "../requestSize.ts";
import { requestOf } from "../unitErrand.ts";
import type { UnitJob } from "../unitsToSend.ts";
import { unchecked } from "./claims.ts";
import { lookRequestOf, type LookRequest } from "./lookRequest.ts";
import type { ClaimInCode } from "./prepareLook.ts";
import { readVerdicts } from "./readVerdicts.ts";

/** An unreadable reply is asked for once more, then that is stored. */
const MAX_UNREADABLE_REPLIES = 2;

export interface Asking {
  /** Whose claims these are. */
  readonly jobs: readonly UnitJob[];
  readonly run: ModelRun;
  readonly recipe: string;
  readonly span: SpanId;
  /** Filled with what is found or answered, also when a later request fails. */
  readonly looks: Map<UnitFinding, SecondLook>;
  /** Added up; null: unknown. */
  readonly paid: { costUsd: number | null };
}

/** What came of one request. `partly`: nothing was sent, because some of them have been answered elsewhere meanwhile. */
type Read = "answered" | "unreadable" | "incomplete" | "partly";

/** @throws what keeps it from being asked */
export async function askRefuter(claims: readonly ClaimInCode[], asking: Asking): Promise<void> {
  const { run, looks, paid } = asking;
  for (let unreadable = 0; unreadable < MAX_UNREADABLE_REPLIES;) {
    const open = await unanswered(claims, asking);
    if (open.length === 0) return;
    const mayRepeat = unreadable + 1 < MAX_UNREADABLE_REPLIES;
    const errand = errandFor(open, lookRequestOf(open, asking.recipe), asking, mayRepeat);
    const { answer, costUsd } = await runErrand(errand, run, asking.span);
    paid.costUsd = paid.costUsd === null || costUsd === null ? null : paid.costUsd + costUsd;
    if (answer === "unreadable") unreadable++;
    else if (answer !== "partly") break;
  }
  // What was not answered will be asked about in the next run.
  for (const { finding } of claims) {
    if (!looks.has(finding)) looks.set(finding, unchecked("the model's reply says nothing about it"));
  }
}

/** Claims without a look; those that are stored are taken from there. */
async function unanswered(claims: readonly ClaimInCode[], { run, looks }: Asking): Promise<readonly ClaimInCode[]> {
  const open = claims.filter(({ finding }) => !looks.has(finding));
  if (!run.useCache || open.length === 0) return open;
  const found = await run.store.findLooks(open.map(({ key, place }) => ({ key, place })));
  return open.filter(({ finding }, index) => {
    const look = found[index];
    if (look) looks.set(finding, look);
    return !look;
  });
}

function errandFor(open: readonly ClaimInCode[], look: LookRequest, asking: Asking, mayRepeat: boolean): Errand<Read> {
  const { jobs, run, looks } = asking;
  const paths = jobs.map(({ file }) => file.path);
  const keep = (read: ReadLooks) => {
    for (const [index, { finding }] of open.entries()) {
      const one = read.looks[index];
      if (one) looks.set(finding, one);
    }
    return read.outcome;
  };
  return {
    request: look.request,
    // It asks for no review.
    size: { ...requestSize(look.request, jobs, asking.recipe), units: 0 },
    paths,
    async announce(sent) {
      const intent = {
        ...requestOf(run, sent),
        key: look.key,
        reason: sent.attempt > 1 ? "an earlier try failed" : `a second look at ${errorsInWords(open.length)}`,
        looks: open.map(({ key, place }) => ({ key, place })),
      };
      const answer = await run.store.recordLookIntent(intent, run.useCache, run.daily.limitNano);
      if (answer.outcome === "unread") {
        const { requestId, text } = answer.rawReply;
        const read = readReply({ text, finish: "stop" }, look.seen, true);
        const settlement = settlementOf(requestId, { look, open, read, listPriceNano: null }, asking);
        await run.store.settle(settlement);
        return read.code === null ? { outcome: "answered", answer: keep(read) } : { outcome: "held", expiresInMs: 0 };
      }
      if (answer.outcome !== "held" || !run.useCache) return answer;
      const left = await unanswered(open, asking);
      if (left.length === 0) return { outcome: "answered", answer: "answered" };
      return left.length < open.length ? { outcome: "answered", answer: "partly" } : answer;
    },
    async keep(requestId, { reply, receipt }) {
      const read = readReply(reply, look.seen, mayRepeat);
      const settlement = settlementOf(requestId, { look, open, read, listPriceNano: run.listPriceNano(reply) }, asking);
      await withEmergency(
        run,
        () => ({ settlement, raw: reply.text, receipt }),
        () => run.store.settleLook(requestId, reply.text, receipt, settlement),
      );
      return { answer: keep(read), code: read.code };
    },
  };
}

const errorsInWords = (count: number) => (count === 1 ? "an error" : `${count} errors`);

interface ReadLooks {
  readonly outcome: Read;
  /** What may be stored, by claim. */
  readonly looks: readonly (SecondLook | undefined)[];
  readonly code: string | null;
}

function readReply(
  { text, finish }: Pick<ModelReply, "text" | "finish">,
  seen: LookRequest["seen"],
  mayRepeat: boolean,
): ReadLooks {
  if (finish === "length") return { outcome: "incomplete", looks: [], code: "reply-truncated" };
  const all = (reason: string) => seen.map(() => unchecked(reason));
  // Asked again it would be the same: that it cannot be looked at is an answer too.
  if (finish === "refusal") return { outcome: "answered", looks: all("the model refused to look at it"), code: null };
  if (finish === "content-filter") {
    return { outcome: "answered", looks: all("the provider's content filter stopped the reply"), code: null };
  }
  const looks = readVerdicts(text, seen);
  if (looks) return { outcome: "answered", looks, code: null };
  if (mayRepeat) return { outcome: "unreadable", looks: [], code: "reply-unparseable" };
  return { outcome: "answered", looks: all("the model's reply could not be read, twice"), code: null };
}

interface Kept {
  readonly look: LookRequest;
  readonly open: readonly ClaimInCode[];
  readonly read: ReadLooks;
  readonly listPriceNano: number | null;
}

function settlementOf(requestId: string, { look, open, read, listPriceNano }: Kept, asking: Asking): Settlement {
  const { run, recipe } = asking;
  const share = listPriceNano === null ? null : Math.round(listPriceNano / open.length);
  const looks = open.flatMap(({ key, place }, index): LookRow[] => {
    const one = read.looks[index];
    return one ? [{ key, place, look: one, listPriceNano: share }] : [];
  });
  return {
    requestId,
    key: look.key,
    recipe,
    model: run.model.name,
    runId: run.runId,
    listPriceNano: null,
    review: null,
    verdict: null,
    ...(read.code === null && { looks }),
    code: read.code,
  };
}
