import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRestAfterWork } from "../../../../src/core/worker/restAfterWork.ts";

const MB = 1024 * 1024;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A process whose memory is what the test says, and the order in which it rests. */
function open(restOthers: () => Promise<void> = async () => {}) {
  const rested: string[] = [];
  const process = { bytes: 100 * MB };
  const rest = createRestAfterWork({
    restOthers: async () => {
      rested.push("others");
      await restOthers();
    },
    collect: async () => {
      rested.push("own");
      process.bytes -= 30 * MB;
    },
    onTrouble: (error) => rested.push(String(error)),
    residentBytes: () => process.bytes,
  });
  const take = (bytes: number) => rest.during(async () => void (process.bytes += bytes));
  return { rest, rested, process, take };
}

test("a minute after work that has taken much, this thread last", async () => {
  const { rested, take } = open();
  await take(50 * MB);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(rested).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rested).toEqual(["others", "own"]);
  // What stayed is no reason to do it again.
  await take(0);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(rested).toHaveLength(2);
});

test("what little work takes adds up", async () => {
  const { rested, take } = open();
  for (let time = 0; time < 3; time++) {
    expect(rested).toEqual([]);
    await take(6 * MB);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(rested).toEqual(["others", "own"]);
});

test("what others in the process take and leave is no reason", async () => {
  const { rested, process, take } = open();
  await take(5 * MB);
  process.bytes += 200 * MB;
  await vi.advanceTimersByTimeAsync(60_000);
  process.bytes -= 100 * MB;
  await take(5 * MB);
  process.bytes += 100 * MB;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rested).toEqual([]);
});

test("nor is what work has taken and has gone by itself", async () => {
  const { rested, process, take } = open();
  await take(50 * MB);
  process.bytes -= 40 * MB;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rested).toEqual([]);
});

test("a process that has become smaller meanwhile is measured by that", async () => {
  const { rested, process, take } = open();
  await take(0);
  process.bytes = 60 * MB;
  await take(40 * MB);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rested).toEqual(["others", "own"]);
});

test("the minute begins anew with each work, and does not run beside one", async () => {
  const { rest, rested, take } = open();
  await take(50 * MB);
  await vi.advanceTimersByTimeAsync(30_000);
  await take(0);
  await vi.advanceTimersByTimeAsync(59_000);
  const long = Promise.withResolvers<void>();
  const working = rest.during(() => long.promise);
  await take(0);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(rested).toEqual([]);
  long.resolve();
  await working;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rested).toEqual(["others", "own"]);
});

test("work that begins while others rest is not stopped for a collection", async () => {
  const others = Promise.withResolvers<void>();
  const { rest, rested, take } = open(() => others.promise);
  await take(50 * MB);
  await vi.advanceTimersByTimeAsync(60_000);
  const work = Promise.withResolvers<void>();
  const working = rest.during(() => work.promise);
  others.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(rested).toEqual(["others"]);
  work.resolve();
  await working;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rested).toEqual(["others", "others", "own"]);
});

test("work that fails is work, and trouble with resting is told, not thrown", async () => {
  const { rest, rested, process } = open(() => Promise.reject(new Error("no store")));
  const failing = rest.during(async () => {
    process.bytes += 50 * MB;
    throw new Error("no such folder");
  });
  await expect(failing).rejects.toThrow("no such folder");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rested).toEqual(["others", "Error: no store"]);
});

test("nothing rests after the end, nor goes on resting", async () => {
  const others = Promise.withResolvers<void>();
  const ending = open(() => others.promise);
  await ending.take(50 * MB);
  await vi.advanceTimersByTimeAsync(60_000);
  ending.rest.dispose();
  others.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(ending.rested).toEqual(["others"]);

  const { rest, rested, take } = open();
  await take(50 * MB);
  rest.dispose();
  await take(50 * MB);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(rested).toEqual([]);
});
