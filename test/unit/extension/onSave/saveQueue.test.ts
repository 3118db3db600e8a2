import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSaveQueue } from "../../../../src/extension/onSave/saveQueue.ts";
import { fakeTimer } from "../../../support/fakeTimer.ts";

const DELAY_MS = 500;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const timer = fakeTimer();
  const checks: { readonly paths: readonly string[]; readonly signal: AbortSignal; end(): void }[] = [];
  let isBusy = false;
  let atOnce = 0;
  let most = 0;
  const queue = createSaveQueue({
    delayMs: () => DELAY_MS,
    schedule: timer.schedule,
    isBusy: () => isBusy,
    check(paths, signal) {
      most = Math.max(most, ++atOnce);
      return new Promise<void>((resolve) => {
        const end = () => resolve();
        checks.push({ paths, signal, end });
        signal.addEventListener("abort", end, { once: true });
      }).finally(() => atOnce--);
    },
  });
  return {
    timer,
    queue,
    checks,
    most: () => most,
    setBusy(next: boolean) {
      isBusy = next;
      if (!next) queue.resume();
    },
  };
}

describe("the queue of saves", () => {
  test("waits for a pause, and checks what was saved meanwhile at once", () => {
    const { queue, timer, checks } = setUp();
    queue.saved("a.ts");
    timer.advance(DELAY_MS - 1);
    queue.saved("b.ts");
    queue.saved("a.ts");
    timer.advance(DELAY_MS - 1);
    expect(checks).toEqual([]);
    timer.advance(1);
    expect(checks.map(({ paths }) => paths)).toEqual([["a.ts", "b.ts"]]);
    timer.advance(60_000);
    expect(checks).toHaveLength(1);
  });

  test("a save of another file waits for the check under way", async () => {
    const { queue, timer, checks } = setUp();
    queue.saved("a.ts");
    timer.advance(DELAY_MS);
    queue.saved("b.ts");
    timer.advance(DELAY_MS);
    expect(checks).toHaveLength(1);
    expect(checks[0]!.signal.aborted).toBe(false);
    checks[0]!.end();
    await settle();
    timer.advance(DELAY_MS);
    expect(checks.map(({ paths }) => paths)).toEqual([["a.ts"], ["b.ts"]]);
  });

  test("a newer save of the same file gives up its check, and what was checked with it is checked again", async () => {
    const { queue, timer, checks } = setUp();
    queue.saved("a.ts");
    queue.saved("b.ts");
    timer.advance(DELAY_MS);
    queue.saved("a.ts");
    expect(checks[0]!.signal.aborted).toBe(true);
    await settle();
    timer.advance(DELAY_MS);
    expect(checks.map(({ paths }) => paths.toSorted())).toEqual([
      ["a.ts", "b.ts"],
      ["a.ts", "b.ts"],
    ]);
  });

  test("while a run is under way saves wait; they are merged, and checked when it is over", () => {
    const { queue, timer, checks, setBusy } = setUp();
    setBusy(true);
    queue.saved("a.ts");
    timer.advance(DELAY_MS);
    queue.saved("b.ts");
    timer.advance(60_000);
    expect(checks).toEqual([]);
    setBusy(false);
    timer.advance(DELAY_MS);
    expect(checks.map(({ paths }) => paths)).toEqual([["a.ts", "b.ts"]]);
  });

  test("a run that somebody asks for goes first, and the files of the check that gave way are checked after it", async () => {
    const { queue, timer, checks, setBusy } = setUp();
    queue.saved("a.ts");
    timer.advance(DELAY_MS);
    await queue.giveWay();
    expect(checks[0]!.signal.aborted).toBe(true);
    setBusy(true);
    timer.advance(60_000);
    expect(checks).toHaveLength(1);
    setBusy(false);
    timer.advance(DELAY_MS);
    expect(checks.map(({ paths }) => paths)).toEqual([["a.ts"], ["a.ts"]]);
  });

  test("nothing is left when it is disposed", async () => {
    const { queue, timer, checks } = setUp();
    queue.saved("a.ts");
    timer.advance(DELAY_MS);
    queue.saved("b.ts");
    queue.dispose();
    await settle();
    queue.saved("c.ts");
    timer.advance(60_000);
    expect(checks).toHaveLength(1);
    expect(checks[0]!.signal.aborted).toBe(true);
    expect(timer.pending()).toBe(0);
  });

  type Step =
    | { readonly save: string }
    | { readonly busy: boolean }
    | { readonly pass: number }
    | { readonly end: true };
  const steps = fc.array(
    fc.oneof(
      fc.record({ save: fc.constantFrom("a", "b", "c") }),
      fc.record({ busy: fc.boolean() }),
      fc.record({ pass: fc.integer({ min: 0, max: 2 * DELAY_MS }) }),
      fc.record({ end: fc.constant(true as const) }),
    ),
    { maxLength: 40 },
  );

  test("whatever happens, one check at a time, and the last save of every file is checked to its end", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule: readonly Step[]) => {
        const { queue, timer, checks, setBusy, most } = setUp();
        const unchecked = new Set<string>();
        const finish = async () => {
          const last = checks.at(-1);
          if (!last || last.signal.aborted) return;
          for (const path of last.paths) unchecked.delete(path);
          last.end();
          await settle();
        };
        for (const step of schedule) {
          if ("save" in step) {
            queue.saved(step.save);
            unchecked.add(step.save);
          } else if ("busy" in step) setBusy(step.busy);
          else if ("pass" in step) timer.advance(step.pass);
          else await finish();
          await settle();
        }
        setBusy(false);
        for (let round = 0; round < 3; round++) {
          await finish();
          timer.advance(DELAY_MS);
          await settle();
        }
        await finish();
        expect([...unchecked]).toEqual([]);
        expect(most()).toBeLessThanOrEqual(1);
        queue.dispose();
      }),
      { numRuns: 60 },
    );
  });
});
