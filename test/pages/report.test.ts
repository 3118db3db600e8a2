// The built report in a real browser, under the extension's own content policy, fed by its message pump.
import { describe, expect, test } from "vitest";
import { accessibilityProblems as rootProblems } from "../support/accessibility.ts";
import { scriptedFinding, scriptedRun, shopRun } from "../support/scriptedRun.ts";
import { scriptedSource } from "../support/scriptedSource.ts";
import type { HarnessPage } from "../support/webviewHarness.ts";
import { webviewsInBrowser } from "../support/webviewsInBrowser.ts";
import { webviewScenes } from "../support/webviewScenes.ts";

const show = webviewsInBrowser();

const accessibilityProblems = ({ page }: HarnessPage) => rootProblems(page.locator("html"));

/** Gathers tasks of the page that took longer than 50 ms; proves first that it would see one. */
async function watchLongTasks({ page }: HarnessPage): Promise<void> {
  await page.evaluate(() => {
    const page = globalThis as unknown as { longTasks: number[] };
    page.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) page.longTasks.push(Math.round(entry.duration));
    }).observe({ entryTypes: ["longtask" as "measure"] });
    setTimeout(() => {
      const endMs = performance.now() + 120;
      while (performance.now() < endMs);
    });
  });
  await page.waitForFunction("longTasks.some((ms) => ms >= 100)");
  await page.evaluate("longTasks.length = 0");
}

describe("report", () => {
  test("shows findings as they arrive, and their places open", async () => {
    const { events } = shopRun({ end: { stoppedBy: null } });
    const source = scriptedSource();
    const view = await show(source, { kind: "report", width: 900 });
    const first = events.findIndex((event) => event.type === "finding");
    for (const event of events.slice(0, first + 1)) source.push(event);
    await view.page.getByRole("article").first().waitFor();
    expect(await view.page.locator(".outcome").innerText()).toBe("1 finding in 1 file so far");
    await view.page.getByRole("button", { name: "refund.ts:40" }).click();
    expect(view.said.at(-1)).toEqual({ type: "open", path: "src/payments/refund.ts", line: 40, column: 3 });
    for (const event of events.slice(first + 1)) source.push(event);
    await expect.poll(() => view.page.locator(".outcome").innerText()).toBe("28 findings in 26 files");
    expect(await view.page.locator(".coverage").innerText()).toContain("generated: its first line says so");
    await view.close();
  });

  test("filters by severity and text, and folds", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "report", width: 900 });
    const outcome = view.page.locator(".outcome");
    await view.page.getByRole("button", { name: "Infos, 13" }).click();
    await expect.poll(() => outcome.innerText()).toMatch(/^15 of 28 findings/);
    await view.page.getByRole("searchbox").fill("REFUND is not");
    await expect.poll(() => outcome.innerText()).toMatch(/^3 of 28 findings/);
    await view.page.getByRole("button", { name: "Titles only" }).click();
    await expect.poll(() => view.page.locator("article .body").count()).toBe(0);
    await view.page.locator("article .fold").first().click();
    expect(await view.page.locator("article .body").count()).toBe(1);
    await view.close();
  });

  test("an empty list says which filter hides how many, and gives them back one by one or all at once", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "report", width: 900 });
    const outcome = view.page.locator(".outcome");
    await view.page.getByRole("button", { name: "Filter", exact: true }).click();
    await view.page.getByRole("checkbox", { name: /^Model/ }).uncheck();
    await view.page.getByRole("button", { name: "Filter (1)" }).waitFor();
    await view.page.getByRole("searchbox").fill("nothing has this in it");
    await expect.poll(() => outcome.innerText()).toBe("None of the 28 findings match.");
    const reasons = view.page.locator(".nothing li");
    expect(await reasons.allInnerTexts()).toEqual([
      expect.stringContaining("The search hides 28 findings."),
      expect.stringMatching(/The filter "Found by" hides \d+ findings\./),
    ]);
    expect(await accessibilityProblems(view)).toEqual([]);
    await reasons.first().getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => reasons.count()).toBeLessThan(2);
    await view.page.getByRole("searchbox").fill("nothing has this in it");
    await view.page.getByRole("button", { name: "Clear All Filters" }).click();
    await expect.poll(() => outcome.innerText()).toBe("28 findings in 26 files");
    await view.close();
  });

  test("filters are as they were when the page is loaded again", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "report", width: 900 });
    await view.page.getByRole("button", { name: "Infos, 13" }).click();
    await view.page.getByRole("searchbox").fill("refund is not");
    await expect.poll(() => view.page.locator(".outcome").innerText()).toMatch(/^3 of 28 findings/);
    await view.page.reload();
    await expect.poll(() => view.page.locator(".outcome").innerText()).toMatch(/^3 of 28 findings/);
    expect(await view.page.getByRole("searchbox").inputValue()).toBe("refund is not");
    expect(await view.page.getByRole("button", { name: "Infos, 13" }).getAttribute("aria-pressed")).toBe("false");
    await view.close();
  });

  test("keys walk, open, fold and copy; in the search field they are letters, and switched off they are none", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "report", width: 900 });
    const { keyboard } = view.page;
    const position = () =>
      view.page.evaluate<string | null>("document.activeElement?.getAttribute('aria-posinset') ?? null");
    await keyboard.press("/");
    await keyboard.type("jkc?/");
    expect(await view.page.getByRole("searchbox").inputValue()).toBe("jkc?/");
    await keyboard.press("Escape");
    expect(await view.page.getByRole("searchbox").inputValue()).toBe("");
    await keyboard.press("j");
    await expect.poll(position).toBe("1");
    await keyboard.press("ArrowDown");
    await expect.poll(position).toBe("2");
    await keyboard.press("k");
    await expect.poll(position).toBe("1");
    await keyboard.press("ArrowLeft");
    await view.page.locator('article:focus [aria-expanded="false"]').waitFor();
    await keyboard.press("ArrowRight");
    await view.page.locator('article:focus [aria-expanded="true"]').waitFor();
    await keyboard.press("c");
    await view.page.getByRole("status").getByText("Finding copied.").waitFor();
    await keyboard.press("Enter");
    await expect.poll(() => view.said.map((message) => message.type).slice(-2)).toEqual(["copy", "open"]);
    await keyboard.press("?");
    await view.page.getByRole("region", { name: "Keys" }).waitFor();
    expect(await accessibilityProblems(view)).toEqual([]);
    await view.page.getByRole("checkbox", { name: "Letters and signs are keys" }).uncheck();
    await view.page.locator("h1").click();
    await keyboard.press("j");
    expect(await view.page.locator("article:focus").count()).toBe(0);
    expect(view.problems).toEqual([]);
    await view.close();
  });

  test("a search for markup marks the text as text", async () => {
    const run = scriptedRun("run-1");
    run.add(shopRun().events[0]!);
    run.add({ type: "finding", finding: scriptedFinding({ title: "Use <b>bold</b> and `<B>`" }) });
    const source = scriptedSource();
    for (const event of run.events) source.push(event);
    const view = await show(source, { kind: "report", width: 900 });
    await view.page.getByRole("searchbox").fill("<b>");
    await expect.poll(() => view.page.locator("mark").allInnerTexts()).toEqual(["<b>", "<B>"]);
    expect(await view.page.locator("main b b, article b").count()).toBe(0);
    await view.close();
  });

  test("a finding that is asked for comes on screen with focus, whatever is hidden; one that is gone is told", async () => {
    const source = webviewScenes["complete"]!();
    const view = await show(source, { kind: "report", width: 900 });
    const ends = source.replay(0).filter((event) => event.type === "file-end");
    const finding = ends.flatMap((event) => event.findings).at(-1)!;
    await view.page.getByRole("searchbox").fill("matches nothing at all");
    await view.page.getByRole("button", { name: "Titles only" }).click();
    await view.send({ type: "show-finding", path: finding.path, id: finding.id });
    const focused = view.page.locator("article:focus");
    await focused.waitFor();
    expect(await focused.innerText()).toContain(`:${finding.startLine}`);
    expect(await focused.locator(".body").count()).toBe(1);
    await view.send({ type: "show-finding", path: "src/a.ts", id: "gone" });
    await view.page.getByText("no longer in the report").waitFor();
    await view.close();
  });

  test("a finished report begins with where to look, and its places open", async () => {
    const view = await show(webviewScenes["complete"]!(), { kind: "report", width: 280 });
    const summary = view.page.getByRole("region", { name: "Summary" });
    await summary.getByRole("heading", { name: "Look here first" }).waitFor();
    expect(await summary.getByRole("row").count()).toBeGreaterThan(1);
    await view.page.screenshot({ path: "out/screenshots/report-summary-280.png" });
    const place = summary.locator("button.place").first();
    await place.focus();
    await view.page.keyboard.press("Enter");
    await expect.poll(() => view.said.filter((message) => message.type === "open").length).toBe(1);
    await view.close();
  });

  test("text by a model is text: no markup, no requests, hidden characters visible", async () => {
    const run = scriptedRun("run-1");
    run.add(shopRun().events[0]!);
    const hostile = `<img src=x onerror="fetch('http://example.invalid')"><script>document.title='owned'</script>`;
    const finding = scriptedFinding({
      path: "src/\u202egnp.exe.ts",
      title: `${hostile} [link](http://example.invalid)`,
      detail: `\u200b${hostile}\n\n![image](http://example.invalid/x.png) \`<b>\`\u0007`,
      quote: `${hostile}\u202e`,
    });
    run.add({ type: "finding", finding });
    run.add({ type: "notice", level: "warning", message: hostile });
    const source = scriptedSource();
    for (const event of run.events) source.push(event);
    const view = await show(source, { kind: "report", width: 900 });
    await view.page.getByRole("article").waitFor();
    const text = await view.page.locator("main").innerText();
    expect(await view.page.locator("main :is(img, script, iframe, a, style)").count()).toBe(0);
    expect(await view.page.title()).toBe("Onceover");
    for (const shown of ["<img src=x", "\\u{202e}gnp.exe.ts", "\\u{200b}<img", "\\u{7}"]) expect(text).toContain(shown);
    for (const hidden of ["\u202e", "\u200b", "\u0007"]) expect(text).not.toContain(hidden);
    expect(view.problems).toEqual([]);
    await view.close();
  });

  test("ten thousand findings: the page holds some of them, whatever it is scrolled to", async () => {
    const run = scriptedRun("run-1");
    run.add(shopRun().events[0]!);
    for (let index = 0; index < 10_000; index++) {
      const path = `src/module${Math.floor(index / 4)}.ts`;
      const severity = (["error", "warning", "info"] as const)[index % 3]!;
      run.add({ type: "finding", finding: scriptedFinding({ path, severity, startLine: index + 1 }) });
    }
    const source = scriptedSource();
    const view = await show(source, { kind: "report", width: 900 });
    await watchLongTasks(view);
    for (let start = 0; start < run.events.length; start += 500) {
      for (const event of run.events.slice(start, start + 500)) source.push(event);
      await view.page.waitForTimeout(60);
    }
    await expect
      .poll(() => view.page.locator(".outcome").innerText(), { timeout: 20_000 })
      .toBe("10,000 findings in 2,500 files so far");
    expect(await view.page.getByRole("article").count()).toBeLessThan(100);
    for (let step = 1; step <= 20; step++) {
      await view.page.evaluate(`scrollTo(0, document.documentElement.scrollHeight * ${step / 20})`);
      await view.page.waitForTimeout(30);
    }
    await view.page.getByRole("button", { name: "module2499.ts:10000" }).waitFor();
    expect(await view.page.getByRole("article").count()).toBeLessThan(100);
    const tasks = await view.page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
    // Printed, not judged: on a busy machine a long task need not be this page's.
    process.stderr.write(`10,000 findings: ${tasks.length} long tasks, longest ${Math.max(0, ...tasks)} ms\n`);
    await view.close();
  });
});
