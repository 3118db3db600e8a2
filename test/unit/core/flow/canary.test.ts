import { expect, test } from "vitest";
import { createCanary } from "../../../../src/core/flow/canary.ts";
import { ModelError } from "../../../../src/core/model/modelError.ts";

const terminal = new ModelError({ code: "invalid-key", kind: "terminal", message: "no" });
const transient = new ModelError({ code: "server-error", kind: "transient", message: "later" });

/** Who has come through, in order. */
function follow(canary: ReturnType<typeof createCanary>) {
  const order: string[] = [];
  const enter = (name: string, signal?: AbortSignal) =>
    canary.enter(signal).then(
      (role) => void order.push(`${name}:${role}`),
      (error: Error) => void order.push(`${name}:${error.message}`),
    );
  return { order, enter };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("one leads; the others go once it is accepted", async () => {
  const canary = createCanary();
  const { order, enter } = follow(canary);
  void enter("a");
  void enter("b");
  void enter("c");
  await settle();
  expect(order).toEqual(["a:lead"]);
  canary.accepted();
  await settle();
  expect(order).toEqual(["a:lead", "b:go", "c:go"]);
  await enter("d");
  expect(order.at(-1)).toBe("d:go");
});

test("a terminal error turns all away, now and later", async () => {
  const canary = createCanary();
  const { order, enter } = follow(canary);
  void enter("a");
  void enter("b");
  await settle();
  canary.failed(terminal);
  await settle();
  await enter("c");
  expect(order).toEqual(["a:lead", "b:no", "c:no"]);
  await expect(canary.enter()).rejects.toBe(terminal);
  canary.accepted();
  await expect(canary.enter()).rejects.toBe(terminal);
});

test.each([
  ["a transient error", transient],
  ["any other error", new Error("x")],
  ["nothing to send", undefined],
])("after %s the next one leads, and only that one", async (_, error) => {
  const canary = createCanary();
  const { order, enter } = follow(canary);
  void enter("a");
  void enter("b");
  void enter("c");
  await settle();
  canary.failed(error);
  await settle();
  expect(order).toEqual(["a:lead", "b:lead"]);
  canary.failed(error);
  canary.failed(error);
  await settle();
  await enter("d");
  expect(order).toEqual(["a:lead", "b:lead", "c:lead", "d:lead"]);
});

test("a failure after acceptance closes nothing", async () => {
  const canary = createCanary();
  const { order, enter } = follow(canary);
  await enter("a");
  canary.accepted();
  canary.failed(transient);
  await enter("b");
  expect(order).toEqual(["a:lead", "b:go"]);
});

test("who is aborted while waiting leaves the queue", async () => {
  const canary = createCanary();
  const { order, enter } = follow(canary);
  const controller = new AbortController();
  void enter("a");
  void enter("b", controller.signal);
  void enter("c");
  await settle();
  controller.abort(new Error("enough"));
  canary.failed(transient);
  await settle();
  expect(order).toEqual(["a:lead", "b:enough", "c:lead"]);
  await expect(canary.enter(controller.signal)).rejects.toThrow("enough");
});
