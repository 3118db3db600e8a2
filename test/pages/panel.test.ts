// The built performance panel in a real browser, under the extension's own content policy, fed by its message pump.
import { describe, expect, test } from "vitest";
import { shopRun } from "../support/scriptedRun.ts";
import { scriptedSource } from "../support/scriptedSource.ts";
import type { HarnessPage } from "../support/webviewHarness.ts";
import { webviewsInBrowser } from "../support/webviewsInBrowser.ts";
import { webviewScenes } from "../support/webviewScenes.ts";

const show = webviewsInBrowser();

describe("performance panel", () => {
  test("shows figures that agree with the run, and its buttons say which command they mean", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "panel" });
    const text = await view.page.locator("main").textContent();
    for (const figure of ["371 cached", "38 reviewed", "3 skipped", "$0.12", "$0.75", "91\u202f%"])
      expect(text).toContain(figure);
    await view.page.getByRole("button", { name: "Open Report" }).click();
    await view.page.getByRole("button", { name: "Analyze Again" }).click();
    expect(view.said.filter((message) => message.type === "command")).toEqual([
      { type: "command", command: "showReport" },
      { type: "command", command: "analyzeWorkspace" },
    ]);
    await view.close();
  });

  test("follows a run from start to end and says so to a screen reader", async () => {
    const { events } = shopRun({ end: { stoppedBy: null } });
    const source = scriptedSource();
    const view = await show(source, { kind: "panel" });
    const status = view.page.getByRole("status");
    source.push(events[0]!);
    await expect.poll(() => status.textContent()).toBe("Review started.");
    const half = events.findIndex((event) => event.type === "file-end" && event.path === "src/db/refund20.ts");
    for (const event of events.slice(1, half)) source.push(event);
    await expect.poll(() => status.textContent()).toBe("50 percent reviewed.");
    expect(await view.page.getByRole("progressbar").getAttribute("aria-valuemax")).toBe("38");
    await view.page.getByRole("button", { name: "Cancel" }).click();
    for (const event of events.slice(half)) source.push(event);
    await expect.poll(() => status.textContent()).toMatch(/^Complete: /);
    expect(view.said.at(-1)).toEqual({ type: "command", command: "cancel" });
    await view.close();
  });

  test("everything can be reached and worked by keyboard", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "panel" });
    const focused = () =>
      view.page.evaluate(
        "document.activeElement?.querySelector('h2')?.textContent ?? document.activeElement?.textContent",
      );
    for (let presses = 0; presses < 120; presses++) {
      await view.page.keyboard.press("Tab");
      if ((await focused()) === "Time") break;
    }
    await view.page.keyboard.press("Enter");
    const slowest = view.page.getByRole("tab", { name: "Slowest Files" });
    await slowest.waitFor();
    for (let presses = 0; presses < 5; presses++) {
      await view.page.keyboard.press("Tab");
      if ((await focused()) === "Slowest Files") break;
    }
    await view.page.keyboard.press("ArrowRight");
    const dearest = view.page.getByRole("tab", { name: "Dearest Files" });
    await expect.poll(() => dearest.getAttribute("aria-selected")).toBe("true");
    const why = view.page.getByRole("button", { name: /: why\? / }).first();
    await why.waitFor();
    await why.focus();
    await view.page.keyboard.press("Enter");
    await view.page.getByRole("region", { name: /^Why .* cost this$/ }).waitFor();
    await view.close();
  });

  test("draws requests in flight, and nothing where there were none", async () => {
    const source = scriptedSource();
    const view = await show(source, { kind: "panel" });
    for (const event of shopRun({ ended: 17 }).events) source.push(event);
    await view.page.locator("summary", { hasText: "Health" }).click();
    await view.page.locator(".plot canvas").waitFor();
    expect(view.problems).toEqual([]);
    await view.close();

    const offline = await show(webviewScenes["offline"]!(), { kind: "panel" });
    await offline.page.locator("summary", { hasText: "Health" }).click();
    expect(await offline.page.locator(".plot").count()).toBe(0);
    await offline.close();
  });

  test("stands still for those who asked for it, the system or the editor, and moves for others", async () => {
    const moving = async ({ page }: HarnessPage) => page.evaluate<number>("document.getAnimations().length");
    for (const kind of ["panel", "report"] as const) {
      const still = await show(webviewScenes["running"]!(), { kind, reducedMotion: true });
      expect([kind, await moving(still)]).toEqual([kind, 0]);
      await still.close();
      const view = await show(webviewScenes["running"]!(), { kind });
      expect([kind, (await moving(view)) > 0]).toEqual([kind, true]);
      // The editor's own setting, workbench.reduceMotion, comes as a class.
      await view.page.evaluate("document.body.classList.add('vscode-reduce-motion')");
      expect([kind, await moving(view)]).toEqual([kind, 0]);
      await view.close();
    }
  });

  test("says what was looked up and what waits for the night, and leaves both out where there is nothing", async () => {
    const source = webviewScenes["complete"]!();
    const view = await show(source, { kind: "panel" });
    const night = view.page.getByRole("region", { name: "Overnight" });
    expect(await night.innerText()).toContain("12 overnight reviews are outstanding, for at most $0.09.");
    await night.getByRole("button", { name: "Collect Now" }).click();
    expect(view.said).toContainEqual({ type: "command", command: "collectOvernight" });
    await view.page.locator("summary", { hasText: "Tools" }).click();
    const rows = await view.page.locator("table.tools tbody tr").allInnerTexts();
    const report = source.lastReport()!;
    expect(rows).toHaveLength(report.tools!.length);
    for (const [at, { calls, hits }] of report.tools!.entries())
      expect(rows[at]).toMatch(new RegExp(`${calls}\\s+${hits}\\s`));
    expect(await view.page.locator("main").innerText()).toMatch(
      /of it for complex or security-sensitive files \(3\), by gpt-5\./,
    );
    source.change({ overnight: null });
    await night.waitFor({ state: "detached" });
    await view.close();

    const first = await show(webviewScenes["first"]!(), { kind: "panel" });
    expect(await first.page.locator("main").innerText()).not.toMatch(/Tools|Overnight/i);
    await first.close();
  });

  test("messages that are none change nothing", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "panel" });
    // Drawn a moment later than the rest.
    await view.page.locator("canvas").waitFor();
    const before = await view.page.locator("main").innerHTML();
    for (const forged of [
      null,
      "view",
      { type: "view" },
      { type: "view", view: { state: "running" } },
      { type: "html", html: "<b>" },
    ]) {
      await view.page.evaluate(
        (message) => (globalThis as unknown as { postMessage(m: unknown, o: string): void }).postMessage(message, "*"),
        forged,
      );
    }
    await view.page.waitForFunction("true");
    expect(await view.page.locator("main").innerHTML()).toBe(before);
    expect(view.problems).toEqual([]);
    await view.close();
  });
});
