import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeTogether } from "../../../src/extension/writeTogether.ts";

/** A settings file; writing `broken` is refused, before or after it took place. */
function settings(initial: Readonly<Record<string, unknown>>, broken?: { name: string; isWritten: boolean }) {
  const values = new Map(Object.entries(initial));
  const writes: string[] = [];
  const set = (name: string, value: unknown) =>
    void (value === undefined ? values.delete(name) : values.set(name, value));
  let isBroken = broken !== undefined;
  return {
    values: () => Object.fromEntries(values),
    writes,
    port: {
      read: (name: string) => values.get(name),
      async write(name: string, value: unknown) {
        writes.push(name);
        if (!isBroken || name !== broken?.name) return set(name, value);
        isBroken = false;
        if (broken.isWritten) set(name, value);
        throw new Error("read-only");
      },
    },
  };
}

const names = ["provider", "model", "baseUrl"];
const someValues = fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom("a", "b", null)])), {
  requiredKeys: [],
});

describe("settings that belong together", () => {
  it("are all written, and one that stays the same is not", async () => {
    const { port, values, writes } = settings({ provider: "openai", model: "a", baseUrl: "http://127.0.0.1/v1" });
    await writeTogether({ provider: "openai", model: "b", baseUrl: undefined }, port);
    expect(values()).toEqual({ provider: "openai", model: "b" });
    expect(writes).toEqual(["model", "baseUrl"]);
  });

  it("are as before when one of them is refused, and say why", async () => {
    await fc.assert(
      fc.asyncProperty(
        someValues,
        someValues,
        fc.constantFrom(...names),
        fc.boolean(),
        async (before, wanted, name, isWritten) => {
          const whole = Object.fromEntries(names.map((one) => [one, wanted[one]]));
          const { port, values, writes } = settings(before, { name, isWritten });
          const outcome = await writeTogether(whole, port).then(
            () => "written",
            (error: Error) => error.message,
          );
          // One that need not be written cannot be refused.
          const isRefused = writes.includes(name);
          expect(outcome).toBe(isRefused ? "read-only" : "written");
          const after = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
          expect(values()).toEqual(isRefused ? before : after);
        },
      ),
    );
  });

  it("go back as far as they can when not even that works", async () => {
    const values = new Map<string, unknown>([["provider", "offline"]]);
    const port = {
      read: (name: string) => values.get(name),
      async write(name: string, value: unknown) {
        if (name === "model") throw new Error(value === undefined ? "second" : "first");
        values.set(name, value);
      },
    };
    await expect(writeTogether({ provider: "openai", model: "m" }, port)).rejects.toThrow("first");
    expect(values.get("provider")).toBe("offline");
  });
});
