// How much of memory stored answers take, as the host's thread reads it.
import { expect, test } from "vitest";
import { openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

test("answers that are held in memory are counted, and let go of when asked", async () => {
  const folder = temporaryFolder({ "a.ts": "export const a = (b: number) => send(b);\n", "b.ts": "send(2);\n" });
  const simulator = await openSimulator({ keepBodies: false });
  const engine = await openModelEngine(simulator);
  expect(engine.cache.inMemory()).toEqual({ bytes: 0, count: 0 });
  await engine.cache.forgetInMemory();
  await engine.run(requestFor(folder));
  // What has just been paid for is read back when it is first asked for.
  expect(engine.cache.inMemory().count).toBe(0);
  expect(await engine.estimate(requestFor(folder))).toMatchObject({ hits: 2 });
  const held = engine.cache.inMemory();
  expect(held.count).toBe(2);
  expect(held.bytes).toBeGreaterThan(400);
  await engine.cache.forgetInMemory();
  expect(engine.cache.inMemory()).toEqual({ bytes: 0, count: 0 });
  expect(await engine.estimate(requestFor(folder))).toMatchObject({ hits: 2, misses: 0 });
});
