// A run that would find nothing changed, in a window that was told of no change: real engine, real store, real folder.
import { describe, expect, it } from "vitest";
import { openEngine, openModelEngine, openSimulator } from "../../support/engineFixture.ts";
import { openWindow, TOLD_AGAIN } from "./heldWindow.ts";

describe("the next run of a window that has heard of no change", () => {
  it("is over without a look at the files, shows the same, and looks at them behind it", async () => {
    const { controller, starts, findings, mirror, rechecks } = openWindow(await openEngine());
    await controller.analyze();
    const shown = [...findings.files().values()].flatMap((file) => file.findings);
    const told: string[][] = [];
    await controller.analyze();
    findings.onDidChange((paths) => told.push([...paths]));
    await controller.analyze();
    expect(starts.slice(1)).toEqual([TOLD_AGAIN, TOLD_AGAIN]);
    expect([...findings.files().values()].flatMap((file) => file.findings)).toEqual(shown);
    expect(shown.length).toBeGreaterThan(0);
    // Who shows findings has nothing to do.
    expect(told).toEqual([]);
    expect(mirror.current()).toMatchObject({ state: "complete", coverage: { cached: 3 }, spentUsd: 0 });
    expect(mirror.current()!.findings).toEqual({ error: 0, warning: 1, info: 0 });
    // The first look gives way to the second.
    const [, look] = await Promise.allSettled(rechecks);
    expect(look).toEqual({ status: "fulfilled", value: true });
    expect(starts).toHaveLength(3);
  });

  it("is a run like any other to whoever watches memory", async () => {
    const { controller, watch } = openWindow(await openEngine());
    await controller.analyze();
    await controller.analyze();
    await controller.analyze();
    expect(watch.memory().snapshots.map(({ label }) => label)).toEqual(["run", "run", "run"]);
  });

  it("looks at the files as soon as it has heard of one", async () => {
    const { controller, starts, hearOfChange, edit, rechecks, findings } = openWindow(await openEngine());
    await controller.analyze();
    edit();
    hearOfChange();
    await controller.analyze();
    expect(starts[1]).toContain("file-end");
    expect(rechecks).toEqual([]);
    expect(findings.files().get("src/a.js")!.findings).toEqual([]);
  });

  it("reviews what nobody had told of", async () => {
    const { controller, starts, edit, mirror, findings } = openWindow(await openEngine());
    await controller.analyze();
    edit();
    const { promise, resolve } = Promise.withResolvers<void>();
    mirror.onDidChange(() => {
      if (starts.length === 3 && !mirror.isActive()) resolve();
    });
    await controller.analyze();
    expect(starts).toHaveLength(2);
    expect(findings.files().get("src/a.js")!.findings).not.toEqual([]);
    await promise;
    expect(starts[2]).toContain("file-end");
    expect(findings.files().get("src/a.js")!.findings).toEqual([]);
  });

  it("looks at the files after a change that came while the last run was under way", async () => {
    const { controller, starts, hearOfChange, mirror } = openWindow(await openEngine());
    const once = mirror.onEvent(({ type }) => {
      if (type === "plan") hearOfChange();
    });
    await controller.analyze();
    once.dispose();
    await controller.analyze();
    expect(starts[1]).toContain("phase");
  });

  it("looks at the files after a run about some of them, and after one that was cancelled", async () => {
    const { controller, starts, mirror } = openWindow(await openEngine());
    await controller.analyze();
    await controller.analyze({ only: ["src/a.js"] });
    await controller.analyze();
    expect(starts[2]).toContain("phase");
    const stop = mirror.onEvent(({ type }) => {
      if (type === "run-start") void controller.cancel();
    });
    await controller.analyze({ under: ["src"] });
    stop.dispose();
    await controller.analyze();
    expect(starts.at(-1)).toContain("phase");
  });

  it("keeps nothing of a report that the window has forgotten", async () => {
    const { controller, starts, mirror } = openWindow(await openEngine());
    await controller.analyze();
    mirror.forget();
    await controller.analyze();
    expect(starts[1]).toContain("phase");
  });

  it("with a model asks nobody and sends nothing", async () => {
    const simulator = await openSimulator();
    const window = openWindow(await openModelEngine(simulator), "openai");
    await window.controller.analyze();
    const sent = simulator.requests.length;
    expect(sent).toBeGreaterThan(0);
    expect(window.asked()).toBe(1);
    // What was reviewed just now stands only after a run that finds all of it stored.
    await window.controller.analyze();
    await window.controller.analyze();
    expect(window.starts[2]).toEqual(TOLD_AGAIN);
    expect(simulator.requests).toHaveLength(sent);
    expect(window.asked()).toBe(1);
    expect(await window.rechecks[0]).toBe(true);
  });
});
