import { expect, test } from "vitest";
import { onAbort } from "../../../../src/core/flow/onAbort.ts";

test("calls each listener once, in order, and none that has left", () => {
  const controller = new AbortController();
  const heard: string[] = [];
  const listen = (name: string) => onAbort(controller.signal, () => heard.push(name));
  listen("a");
  const leave = listen("b");
  listen("c");
  leave();
  controller.abort();
  controller.abort();
  expect(heard).toEqual(["a", "c"]);
  listen("late");
  expect(heard).toEqual(["a", "c", "late"]);
});

test("the same function may listen twice, and one that leaves while others are called is still told", () => {
  const controller = new AbortController();
  let calls = 0;
  const listen = () => void calls++;
  onAbort(controller.signal, listen);
  onAbort(controller.signal, listen);
  controller.abort();
  expect(calls).toBe(2);
});

test("without a signal there is nothing to hear", () => {
  expect(() => onAbort(undefined, () => undefined)()).not.toThrow();
});

test("ten thousand waiters are no burden", () => {
  const controller = new AbortController();
  let calls = 0;
  const leave = Array.from({ length: 10_000 }, () => onAbort(controller.signal, () => calls++));
  for (const one of leave.slice(0, 5_000)) one();
  controller.abort();
  expect(calls).toBe(5_000);
});
