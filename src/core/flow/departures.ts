/**
 * When a request may leave. The very first goes alone until the provider has accepted it: a refused key, an empty
 * account or an unknown model is found out by one request. The first of those that begin alike goes ahead of the others
 * until its first token, where what they share is then read from the provider's cache: they wait for it together.
 */
import type { Clock } from "../ports.ts";
import { createCanary, type Canary } from "./canary.ts";
import { NOT_NEEDED } from "./notNeeded.ts";
import { createShards } from "./shards.ts";

/** One request on its way. A request that leads nobody may report all the same. */
export interface Departure {
  /** Which of the provider's machines it should go to, from 0: one alone would not keep up with many that begin alike. */
  readonly shard: number;
  /** Status 200 and headers are there. */
  accepted(): void;
  firstToken(): void;
  /** `undefined`: it had nothing to send. A terminal error turns all others away; after any other the next one leads. */
  failed(error: unknown): void;
}

export interface Departures {
  /**
   * Resolves when the request may be sent.
   * @param prefix what it has in common with those that wait for its first token; null: nothing worth a wait
   * Rejects with an earlier request's terminal error, or with the signal's reason when aborted while waiting.
   */
  enter(prefix: string | null, signal: AbortSignal): Promise<Departure>;
}

export interface DeparturesOptions {
  readonly clock: Clock;
  /**
   * So many requests a minute that begin alike are answered by one machine, and the cache is that machine's own; null:
   * no matter how many.
   */
  readonly shardPerMinute: number | null;
  /** Once: a request has its first token, or has been accepted long enough ago. */
  readonly onUnderWay: () => void;
}

/** Some models think for long before they write: nobody waits for the first token longer than that. */
const MAX_PRIMING_MS = 3_000;
/** Providers keep what nobody reads for five minutes, some of them longer. */
const UNREAD_MS = 270_000;

interface Primer {
  readonly canary: Canary;
  usedAtMs: number;
}

export function createDepartures(options: DeparturesOptions): Departures {
  const { clock, onUnderWay } = options;
  const provider = createCanary();
  const primers = new Map<string, Primer>();
  const shards = createShards(options.shardPerMinute, clock);
  /** What has lain unread for long is gone, and the next one writes it anew. */
  const primerOf = (shard: number, prefix: string): Primer => {
    const id = `${shard} ${prefix}`;
    const nowMs = clock.monotonicMs();
    const known = primers.get(id);
    const isFresh = known !== undefined && nowMs - known.usedAtMs < UNREAD_MS;
    const primer = isFresh ? known : { canary: createCanary(), usedAtMs: nowMs };
    primer.usedAtMs = nowMs;
    primers.set(id, primer);
    return primer;
  };

  /** While one request makes the next machine ready, the others stay where it is warm rather than wait. */
  const shardFor = (prefix: string): number => {
    const shard = shards.next(prefix);
    const stateOf = (number: number) => primers.get(`${number} ${prefix}`)?.canary.state;
    if (stateOf(shard) !== "leading") return shard;
    let warm = shard - 1;
    while (warm >= 0 && stateOf(warm) !== "open") warm--;
    return warm >= 0 ? warm : shard;
  };

  /** Whoever leads and cannot go on lets another one find out. */
  const enterPrimer = async (primer: Primer | undefined, signal: AbortSignal, leads: boolean) => {
    try {
      return (await primer?.canary.enter(signal)) === "lead";
    } catch (error) {
      if (leads) provider.failed(undefined);
      throw error;
    }
  };

  return {
    async enter(prefix, signal) {
      const leads = (await provider.enter(signal)) === "lead";
      const shard = prefix === null ? 0 : shardFor(prefix);
      const primer = prefix === null ? undefined : primerOf(shard, prefix);
      const primes = await enterPrimer(primer, signal, leads);
      const over = new AbortController();
      const underWay = () => {
        over.abort(NOT_NEEDED);
        if (primes) primer?.canary.accepted();
        onUnderWay();
      };
      return {
        shard,
        accepted() {
          if (leads) provider.accepted();
          if (leads || primes) clock.sleep(MAX_PRIMING_MS, over.signal).then(underWay, () => {});
        },
        firstToken() {
          if (leads) provider.accepted();
          if (primer) primer.usedAtMs = clock.monotonicMs();
          underWay();
        },
        failed(error) {
          over.abort(NOT_NEEDED);
          if (leads) provider.failed(error);
          if (primes) primer?.canary.failed(error);
        },
      };
    },
  };
}
