/** What all adapters do alike: watch the connection, send, and leave out from then on what a server does not know. */
import type { Endpoint } from "../../shared/endpoint.ts";
import { followSignals } from "../flow/followSignals.ts";
import type { Clock, Logger } from "../ports.ts";
import { exchangeChat, type ChatExchange } from "./chatExchange.ts";
import { CANCELLED, type ModelLimits } from "./chatFailure.ts";
import { createConnectWatch } from "./connectWatch.ts";
import type { GuardedFetch } from "./guardedFetch.ts";
import type { Model, ModelReply, ModelRequest, StreamHandlers } from "./model.ts";
import { ModelError } from "./modelError.ts";
import type { WireProtocol } from "./wireProtocol.ts";

export interface AdapterOptions {
  readonly name: string;
  /** null: the provider's own. */
  readonly baseUrl: string | null;
  /** `none` where the server wants no key. */
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<ModelLimits>;
  /** Asked for where the provider has it; default: the usual one. */
  readonly serviceTier?: "flex";
}

/** Against the SDKs' own timers, which must not be earlier than the watchdogs. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** One request, said in one dialect. */
interface Spoken<Dialect, Chunk> extends Pick<ChatExchange<Chunk>, "reply" | "open"> {
  /** The dialect without what the server has just refused by name; undefined when that was nothing of the kind. */
  withoutRefused(rejection: NonNullable<GuardedFetch["rejection"]>): Dialect | undefined;
}

interface AdapterParts<Dialect extends object, Chunk> {
  readonly provider: Model["provider"];
  readonly options: AdapterOptions;
  readonly endpoint: Endpoint;
  readonly wire: WireProtocol;
  readonly limits: ModelLimits;
  readonly contextTokens: number;
  readonly dialect: Dialect;
  speak(request: ModelRequest, dialect: Dialect): Spoken<Dialect, Chunk>;
}

export function createAdapter<Dialect extends object, Chunk>(parts: AdapterParts<Dialect, Chunk>): Model {
  const { endpoint, wire, limits, options } = parts;
  const { name, apiKey, fetch, clock, logger } = options;
  const connectWatch = createConnectWatch(endpoint.origin, limits.connectMs, clock);
  const closed = new AbortController();
  let dialect = parts.dialect;
  let requests = 0;

  /** Another request may have learned something else meanwhile: only what this one learned is changed. */
  const learn = (spoken: Dialect, next: Dialect) => {
    const learned = difference(spoken, next);
    Object.assign((dialect = { ...dialect }), learned);
    logger.info(`${endpoint.host} does not take all that it was sent: from now on ${JSON.stringify(learned)}.`);
  };

  const converse = async (
    request: ModelRequest,
    handlers: StreamHandlers,
    signal: AbortSignal,
  ): Promise<ModelReply> => {
    for (;;) {
      if (signal.aborted) throw new ModelError(CANCELLED);
      const spoken = dialect;
      const { reply, open, withoutRefused } = parts.speak(request, spoken);
      const context = { endpoint, model: name, apiKey, isFirstRequest: requests++ === 0, wire };
      const place = { context, limits, handlers, signal, fetch, clock, logger, connectWatch };
      const result = await exchangeChat({ ...place, reply, open });
      if ("reply" in result) return result.reply;
      // Refused before anything was billed: what the server does not know is left out from now on.
      const { error, rejection } = result;
      const next = rejection && withoutRefused(rejection);
      if (!next) throw error;
      learn(spoken, next);
    }
  };

  return {
    provider: parts.provider,
    name,
    origin: endpoint.origin,
    contextTokens: parts.contextTokens,
    async stream(request, handlers, outerSignal) {
      const either = followSignals(outerSignal, closed.signal);
      try {
        return await converse(request, handlers, either.signal);
      } finally {
        either.stop();
      }
    },
    async close() {
      closed.abort();
      connectWatch.dispose();
    },
  };
}

function difference<Shape extends object>(before: Shape, after: Shape): Partial<Shape> {
  const entries = Object.entries(after).filter(([key, value]) => before[key as keyof Shape] !== value);
  return Object.fromEntries(entries) as Partial<Shape>;
}
