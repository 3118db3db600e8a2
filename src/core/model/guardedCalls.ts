/** Calls that are no streams, through a provider's library, under the same guards as a request for a review. */
import type { Endpoint } from "../../shared/endpoint.ts";
import { createWatchdog } from "../flow/watchdog.ts";
import type { Ports } from "../ports.ts";
import { CANCELLED } from "./chatFailure.ts";
import { excerpt } from "./errorBody.ts";
import { createGuardedFetch } from "./guardedFetch.ts";
import { ModelError } from "./modelError.ts";
import type { WireProtocol } from "./wireProtocol.ts";

/** Silence; an upload or a download as a whole may take as long as it takes. */
const IDLE_MS = 120_000;
const TOTAL_MS = 1_800_000;
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

export interface GuardedPlace {
  readonly endpoint: Endpoint;
  readonly wire: WireProtocol;
  readonly model: string;
  readonly apiKey: string;
  readonly ports: Pick<Ports, "fetch" | "clock">;
  readonly signal: AbortSignal;
}

type Fetch = typeof globalThis.fetch;

/** @throws ModelError; `billed` is `maybe` when the server may have carried out what it was asked */
export type GuardedCall = <T>(work: (fetch: Fetch, signal: AbortSignal) => Promise<T>) => Promise<T>;

export function createGuardedCalls(place: GuardedPlace): GuardedCall {
  const { endpoint, wire, model, apiKey, ports, signal } = place;
  return async (work) => {
    if (signal.aborted) throw new ModelError(CANCELLED);
    const watchdog = createWatchdog({ clock: ports.clock, idleMs: IDLE_MS, totalMs: TOTAL_MS, signal });
    const guarded = createGuardedFetch({
      fetch: ports.fetch,
      clock: ports.clock,
      context: { endpoint, model, apiKey, isFirstRequest: false, wire },
      maxReplyBytes: MAX_ANSWER_BYTES,
      onAccepted: () => undefined,
      onActivity: watchdog.touch,
    });
    let isElsewhere = false;
    let wasSent = false;
    const fetch: Fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      // Where results lie is the server's to say: the key goes with it to this server alone.
      isElsewhere = new URL(url).origin !== endpoint.origin;
      if (isElsewhere) throw new Error("Another origin.");
      wasSent = true;
      const text = await guarded.fetchText(url, init ?? {});
      if (Buffer.byteLength(text) >= MAX_ANSWER_BYTES) throw new Error("The answer is too long.");
      return new Response(text, { status: 200, headers: { "content-type": "application/json" } });
    };
    try {
      // The library asks what kind of Response its fetch gives, to know whether it takes forms.
      return await work(Object.assign(fetch, { Response }), watchdog.signal);
    } catch (error) {
      if (signal.aborted) throw new ModelError({ ...CANCELLED, billed: wasSent ? "maybe" : "no" });
      if (watchdog.expired) {
        const message = `${endpoint.host} did not answer in time.`;
        throw new ModelError({ code: "timeout", kind: "transient", message, billed: "maybe" });
      }
      const { failure } = guarded;
      if (failure) throw new ModelError({ ...failure, billed: mayBeDone(failure) ? "maybe" : "no" });
      const message = isElsewhere
        ? `${endpoint.host} points to another address for its results; a key is never sent there.`
        : `${endpoint.host} gave an answer that cannot be read: ${excerpt(String(error), apiKey)}`;
      throw new ModelError({ code: "server-error", kind: "request", message, billed: wasSent ? "maybe" : "no" });
    } finally {
      watchdog.stop();
      guarded.end();
    }
  };
}

/** A refusal did nothing; a server or a gateway that failed may have done it before. */
function mayBeDone({ billed, httpStatus }: { readonly billed?: "no" | "maybe"; readonly httpStatus?: number | null }) {
  return billed === "maybe" || (httpStatus ?? 0) >= 500 || httpStatus === 408;
}
