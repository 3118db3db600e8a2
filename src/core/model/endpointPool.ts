/**
 * One model at several endpoints: each request goes where the fewest are under way. An endpoint that asks to wait, or
 * does not answer, is passed over for so long; one that no request can succeed at, for good.
 */
import { backoffMs } from "../flow/backoff.ts";
import type { Clock, Logger } from "../ports.ts";
import type { Model, RateLimits, StreamHandlers } from "./model.ts";
import { isModelError, ModelError } from "./modelError.ts";

export interface EndpointPoolOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
}

interface Member {
  readonly model: Model;
  inFlight: number;
  /** Monotonic. */
  openAtMs: number;
  /** In a row. */
  failures: number;
  /** What no later request can pass; it is asked no more. */
  closedBy: ModelError | null;
}

/** @param models the same one at different endpoints, the preferred one first; at least one */
export function createEndpointPool(models: readonly [Model, ...Model[]], options: EndpointPoolOptions): Model {
  const { clock, logger, random = Math.random } = options;
  const members = models.map((model): Member => {
    return { model, inFlight: 0, openAtMs: -Infinity, failures: 0, closedBy: null };
  });

  const waitMs = ({ openAtMs }: Member) => Math.max(0, openAtMs - clock.monotonicMs());
  const living = () => members.filter(({ closedBy }) => closedBy === null);
  const leastWaitMs = () => Math.min(...living().map(waitMs));
  const leastLoaded = (tried: ReadonlySet<Member>) =>
    living()
      .filter((member) => !tried.has(member) && waitMs(member) === 0)
      .reduce<Member | undefined>(
        (best, member) => (best && best.inFlight <= member.inFlight ? best : member),
        undefined,
      );

  /** Nothing left at one endpoint is no reason to wait as long as another one is open. */
  const heard = (member: Member, limits: RateLimits): RateLimits => {
    const pauseMs = pauseOf(limits);
    if (pauseMs === 0) return limits;
    member.openAtMs = Math.max(member.openAtMs, clock.monotonicMs() + pauseMs);
    return { ...UNKNOWN, ...(leastWaitMs() > 0 && { remainingRequests: 0, resetRequestsMs: leastWaitMs() }) };
  };

  const handlersFor = (member: Member, { onAccepted, ...handlers }: StreamHandlers): StreamHandlers => ({
    ...handlers,
    onAccepted: (limits) => onAccepted?.(heard(member, limits)),
  });

  /** @returns whether another endpoint may be asked the same: nothing was billed, and it is this one that is at fault */
  const refusedBy = (member: Member, error: ModelError): boolean => {
    const host = member.model.origin;
    if (error.kind === "terminal") {
      member.closedBy = error;
      if (living().length > 0) logger.warn(`${host} is not asked any more: ${error.message}`);
    } else if (error.kind === "rate-limited" || error.kind === "transient") {
      const pauseMs = error.retryAfterMs ?? backoffMs(member.failures++, random);
      member.openAtMs = Math.max(member.openAtMs, clock.monotonicMs() + pauseMs);
      logger.info(`${host} is passed over for ${Math.round(pauseMs)} ms: ${error.message}`);
    } else return false;
    return error.billed === "no" && error.partialText === "";
  };

  return {
    ...models[0],
    origins: models.map(({ origin }) => origin),
    contextTokens: Math.min(...models.map(({ contextTokens }) => contextTokens)),
    async stream(request, handlers, signal) {
      const tried = new Set<Member>();
      for (let last: ModelError | undefined; ;) {
        const member = leastLoaded(tried);
        if (!member) throw whenNoneIsOpen(members, last, leastWaitMs());
        tried.add(member);
        member.inFlight++;
        try {
          const reply = await member.model.stream(request, handlersFor(member, handlers), signal);
          member.failures = 0;
          return reply;
        } catch (error) {
          if (!isModelError(error) || !refusedBy(member, error)) throw error;
          last = error;
        } finally {
          member.inFlight--;
        }
      }
    },
    close: async () => void (await Promise.all(models.map((model) => model.close()))),
  };
}

const UNKNOWN: RateLimits = {
  remainingRequests: null,
  limitRequests: null,
  resetRequestsMs: null,
  remainingTokens: null,
  limitTokens: null,
  resetTokensMs: null,
};

/** 0: none. */
function pauseOf({ remainingRequests, resetRequestsMs, remainingTokens, resetTokensMs }: RateLimits): number {
  return Math.max(
    remainingRequests === 0 ? (resetRequestsMs ?? 0) : 0,
    remainingTokens === 0 ? (resetTokensMs ?? 0) : 0,
  );
}

/** What the run has to do now: stop where none is left, else wait until the first of them may be asked again. */
function whenNoneIsOpen(members: readonly Member[], last: ModelError | undefined, waitMs: number): ModelError {
  const isOver = members.every(({ closedBy }) => closedBy !== null);
  if (isOver) return members[0]!.closedBy!;
  // The failure of a single request: its own backoff is enough, others may go on.
  if (last && last.kind === "transient") return last;
  return new ModelError({
    code: "rate-limited",
    kind: "rate-limited",
    message: "All endpoints ask to wait.",
    retryAfterMs: waitMs,
    ...(last && { httpStatus: last.httpStatus, cause: last }),
  });
}
