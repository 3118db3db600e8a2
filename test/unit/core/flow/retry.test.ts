import { describe, expect, test } from "vitest";
import { withRetry, type RetryOptions } from "../../../../src/core/flow/retry.ts";
import { createRetryBudget } from "../../../../src/core/flow/retryBudget.ts";
import { ModelError, type ModelFailure } from "../../../../src/core/model/modelError.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

const fail = (own: Partial<ModelFailure> = {}) =>
  new ModelError({ code: "server-error", kind: "transient", message: "x", ...own });
const limited = (retryAfterMs: number | null) => fail({ code: "rate-limited", kind: "rate-limited", retryAfterMs });

/** Fails with each error in turn, then answers. */
function setUp(errors: readonly unknown[], options: Partial<RetryOptions<string>> = {}) {
  const clock = createFakeClock();
  const sentAtMs: number[] = [];
  const waits: string[] = [];
  const result = withRetry<string>({
    async attempt(number) {
      sentAtMs.push(clock.monotonicMs());
      expect(number).toBe(sentAtMs.length);
      if (number <= errors.length) throw errors[number - 1];
      return "ok";
    },
    retryBudget: createRetryBudget(),
    clock,
    random: () => 0,
    onWait: (reason, ms) => waits.push(`${reason} ${ms}`),
    ...options,
  });
  result.catch(() => undefined);
  return { clock, sentAtMs, waits, result };
}

test("sends once when it goes well", async () => {
  const { result, sentAtMs } = setUp([]);
  expect(await result).toBe("ok");
  expect(sentAtMs).toEqual([0]);
});

test("sends at most three times, with growing waits", async () => {
  const last = fail();
  const { clock, result, sentAtMs, waits } = setUp([fail(), fail(), last, fail()]);
  await clock.advance(10_000);
  await expect(result).rejects.toBe(last);
  expect(sentAtMs).toEqual([0, 500, 1_500]);
  expect(waits).toEqual(["backoff 500", "backoff 1000"]);
});

test.each([
  ["stream-interrupted", 2],
  ["timeout", 2],
  ["unreachable", 3],
] as const)("%s: %i attempts", async (code, attempts) => {
  const { clock, result, sentAtMs } = setUp(Array.from({ length: 9 }, () => fail({ code })));
  await clock.advance(60_000);
  await expect(result).rejects.toMatchObject({ code });
  expect(sentAtMs).toHaveLength(attempts);
});

test.each([
  fail({ kind: "terminal", code: "invalid-key" }),
  fail({ kind: "request" }),
  fail({ kind: "cancelled", code: "cancelled" }),
  new Error("a defect"),
])("%s is not sent again", async (error) => {
  const { result, sentAtMs } = setUp([error]);
  await expect(result).rejects.toBe(error);
  expect(sentAtMs).toHaveLength(1);
});

describe("a rate limit", () => {
  test("waits as long as told, never early, and is no attempt", async () => {
    const { clock, result, sentAtMs, waits } = setUp([
      limited(90_000),
      limited(90_000),
      limited(90_000),
      limited(null),
      fail(),
      fail(),
    ]);
    await clock.advance(89_999);
    expect(sentAtMs).toHaveLength(1);
    await clock.advance(400_000);
    expect(await result).toBe("ok");
    expect(sentAtMs.slice(0, 5)).toEqual([0, 90_000, 180_000, 270_000, 274_000]);
    expect(waits[0]).toBe("rate-limit 90000");
  });

  test("has an end", async () => {
    const { clock, result, sentAtMs } = setUp(
      Array.from({ length: 99 }, () => limited(10)),
      { maxRateLimitWaits: 4 },
    );
    await clock.advance(1_000);
    await expect(result).rejects.toMatchObject({ kind: "rate-limited" });
    expect(sentAtMs).toHaveLength(5);
  });

  test("a timer that fires early does not make it early", async () => {
    const clock = createFakeClock();
    const hasty = {
      ...clock,
      monotonicMs: clock.monotonicMs,
      sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms - 1 || 1, signal),
    };
    const { result, sentAtMs } = setUp([limited(50)], { clock: hasty });
    await clock.advance(49);
    await clock.advance(1);
    await clock.advance(1);
    expect(await result).toBe("ok");
    expect(sentAtMs).toHaveLength(2);
  });
});

test("a server error with retry-after waits that long", async () => {
  const { clock, result, sentAtMs } = setUp([fail({ retryAfterMs: 7_000 })]);
  await clock.advance(7_000);
  await result;
  expect(clock.monotonicMs()).toBe(7_000);
  expect(sentAtMs).toHaveLength(2);
});

test("aborting ends the wait at once, and nothing more is sent", async () => {
  const controller = new AbortController();
  const { clock, result, sentAtMs } = setUp([limited(60_000)], { signal: controller.signal });
  await clock.advance(10);
  controller.abort(new Error("enough"));
  await expect(result).rejects.toThrow("enough");
  expect(clock.sleepers).toBe(0);
  expect(sentAtMs).toHaveLength(1);
});

describe("the retry budget", () => {
  test("is a tenth of the requests, and at least three", () => {
    const budget = createRetryBudget();
    const takeAll = () => {
      while (budget.take());
      return budget.taken;
    };
    expect(takeAll()).toBe(3);
    for (let request = 0; request < 49; request++) budget.sent();
    expect(takeAll()).toBe(4);
    budget.sent();
    expect(takeAll()).toBe(5);
  });

  test("bounds the retries of a whole run", async () => {
    const retryBudget = createRetryBudget();
    let sent = 0;
    for (let file = 0; file < 20; file++) {
      const { clock, result, sentAtMs } = setUp([fail(), fail(), fail()], { retryBudget });
      await clock.advance(10_000);
      await expect(result).rejects.toMatchObject({ kind: "transient" });
      sent += sentAtMs.length;
    }
    expect(sent).toBe(23);
  });

  test("is not used up by rate limits", async () => {
    const retryBudget = createRetryBudget({ minimum: 0 });
    const { clock, result } = setUp([limited(10), limited(10)], { retryBudget });
    await clock.advance(100);
    expect(await result).toBe("ok");
    expect(retryBudget.taken).toBe(0);
  });
});
