import { describe, expect, it } from "vitest";
import type { ModelReply } from "../../../../src/core/model/model.ts";
import { createProfiler } from "../../../../src/core/profile/profiler.ts";
import { storeReply } from "../../../../src/core/review/keepReply.ts";
import type { Receipt } from "../../../../src/core/store/settlement.ts";

const RECEIPT: Receipt = {
  usage: null,
  costNano: 1,
  maybeNano: 0,
  serviceTier: null,
  providerRequestId: null,
};
const REPLY: ModelReply = {
  text: "what was paid for",
  finish: "stop",
  usage: null,
  model: "m",
  serviceTier: null,
  providerRequestId: null,
};

/** A store that writes when it is told to. */
function openStoring() {
  const calls: string[] = [];
  const recorded = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<void>();
  const profiler = createProfiler(() => 0);
  const store = {
    recordReply(requestId: string, raw: string) {
      calls.push(`record ${requestId}: ${raw}`);
      return recorded.promise;
    },
  };
  const keep = (read: () => string) =>
    storeReply(
      { profiler, store },
      {
        requestId: "q1",
        reply: REPLY,
        receipt: RECEIPT,
        span: 0,
        read() {
          calls.push("read");
          return read();
        },
        settle(said) {
          calls.push(`settle ${said}`);
          return settled.promise;
        },
      },
    );
  return { calls, recorded, settled, profiler, keep };
}

const turn = () => new Promise(setImmediate);

describe("storing a paid reply", () => {
  it("is done before anybody reads it, and what it says is settled after that", async () => {
    const { calls, recorded, settled, keep, profiler } = openStoring();
    let isDone = false;
    const kept = keep(() => "a review").finally(() => (isDone = true));
    await turn();
    expect(calls).toEqual(["record q1: what was paid for"]);
    recorded.resolve();
    await turn();
    expect(calls.slice(1)).toEqual(["read", "settle a review"]);
    expect(isDone).toBe(false);
    settled.resolve();
    expect(await kept).toBe("a review");
    expect(profiler.spans().map(({ name, endMs }) => [name, endMs])).toEqual([
      ["store", 0],
      ["parse", 0],
    ]);
  });

  it("keeps one that cannot be read at all", async () => {
    const { calls, recorded, keep } = openStoring();
    const kept = keep(() => {
      throw new Error("no sense in it");
    });
    recorded.resolve();
    await expect(kept).rejects.toThrow("no sense in it");
    expect(calls).toEqual(["record q1: what was paid for", "read"]);
  });

  it("settles nothing when it could not be stored: the ledger would lack what it cost", async () => {
    const { calls, recorded, keep } = openStoring();
    const kept = keep(() => "a review");
    recorded.reject(new Error("disk full"));
    await expect(kept).rejects.toThrow("disk full");
    await turn();
    expect(calls).toEqual(["record q1: what was paid for"]);
  });

  it("fails when what it says could not be settled", async () => {
    const { recorded, settled, keep } = openStoring();
    const kept = keep(() => "a review");
    recorded.resolve();
    settled.reject(new Error("disk full"));
    await expect(kept).rejects.toThrow("disk full");
  });
});
