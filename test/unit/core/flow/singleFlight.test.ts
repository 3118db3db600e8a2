import { expect, test } from "vitest";
import { createSingleFlight } from "../../../../src/core/flow/singleFlight.ts";

const fail = () => {
  throw new Error("no");
};

test("makes the answer once for all who ask meanwhile, and anew after that", async () => {
  const flight = createSingleFlight<number>();
  let made = 0;
  const gate = Promise.withResolvers<void>();
  const make = async () => {
    await gate.promise;
    return ++made;
  };
  const first = flight.run("a", make);
  const second = flight.run("a", make);
  const other = flight.run("b", async () => 10);
  expect([first.joined, second.joined, other.joined]).toEqual([false, true, false]);
  expect(flight.size).toBe(2);
  gate.resolve();
  expect(await Promise.all([first.value, second.value, other.value])).toEqual([1, 1, 10]);
  expect(flight.size).toBe(0);
  expect(await flight.run("a", make).value).toBe(2);
});

test("a failure goes to all who wait and is not kept", async () => {
  const flight = createSingleFlight<string>();
  const all = [flight.run("a", fail), flight.run("a", fail)];
  for (const { value } of all) await expect(value).rejects.toThrow("no");
  expect(await flight.run("a", async () => "yes").value).toBe("yes");
});
