import { expect, test } from "vitest";
import { createDailyWall } from "../../../../src/core/flow/dailyWall.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

const midnight = new Date(2026, 10, 22);
const dayOf = (spentUsd: number, reservedUsd = 0) => ({
  spentNano: spentUsd * 1e9,
  reservedNano: reservedUsd * 1e9,
  endsAtMs: midnight.getTime(),
});
const never = new AbortController().signal;

function open(limitUsd: number | null) {
  const clock = createFakeClock();
  const log: string[] = [];
  const wall = createDailyWall({
    limitUsd,
    clock,
    onChange: ({ usedUsd }) => log.push(`used ${usedUsd}`),
    onWarning: ({ usedUsd }) => log.push(`warning at ${usedUsd}`),
  });
  return { wall, clock, log };
}

test("warns once, when four fifths are spent; what is only reserved is no reason", () => {
  const { wall, log } = open(10);
  for (const day of [dayOf(7, 3), dayOf(8, 1), dayOf(9)]) wall.note(day);
  expect(log).toEqual(["used 10", "used 9", "warning at 9", "used 9"]);
  expect(wall.state).toEqual({ limitUsd: 10, usedUsd: 9, endsAt: midnight.toISOString(), reached: false });
});

test("without a limit there is nothing to say", () => {
  const { wall, log } = open(null);
  wall.note(dayOf(100));
  expect([wall.limitNano, wall.state, log]).toEqual([null, undefined, []]);
});

test("waits while others may leave something over, and says when it starts anew once they cannot", async () => {
  const { wall, clock } = open(10);
  let isWaiting = true;
  const waited = wall
    .turnedAway({ day: dayOf(5, 5), mayFit: true }, { usd: 1, waitedMs: 0 }, never)
    .then(() => (isWaiting = false));
  await clock.advance(0);
  expect(isWaiting).toBe(true);
  await clock.advance(1_000);
  await waited;
  const refused = wall.turnedAway({ day: dayOf(9.5), mayFit: false }, { usd: 1, waitedMs: 1_000 }, never);
  await expect(refused).rejects.toMatchObject({
    code: "budget-reached",
    message:
      "The daily budget of $10.00 is reached: $9.5000 is spent today, and the next request may cost up to $1.0000. " +
      "It starts anew on 2026-11-22 at midnight.",
  });
  expect(wall.state?.reached).toBe(true);
});

test("does not wait for ever for what is reserved and never settled", async () => {
  const { wall } = open(10);
  const held = { day: dayOf(5, 5), mayFit: true };
  await expect(wall.turnedAway(held, { usd: 1, waitedMs: 3_600_000 }, never)).rejects.toThrow(/\$5.0000 reserved/);
});

test("a cancelled run does not wait", async () => {
  const { wall } = open(10);
  const held = { day: dayOf(5, 5), mayFit: true };
  const reason = new Error("cancelled");
  await expect(wall.turnedAway(held, { usd: 1, waitedMs: 0 }, AbortSignal.abort(reason))).rejects.toBe(reason);
});
