import { describe, expect, it } from "vitest";
import { createDisposableSlot, createDisposableStore } from "../../../src/shared/disposables.ts";

function recorder() {
  const ended: string[] = [];
  return { ended, item: (name: string) => ({ dispose: () => void ended.push(name) }) };
}

describe("disposable store", () => {
  it("disposes newest first, each once", () => {
    const { ended, item } = recorder();
    const store = createDisposableStore();
    store.add(item("first"));
    store.add(item("second"));
    store.dispose();
    store.dispose();
    expect(ended).toEqual(["second", "first"]);
  });

  it("disposes at once what is registered after the end", () => {
    const { ended, item } = recorder();
    const store = createDisposableStore();
    store.dispose();
    store.add(item("late"));
    expect(store.isDisposed).toBe(true);
    expect(ended).toEqual(["late"]);
  });

  it("ends the others when one fails, and then says so", () => {
    const { ended, item } = recorder();
    const store = createDisposableStore();
    store.add(item("first"));
    store.add({
      dispose() {
        throw new Error("stuck");
      },
    });
    store.add(item("third"));
    expect(() => store.dispose()).toThrow("stuck");
    expect(ended).toEqual(["third", "first"]);
  });
});

describe("disposable slot", () => {
  it("disposes the old child when a new one comes, but never the same one", () => {
    const { ended, item } = recorder();
    const slot = createDisposableSlot();
    const one = item("one");
    slot.replace(one);
    slot.replace(one);
    expect(ended).toEqual([]);
    slot.replace(item("two"));
    expect(ended).toEqual(["one"]);
    slot.clear();
    expect(slot.current).toBeUndefined();
    expect(ended).toEqual(["one", "two"]);
  });

  it("disposes a child that comes after the end", () => {
    const { ended, item } = recorder();
    const slot = createDisposableSlot();
    slot.dispose();
    slot.replace(item("late"));
    expect(slot.current).toBeUndefined();
    expect(ended).toEqual(["late"]);
  });
});
