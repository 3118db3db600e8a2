import { expect, test } from "vitest";
import { sharedStart } from "../../../../src/core/tools/sharedStart.ts";

test("who asks before the next one starts shares it, and nobody gets one that had started before", async () => {
  const starts: PromiseWithResolvers<number>[] = [];
  const shared = sharedStart(() => {
    const one = Promise.withResolvers<number>();
    starts.push(one);
    return one.promise;
  });
  const first = [shared(), shared()];
  await Promise.resolve();
  await Promise.resolve();
  expect(starts).toHaveLength(1);
  const second = [shared(), shared()];
  starts[0]!.resolve(1);
  expect(await Promise.all(first)).toEqual([1, 1]);
  await new Promise((turn) => setImmediate(turn));
  expect(starts).toHaveLength(2);
  starts[1]!.reject(new Error("no"));
  expect((await Promise.allSettled(second)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const third = shared();
  await new Promise((turn) => setImmediate(turn));
  starts[2]!.resolve(3);
  expect(await third).toBe(3);
});
