import { getEventListeners } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { followSignals } from "../../../../src/core/flow/followSignals.ts";

test("is aborted with the first one, and not after it has been stopped", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(3)),
      fc.option(fc.nat(6)),
      (sources, order, stopAt) => {
        const controllers = sources.map((isAborted, at) => {
          const controller = new AbortController();
          if (isAborted) controller.abort(at);
          return controller;
        });
        const first = sources.indexOf(true);
        const followed = followSignals(...controllers.map(({ signal }) => signal));
        let expected: number | undefined = first === -1 ? undefined : first;
        for (const [step, at] of order.entries()) {
          if (step === stopAt) followed.stop();
          const isHeard = stopAt === null || step < stopAt;
          if (isHeard && at < controllers.length) expected ??= at;
          controllers[at]?.abort(at);
        }
        expect(followed.signal.aborted).toBe(expected !== undefined);
        expect(followed.signal.reason).toBe(expected);
      },
    ),
  );
});

test("leaves nobody listening, and does without those that are not there", () => {
  const one = new AbortController();
  const other = new AbortController();
  const followed = followSignals(one.signal, null, undefined, other.signal);
  expect(getEventListeners(one.signal, "abort")).toHaveLength(1);
  followed.stop();
  followed.stop();
  for (const { signal } of [one, other]) expect(getEventListeners(signal, "abort")).toEqual([]);
});
