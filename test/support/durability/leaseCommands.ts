/**
 * Some processes that share a store, as random interleavings of what each may do, beside a model of what must come of
 * it. Time is the model's: nobody waits.
 */
import fc, { type AsyncCommand } from "fast-check";
import { expect } from "vitest";
import { LEASE_MS } from "../../../src/core/store/leases.ts";
import type { IntentAnswer } from "../../../src/core/store/intent.ts";
import { createStoreHost } from "../../../src/core/store/storeHost.ts";
import type { CacheStats } from "../../../src/core/engine.ts";
import { intentOf, RECEIPT, settlementOf } from "../storeFixture.ts";

type Host = ReturnType<typeof createStoreHost>;

const PLACES = 3;
const KEYS = ["k0", "k1"] as const;
const COST_NANO = RECEIPT.costNano ?? 0;

interface Request {
  readonly id: string;
  readonly key: string;
  readonly run: string;
  readonly client: string;
  isReplied: boolean;
  /** Its reply was cleared away before it was settled, or a process that started found nobody waiting for one. */
  isForgotten: boolean;
}

interface Lease {
  readonly client: string;
  expiresAtMs: number;
}

/** What must be the case, said as simply as can be. */
export class LeaseModel {
  nowMs = 1_000_000;
  serial = 0;
  paid = 0;
  /** By place: a killed process is followed by another one. */
  readonly clients: string[] = Array.from({ length: PLACES }, (_, place) => `client${place}`);
  readonly killed = new Set<string>();
  readonly requests: Request[] = [];
  readonly leases = new Map<string, Lease>();
  /** By key: requests whose reply is stored and not yet read. */
  readonly unread = new Map<string, Set<string>>();
  /** By key: what its stored review says. */
  readonly stored = new Map<string, string>();

  isHeldBy(key: string, client: string): boolean {
    const lease = this.leases.get(key);
    return lease?.client === client && lease.expiresAtMs > this.nowMs;
  }

  isHeldByOther(key: string, client: string): boolean {
    return this.clients.concat([...this.killed]).some((one) => one !== client && this.isHeldBy(key, one));
  }

  take(key: string, client: string): void {
    this.leases.set(key, { client, expiresAtMs: this.nowMs + LEASE_MS });
  }

  release(key: string, client: string): void {
    if (this.leases.get(key)?.client === client) this.leases.delete(key);
  }

  end(request: Request): void {
    this.requests.splice(this.requests.indexOf(request), 1);
  }
}

export interface Clients {
  /** By place. */
  readonly hosts: Host[];
  clock: { nowMs: number };
  start(place: number, client: string): Promise<void>;
  close(): Promise<void>;
}

export async function openClients(folder: string): Promise<Clients> {
  const clock = { nowMs: new LeaseModel().nowMs };
  const all: Host[] = [];
  const hosts: Host[] = [];
  const start = async (place: number, client: string) => {
    const host = createStoreHost({ folder, ownerId: client }, () => clock.nowMs);
    await host.open();
    for (const run of RUNS) {
      await host.startRun({ id: `${client}.${run}`, workspace: "w", provider: "openai", model: "m" });
    }
    all.push(host);
    hosts[place] = host;
  };
  for (const [place, client] of new LeaseModel().clients.entries()) await start(place, client);
  return { hosts, clock, start, close: async () => void (await Promise.all(all.map((host) => host.close()))) };
}

const RUNS = ["run0", "run1"] as const;

type Command = AsyncCommand<LeaseModel, Clients>;

function command(
  label: string,
  check: (model: LeaseModel) => boolean,
  run: (model: LeaseModel, real: Clients) => Promise<void>,
): Command {
  return { check, run, toString: () => label };
}

function announce(place: number, key: string, ownRun: string): Command {
  const runOf = (model: LeaseModel) => `${model.clients[place]}.${ownRun}`;
  return command(
    `announce(${place}, ${key}, ${ownRun})`,
    // Within a run nobody asks for what is being asked for.
    (model) => !model.requests.some((one) => one.key === key && one.run === runOf(model)),
    async (model, real) => {
      const client = model.clients[place]!;
      const [id, run] = [`request${model.serial++}`, runOf(model)];
      const intent = { ...intentOf(id, key), runId: run };
      const answer = (await real.hosts[place]!.recordIntent(intent, true)) as IntentAnswer;
      const stored = model.stored.get(key);
      const isAskedByOtherRun = model.requests.some(
        (one) => one.key === key && one.client === client && !one.isForgotten,
      );
      if (stored !== undefined) {
        expect(answer).toMatchObject({ outcome: "answered", unit: { review: { summary: stored } } });
      } else if (model.isHeldByOther(key, client) || (isAskedByOtherRun && model.isHeldBy(key, client))) {
        expect(answer.outcome).toBe("held");
      } else if (isAskedByOtherRun && answer.outcome === "held") {
        // Its lease has expired, but nobody has looked yet.
      } else if (model.unread.get(key)?.size) {
        await readUnread(answer, key, model, real.hosts[place]!);
        model.release(key, client);
        // Whoever had the lease before has lost it.
        model.leases.delete(key);
      } else {
        expect(answer.outcome).toBe("granted");
        model.take(key, client);
        model.requests.push({ id, key, run, client, isReplied: false, isForgotten: false });
      }
    },
  );
}

/** Paid for by a process that is gone or late: read here, and settled at once. */
async function readUnread(answer: IntentAnswer, key: string, model: LeaseModel, host: Host): Promise<void> {
  if (answer.outcome !== "unread") return expect(answer.outcome).toBe("unread");
  const { requestId, text } = answer.rawReply;
  expect(model.unread.get(key)).toContain(requestId);
  expect(text).toBe(`raw of ${requestId}`);
  await host.settle(settlementOf(requestId, key, { review: { summary: requestId, findings: [], dropped: 0 } }));
  model.unread.get(key)!.delete(requestId);
  model.stored.set(key, requestId);
}

/** The oldest request of that place in that state, if there is one. */
function requestAt(model: LeaseModel, place: number, isReplied: boolean): Request | undefined {
  return model.requests.find((one) => one.client === model.clients[place] && one.isReplied === isReplied);
}

function reply(place: number): Command {
  return command(
    `reply(${place})`,
    (model) => requestAt(model, place, false) !== undefined,
    async (model, real) => {
      const request = requestAt(model, place, false)!;
      await real.hosts[place]!.recordReply(request.id, `raw of ${request.id}`, RECEIPT);
      request.isReplied = true;
      request.isForgotten = false;
      const { unread } = model;
      unread.set(request.key, (unread.get(request.key) ?? new Set()).add(request.id));
      model.paid++;
    },
  );
}

/** Also by a process whose lease another one has taken meanwhile: what was paid for counts. */
function settle(place: number, isUnreadable: boolean): Command {
  return command(
    `settle(${place}${isUnreadable ? ", unreadable" : ""})`,
    (model) => requestAt(model, place, true) !== undefined,
    async (model, real) => {
      const request = requestAt(model, place, true)!;
      const review = isUnreadable ? null : { summary: request.id, findings: [], dropped: 0 };
      const code = isUnreadable ? "reply-unparseable" : null;
      await real.hosts[place]!.settle(settlementOf(request.id, request.key, { review, code }));
      model.unread.get(request.key)?.delete(request.id);
      if (review) model.stored.set(request.key, request.id);
      model.release(request.key, request.client);
      model.end(request);
    },
  );
}

function fail(place: number): Command {
  return command(
    `fail(${place})`,
    (model) => requestAt(model, place, false) !== undefined,
    async (model, real) => {
      const request = requestAt(model, place, false)!;
      const nothing = { ...RECEIPT, usage: null, costNano: 0 };
      await real.hosts[place]!.recordFailure(request.id, "server-error", nothing);
      model.release(request.key, request.client);
      model.end(request);
    },
  );
}

/** A heartbeat may come late: a lease that nobody has taken is had again. */
function renew(place: number): Command {
  return command(
    `renew(${place})`,
    () => true,
    async (model, real) => {
      await real.hosts[place]!.renewLeases();
      for (const lease of model.leases.values()) {
        if (lease.client === model.clients[place]) lease.expiresAtMs = model.nowMs + LEASE_MS;
      }
    },
  );
}

function advance(ms: number): Command {
  return command(
    `advance(${ms})`,
    () => true,
    async (model, real) => void (real.clock.nowMs = model.nowMs += ms),
  );
}

/** Its leases stay until they expire, as those of a process on another machine do. */
function kill(place: number): Command {
  return command(
    `kill(${place})`,
    () => true,
    async (model, real) => {
      const killed = model.clients[place]!;
      for (const request of model.requests.filter((one) => one.client === killed)) model.end(request);
      model.killed.add(killed);
      // Whoever has let its lease expire is taken for gone by the next process to start, and may come back all the same.
      for (const request of model.requests) {
        request.isForgotten ||= !request.isReplied && !model.isHeldBy(request.key, request.client);
      }
      const next = `${killed}'`;
      model.clients[place] = next;
      await real.start(place, next);
    },
  );
}

function clear(place: number): Command {
  return command(
    `clear(${place})`,
    () => true,
    async (model, real) => {
      await real.hosts[place]!.clear();
      model.stored.clear();
      model.unread.clear();
      for (const request of model.requests) request.isForgotten ||= request.isReplied;
    },
  );
}

function balance(place: number): Command {
  return command(
    `balance(${place})`,
    () => true,
    async (model, real) => {
      const stats = (await real.hosts[place]!.stats()) as CacheStats;
      expect(stats.reviews).toBe(model.stored.size);
      expect(Math.round(stats.spentUsd * 1e9)).toBe(model.paid * COST_NANO);
    },
  );
}

export function leaseCommands(): fc.Arbitrary<Command>[] {
  const place = fc.nat(PLACES - 1);
  return [
    fc.tuple(place, fc.constantFrom(...KEYS), fc.constantFrom(...RUNS)).map((args) => announce(...args)),
    fc.tuple(place, fc.constantFrom(...KEYS), fc.constant(RUNS[0])).map((args) => announce(...args)),
    place.map(reply),
    fc.tuple(place, fc.boolean()).map((args) => settle(...args)),
    place.map(fail),
    place.map(renew),
    fc.constantFrom(1, 1_000, 5_000, LEASE_MS - 1, LEASE_MS, LEASE_MS + 1, 60_000).map(advance),
    place.map(kill),
    place.map(clear),
    place.map(balance),
  ];
}
