import fc from "fast-check";
import { expect, it } from "vitest";
import { createEndpointPool } from "../../../../src/core/model/endpointPool.ts";
import type { Model, ModelReply, RateLimits } from "../../../../src/core/model/model.ts";
import { ModelError, type ModelFailure } from "../../../../src/core/model/modelError.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

const NOBODY = new AbortController().signal;
const REQUEST = { parts: [], maxOutputTokens: 10 } as const;
const REPLY = {
  text: "{}",
  finish: "stop",
  usage: null,
  model: "m",
  serviceTier: null,
  providerRequestId: null,
} as const;
const NO_LIMITS: RateLimits = {
  remainingRequests: null,
  limitRequests: null,
  resetRequestsMs: null,
  remainingTokens: null,
  limitTokens: null,
  resetTokensMs: null,
};

type Answer = ModelReply | ModelFailure | Promise<ModelReply>;

/** An endpoint whose answers the test gives; what it was asked is counted. */
function endpoint(name: string, answer: () => Answer, limits: () => RateLimits = () => NO_LIMITS) {
  const calls = { begun: 0, open: 0 };
  const model: Model = {
    provider: "openai",
    name: "m",
    origin: `https://${name}.test`,
    contextTokens: name === "a" ? 1_000 : 500,
    async stream(_request, handlers) {
      calls.begun++;
      calls.open++;
      try {
        const given = await answer();
        if ("kind" in given) throw new ModelError(given);
        handlers.onAccepted?.(limits());
        return given;
      } finally {
        calls.open--;
      }
    },
    close: async () => {},
  };
  return { model, calls };
}

function setUp(...members: ReturnType<typeof endpoint>[]) {
  const clock = createFakeClock();
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const logger = { debug: say, info: say, warn: say, error: say };
  const [first, ...others] = members.map(({ model }) => model);
  const pool = createEndpointPool([first!, ...others], { clock, logger, random: () => 0 });
  return {
    clock,
    said,
    pool,
    ask: () => pool.stream(REQUEST, {}, NOBODY),
    begun: () => members.map(({ calls }) => calls.begun),
  };
}

const limited = (retryAfterMs: number | null): ModelFailure => {
  return { code: "rate-limited", kind: "rate-limited", message: "Too many requests.", retryAfterMs };
};
const down: ModelFailure = { code: "unreachable", kind: "transient", message: "Nobody answers." };
const refused: ModelFailure = { code: "invalid-key", kind: "terminal", message: "The key was refused." };

it("sends each request where the fewest are under way", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (steps) => {
      const replies: ((reply: ModelReply) => void)[] = [];
      const wait = () => new Promise<ModelReply>((resolve) => replies.push(resolve));
      const members = ["a", "b", "c"].map((name) => endpoint(name, wait));
      const { ask } = setUp(...members);
      const asked: Promise<ModelReply>[] = [];
      for (const begins of steps) {
        const before = members.map(({ calls }) => calls.open);
        if (begins) {
          asked.push(ask());
          const after = members.map(({ calls }) => calls.open);
          const chosen = after.findIndex((open, index) => open > before[index]!);
          expect(before[chosen]).toBe(Math.min(...before));
        } else {
          replies.shift()?.(REPLY);
          await Promise.resolve();
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      for (const reply of replies) reply(REPLY);
      await Promise.all(asked);
    }),
    { numRuns: 50 },
  );
});

it("passes over an endpoint that asks to wait, for as long as it asks", async () => {
  const answers: Answer[] = [limited(5_000), REPLY];
  const { ask, begun, clock } = setUp(
    endpoint("a", () => answers.shift() ?? REPLY),
    endpoint("b", () => REPLY),
  );
  await ask();
  expect(begun()).toEqual([1, 1]);
  await ask();
  await clock.advance(4_999);
  await ask();
  expect(begun()).toEqual([1, 3]);
  await clock.advance(1);
  await ask();
  expect(begun()).toEqual([2, 3]);
});

it("says how long to wait when all do", async () => {
  const { ask, begun, clock } = setUp(
    endpoint("a", () => limited(5_000)),
    endpoint("b", () => limited(3_000)),
  );
  await expect(ask()).rejects.toMatchObject({ kind: "rate-limited", retryAfterMs: 3_000 });
  await clock.advance(1_000);
  await expect(ask()).rejects.toMatchObject({ kind: "rate-limited", retryAfterMs: 2_000 });
  // Nobody was asked before the time.
  expect(begun()).toEqual([1, 1]);
});

it("keeps to itself that one endpoint has nothing left, until none has", async () => {
  const heard: RateLimits[] = [];
  const spent = (resetRequestsMs: number) => () => ({ ...NO_LIMITS, remainingRequests: 0, resetRequestsMs });
  const { pool, begun } = setUp(
    endpoint("a", () => REPLY, spent(9_000)),
    endpoint("b", () => REPLY, spent(4_000)),
  );
  for (let asked = 0; asked < 2; asked++) {
    await pool.stream(REQUEST, { onAccepted: (limits) => void heard.push(limits) }, NOBODY);
  }
  expect(begun()).toEqual([1, 1]);
  expect(heard).toEqual([NO_LIMITS, { ...NO_LIMITS, remainingRequests: 0, resetRequestsMs: 4_000 }]);
});

it("asks no more where no request can succeed, and ends when that is so everywhere", async () => {
  let isBroken = false;
  const { ask, begun, said } = setUp(
    endpoint("a", () => refused),
    endpoint("b", () => (isBroken ? { ...refused, code: "quota-exhausted" } : REPLY)),
  );
  await ask();
  await ask();
  expect(begun()).toEqual([1, 2]);
  expect(said).toEqual([expect.stringContaining("https://a.test is not asked any more")]);
  isBroken = true;
  await expect(ask()).rejects.toMatchObject({ kind: "terminal", code: "invalid-key" });
  expect(begun()).toEqual([1, 3]);
});

it("goes elsewhere when one does not answer, and leaves it alone longer each time", async () => {
  const { ask, begun, clock } = setUp(
    endpoint("a", () => down),
    endpoint("b", () => REPLY),
  );
  await ask();
  await clock.advance(500);
  await ask();
  await clock.advance(500);
  await ask();
  expect(begun()).toEqual([2, 3]);
  await clock.advance(500);
  await ask();
  expect(begun()).toEqual([3, 4]);
});

it("never sends a request again that may have been billed, or that is at fault itself", async () => {
  for (const failure of [
    { ...down, billed: "maybe" },
    { ...down, partialText: "{" },
    { code: "request-rejected", kind: "request", message: "Too long." },
  ] satisfies ModelFailure[]) {
    const { ask, begun } = setUp(
      endpoint("a", () => failure),
      endpoint("b", () => REPLY),
    );
    await expect(ask()).rejects.toMatchObject({ code: failure.code });
    expect(begun()).toEqual([1, 0]);
  }
});

it("takes what fits into all of them", () => {
  const { pool } = setUp(
    endpoint("a", () => REPLY),
    endpoint("b", () => REPLY),
  );
  expect(pool).toMatchObject({ contextTokens: 500, origin: "https://a.test", name: "m" });
});
