// Behind a report that was told again every file is looked at: what may come in between.
import { describe, expect, it } from "vitest";
import { openEngine, openModelEngine, openSimulator } from "../../support/engineFixture.ts";
import { openWindow, TOLD_AGAIN } from "./heldWindow.ts";

/** A window that has told its report again, of which one file has changed unheard. */
async function toldWrongly(beforeLook: () => Promise<void> = async () => {}) {
  const window = openWindow(await openEngine());
  const { controller, starts, findings } = window;
  await controller.analyze();
  window.edit();
  window.beforeLook(beforeLook);
  await controller.analyze();
  expect(starts.at(-1)).toEqual(TOLD_AGAIN);
  const shown = () => findings.files().get("src/a.js")!.findings;
  expect(shown()).not.toEqual([]);
  return { ...window, shown };
}

describe("the look behind a report that was told again", () => {
  it("leads to a review also where another run is under way by then", async () => {
    const look = Promise.withResolvers<void>();
    const { controller, mirror, starts, settled, shown, rechecks } = await toldWrongly(() => look.promise);
    const other = controller.analyze({ only: ["src/b.js"] });
    mirror.onEvent(({ type }) => {
      if (type === "run-start") look.resolve();
    });
    await Promise.all([other, ...rechecks]);
    await settled();
    expect(starts).toHaveLength(4);
    expect(shown()).toEqual([]);
  });

  it("leads to none once it is cancelled; the next run looks by itself", async () => {
    const look = Promise.withResolvers<void>();
    const { controller, beforeLook, starts, settled, shown } = await toldWrongly(() => look.promise);
    await controller.cancel();
    look.resolve();
    await settled();
    expect(starts).toHaveLength(2);
    beforeLook(async () => {});
    await controller.analyze();
    expect(starts.at(-1)).toContain("phase");
    expect(shown()).toEqual([]);
  });

  it("is not begun for a run that was cancelled while it told the report", async () => {
    const window = openWindow(await openEngine());
    const { controller, mirror, starts, rechecks, settled } = window;
    await controller.analyze();
    window.edit();
    mirror.onEvent(({ type }) => {
      if (type === "unchanged") void controller.cancel();
    });
    await controller.analyze();
    await settled();
    expect(rechecks).toEqual([]);
    expect(starts).toHaveLength(2);
  });

  it("that fails is made up for by the next run", async () => {
    const { controller, starts, settled, shown } = await toldWrongly(() => Promise.reject(new Error("git is gone")));
    await settled();
    expect(starts).toHaveLength(2);
    await controller.analyze();
    expect(starts.at(-1)).toContain("phase");
    expect(shown()).toEqual([]);
  });

  it("is given up when the window closes", async () => {
    const look = Promise.withResolvers<void>();
    const { controller, starts, rechecks, settled } = await toldWrongly(() => look.promise);
    await controller.shutdown();
    look.resolve();
    await settled();
    await expect(rechecks[0]).rejects.toMatchObject({ code: "cancelled" });
    expect(starts).toHaveLength(2);
  });

  it("sends nothing again that somebody has cleared meanwhile", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const { controller, starts, beforeLook, settled } = openWindow(engine, "openai");
    await controller.analyze();
    await controller.analyze();
    const sent = simulator.requests.length;
    beforeLook(async () => void (await engine.cache.clear()));
    await controller.analyze();
    expect(starts[2]).toEqual(TOLD_AGAIN);
    await settled();
    expect(simulator.requests).toHaveLength(sent);
    expect(starts).toHaveLength(3);
  });
});
