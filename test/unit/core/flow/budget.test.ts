import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorCode } from "../../../../src/shared/errors.ts";
import { createBudget, type Budget, type Reservation } from "../../../../src/core/flow/budget.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** What became of each reservation, in order. */
function follow(budget: Budget) {
  const log: string[] = [];
  const granted = new Map<string, Reservation>();
  const reserve = (name: string, usd: number, signal?: AbortSignal) =>
    budget.reserve(usd, signal).then(
      (reservation) => {
        granted.set(name, reservation);
        log.push(`${name}:granted`);
      },
      (error: Error) => void log.push(`${name}:${errorCode(error) === "internal" ? error.message : errorCode(error)}`),
    );
  return { log, granted, reserve };
}

test("reserves, settles and releases to the nano-dollar", async () => {
  const budget = createBudget(1);
  const first = await budget.reserve(0.1);
  const second = await budget.reserve(0.2);
  expect(budget.reservedUsd).toBe(0.3);
  first.settle(0.05);
  first.release();
  first.settle(5);
  expect([budget.spentUsd, budget.reservedUsd]).toEqual([0.05, 0.2]);
  second.release();
  expect([budget.spentUsd, budget.reservedUsd]).toEqual([0.05, 0]);
});

test("a tenth of a dollar fits ten times into one, exactly", async () => {
  const budget = createBudget(1);
  for (let index = 0; index < 10; index++) (await budget.reserve(0.1)).settle(0.1);
  expect(budget.spentUsd).toBe(1);
  await expect(budget.reserve(0.000_000_001)).rejects.toMatchObject({ code: "budget-reached" });
});

test("what does not fit waits for what others leave over", async () => {
  const budget = createBudget(1);
  const { log, granted, reserve } = follow(budget);
  await reserve("a", 0.6);
  void reserve("b", 0.6);
  await settle();
  expect(log).toEqual(["a:granted"]);
  granted.get("a")!.settle(0.1);
  await settle();
  expect(log).toEqual(["a:granted", "b:granted"]);
  expect(budget.reached).toBe(false);
});

test("first come, first served: a small one does not overtake", async () => {
  const { log, granted, reserve } = follow(createBudget(1));
  await reserve("a", 0.6);
  void reserve("big", 0.6);
  void reserve("small", 0.1);
  await settle();
  expect(log).toEqual(["a:granted"]);
  granted.get("a")!.settle(0.2);
  await settle();
  expect(log).toEqual(["a:granted", "big:granted", "small:granted"]);
});

test("with nothing in flight it is reached; from then on what does not fit is turned away at once", async () => {
  const budget = createBudget(1);
  const { log, granted, reserve } = follow(budget);
  await reserve("a", 0.6);
  void reserve("big", 0.6);
  void reserve("small", 0.3);
  void reserve("also big", 0.6);
  granted.get("a")!.settle(0.6);
  await settle();
  expect(log).toEqual(["a:granted", "big:budget-reached", "small:granted", "also big:budget-reached"]);
  expect(budget.reached).toBe(true);
  await reserve("too much", 0.2);
  await reserve("little", 0.05);
  expect(log.slice(4)).toEqual(["too much:budget-reached", "little:granted"]);
});

test("says how much is spent and how much the next one may cost", async () => {
  const budget = createBudget(1, { spentBeforeUsd: 0.98 });
  await expect(budget.reserve(0.05)).rejects.toThrow(
    "The budget of $1.00 is reached: $0.9800 is spent and the next request may cost up to $0.0500.",
  );
});

test("warns once, at four fifths", async () => {
  let warnings = 0;
  const budget = createBudget(1, { spentBeforeUsd: 0.5, onWarning: () => warnings++ });
  (await budget.reserve(0.29)).settle(0.29);
  expect(warnings).toBe(0);
  (await budget.reserve(0.01)).settle(0.01);
  (await budget.reserve(0.1)).settle(0.1);
  expect(warnings).toBe(1);
});

test("without a limit everything fits and nothing warns", async () => {
  let warnings = 0;
  const budget = createBudget(null, { onWarning: () => warnings++ });
  (await budget.reserve(1e6)).settle(1e6);
  await budget.reserve(1e6);
  expect(budget.spentUsd).toBe(1e6);
  expect(warnings).toBe(0);
});

test("who is aborted while waiting lets the next one through", async () => {
  const { log, reserve } = follow(createBudget(1));
  const controller = new AbortController();
  await reserve("a", 0.6);
  void reserve("big", 0.6, controller.signal);
  void reserve("small", 0.1);
  controller.abort(new Error("enough"));
  await settle();
  expect(log).toEqual(["a:granted", "big:enough", "small:granted"]);
});

test.each([Number.NaN, Infinity, -1])("%d is no amount of money", async (usd) => {
  await expect(createBudget(1).reserve(usd)).rejects.toThrow(RangeError);
});

describe("a provider that bills more than reserved", () => {
  test("is recorded as it is, and nothing more is sent", async () => {
    const budget = createBudget(1);
    (await budget.reserve(0.5)).settle(2);
    expect(budget.spentUsd).toBe(2);
    await expect(budget.reserve(0)).rejects.toMatchObject({ code: "budget-reached" });
  });

  test("makes later reservations as much larger", async () => {
    const budget = createBudget(1);
    (await budget.reserve(0.1)).settle(0.2);
    const next = await budget.reserve(0.1);
    expect(next.usd).toBe(0.2);
    next.settle(0.1);
    await expect(budget.reserve(0.4)).rejects.toMatchObject({ code: "budget-reached" });
  });
});

test("spent and reserved never pass the limit, everyone is answered, and the sum is right", async () => {
  const money = fc.integer({ min: 0, max: 600_000_000 }).map((nano) => nano / 1e9);
  const step = fc.record({
    usd: money,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    ends: fc.nat({ max: 3 }),
    abort: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const budget = createBudget(1);
      const open: { reservation: Reservation; actualUsd: number }[] = [];
      let spentNano = 0;
      let answered = 0;
      const check = () => expect(budget.spentUsd + budget.reservedUsd).toBeLessThanOrEqual(1 + 1e-12);
      const end = () => {
        const one = open.shift();
        if (!one) return;
        one.reservation.settle(one.actualUsd);
        spentNano += Math.round(one.actualUsd * 1e9);
        check();
      };
      for (const { usd, share, ends, abort } of steps) {
        const controller = new AbortController();
        const answer = () => void answered++;
        void budget
          .reserve(usd, controller.signal)
          .then((reservation) => open.push({ reservation, actualUsd: usd * share }))
          .then(answer, answer);
        if (abort) controller.abort();
        for (let index = 0; index < ends; index++) end();
        await Promise.resolve();
        check();
      }
      await settle();
      while (open.length > 0) {
        end();
        await settle();
      }
      expect(answered).toBe(steps.length);
      expect(Math.round(budget.spentUsd * 1e9)).toBe(spentNano);
      expect(budget.reservedUsd).toBe(0);
    }),
    { numRuns: 150 },
  );
});

describe("a sum that was agreed on", () => {
  test("is the wall until somebody agrees to more, and asked for once", async () => {
    const asked: unknown[] = [];
    const answer = Promise.withResolvers<number | null>();
    const agreement = { usd: 0.3, ask: (needed: unknown) => (asked.push(needed), answer.promise) };
    const budget = createBudget(1, { agreement });
    (await budget.reserve(0.2)).settle(0.2);
    const waiting = [budget.reserve(0.2), budget.reserve(0.2)];
    await settle();
    expect(asked).toEqual([{ agreedUsd: 0.3, spentUsd: 0.2, nextUsd: 0.2 }]);
    expect(budget.reservedUsd).toBe(0);
    answer.resolve(0.6);
    await Promise.all(waiting);
    expect(budget.reservedUsd).toBeCloseTo(0.4, 9);
    expect(asked).toHaveLength(1);
  });

  test("that stands ends the run, and so does an answer that does not come", async () => {
    for (const ask of [async () => null, () => Promise.reject(new Error("gone"))]) {
      const budget = createBudget(null, { agreement: { usd: 0.3, ask } });
      await expect(budget.reserve(0.4)).rejects.toMatchObject({ code: "quote-reached" });
      await expect(budget.reserve(0.1)).rejects.toThrow("was to cost at most");
      expect(budget.reached).toBe(true);
    }
  });

  test("is not asked about where the budget itself is too small, nor while something is in flight", async () => {
    const asked: unknown[] = [];
    const ask = async (needed: unknown) => (asked.push(needed), 5);
    const small = createBudget(0.4, { agreement: { usd: 0.3, ask } });
    await expect(small.reserve(0.5)).rejects.toThrow("The budget of $0.4000 is reached");
    const budget = createBudget(1, { agreement: { usd: 0.3, ask } });
    const first = await budget.reserve(0.2);
    const second = budget.reserve(0.2);
    await settle();
    expect(asked).toEqual([]);
    first.settle(0.05);
    await second;
    expect(asked).toEqual([]);
  });
});
