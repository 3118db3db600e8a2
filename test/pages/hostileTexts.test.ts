// What others wrote, at its worst, in the built webviews: a real browser, the extension's own content policy and
// message pump, findings out of replies that arrive cut in the middle of everything.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { escapeText } from "../../src/shared/escapeText.ts";
import type { HostMessage } from "../../src/shared/panelProtocol.ts";
import { hostileMessages } from "../support/hostileMessages.ts";
import { asStreamed, hostileReply } from "../support/hostileReply.ts";
import { hostileTexts } from "../support/hostileTexts.ts";
import { scriptedFinding, scriptedRun } from "../support/scriptedRun.ts";
import { type ScriptedSource, scriptedSource } from "../support/scriptedSource.ts";
import { showWebview } from "../support/showWebview.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { startWebviewHarness, type WebviewHarness } from "../support/webviewHarness.ts";

const perRun = 20;

let browser: Browser;
let harness: WebviewHarness;

beforeAll(async () => {
  harness = await startWebviewHarness("dist/webview");
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await harness?.dispose();
});

interface Harm {
  scripts: number;
  requests: number;
  navigations: number;
}

/** Counts what a page should never have done. */
async function watchHarm(page: Page): Promise<() => Promise<Harm>> {
  let requests = 0;
  let navigations = 0;
  await page.context().route(/hostile\.invalid/, (route) => {
    if (route.request().isNavigationRequest()) navigations++;
    else requests++;
    // No content: a page that wanted to leave stays, and can be asked.
    return route.fulfill({ status: 204 });
  });
  page.on("framenavigated", () => navigations++);
  await page.evaluate(() => {
    const page = globalThis as unknown as { calls: number; owned(): void };
    page.calls = 0;
    page.owned = () => void page.calls++;
  });
  return async () => ({ scripts: Number(await page.evaluate("calls")), requests, navigations });
}

const unharmed: Harm = { scripts: 0, requests: 0, navigations: 0 };

interface Drawn {
  /** Elements that only others' markup could have made, and attributes that act or ask. */
  readonly strangers: readonly string[];
  readonly text: string;
  readonly title: string;
}

const ours = [
  "main, header, section, article, h1, h2, h3, h4, div, p, span, b, i, u, ul, ol, li, dl, dt, dd, time, strong, small",
  "table, caption, thead, tbody, tfoot, tr, th, td, details, summary, button, label, select, option, fieldset, legend",
  "input:not([type=image]), pre, code, mark, kbd, figure, figcaption, canvas, svg.glyph, svg.glyph path",
].join(", ");

/** What stands in the page once it has drawn what it was sent: `messages`, and those before. */
function drawn(page: Page, messages: readonly HostMessage[] = []): Promise<Drawn> {
  return page.evaluate(
    async ({ known, messages }) => {
      interface Element {
        readonly outerHTML: string;
        readonly textContent: string;
        getAttributeNames(): string[];
        matches(selector: string): boolean;
      }
      const { document, addEventListener, postMessage, requestAnimationFrame } = globalThis as unknown as {
        document: {
          readonly title: string;
          querySelector(selector: string): Element;
          querySelectorAll(selector: string): ArrayLike<Element>;
        };
        addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
        postMessage(message: unknown, targetOrigin: string): void;
        requestAnimationFrame(run: () => void): void;
      };
      for (const message of messages) postMessage(message, "*");
      // Behind them in the queue, and then behind the frame that they asked for.
      await new Promise<void>((done) => {
        addEventListener("message", ({ data }) => data === "all are sent" && done());
        postMessage("all are sent", "*");
      });
      await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
      const acts = /^on|^(href|src|srcset|srcdoc|action|formaction|ping)$/;
      const strangers = Array.from(document.querySelectorAll("#root *"))
        .filter((element) => !element.matches(known) || element.getAttributeNames().some((name) => acts.test(name)))
        .map((element) => element.outerHTML.slice(0, 200));
      return { strangers, text: document.querySelector("#root").textContent, title: document.title };
    },
    { known: ours, messages },
  );
}

/** A run whose findings came out of one reply, delta by delta; in the end their files failed in the same words. */
function playRun(source: ScriptedSource, runId: string, texts: readonly string[]): void {
  const run = scriptedRun(runId);
  run.add({
    type: "run-start",
    startedAt: "2026-11-21T09:30:00Z",
    workspace: "shop-api",
    provider: "openai",
    model: "gpt-5-mini",
    budgetUsd: 1,
  });
  for (const { finding, position } of hostileReply(texts)) {
    const { title, explanation, quote, fix } = finding;
    const text = texts[position]!;
    run.add({
      type: "finding",
      finding: scriptedFinding({
        id: `${position}`,
        path: `src/${texts[0]}`,
        startLine: position + 1,
        rule: text,
        title,
        detail: explanation,
        quote: `${quote}\n${fix}`,
      }),
    });
  }
  run.add({ type: "notice", level: "warning", message: texts.join(" ") });
  for (const event of run.events) source.push(event);
}

test("the report shows each of them as what it is, letter by letter, however it arrived", async () => {
  const source = scriptedSource();
  const view = await showWebview(harness, browser, source, { kind: "report", width: 900, height: 8_000 });
  const harm = await watchHarm(view.page);
  for (let start = 0; start < hostileTexts.length; start += perRun) {
    const texts = hostileTexts.slice(start, start + perRun).map(({ text }) => text);
    playRun(source, `run-${start}`, texts);
    // Among backticks a text stands as code, without them.
    const plain = (text: string) => text.replaceAll("`", "");
    const titles = async () => (await view.page.locator("article .title").allTextContents()).map(plain);
    await expect.poll(titles).toEqual(texts.map((text) => plain(escapeText(asStreamed(text)))));
    inert(await drawn(view.page));
  }
  expect(await harm()).toEqual(unharmed);
  expect(view.problems).toEqual([]);
  await view.close();
}, 180_000);

test.each(["panel", "report"] as const)(
  "names of models, workspaces, files, holders and errors are text in the %s",
  async (kind) => {
    const scenes = hostileMessages(kind);
    const opened = await harness.open(browser, { kind, width: kind === "panel" ? 300 : 900, height: 4_000 });
    const { page } = opened;
    const harm = await watchHarm(page);
    for (const scene of scenes) {
      for (const message of scene("first")) await opened.send(message);
      const closed = page.locator("details:not([open]) > summary");
      while ((await closed.count()) > 0) await closed.first().click();
    }
    for (const [index, { text }] of hostileTexts.entries()) {
      // Each place gets every third of them: neighbours are of one kind.
      const shown = inert(await drawn(page, scenes[index % scenes.length]!(text)));
      // Of a path only the last part stands in one piece.
      expect(shown).toContain(escapeText(text).split(/[/\n]/)[0]);
    }
    expect(await harm()).toEqual(unharmed);
    expect(opened.problems).toEqual([]);
    await opened.close();
  },
  180_000,
);

test("without the guard the same texts run, ask and leave: the detectors see it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent("<!DOCTYPE html><title>Onceover</title><div id=root></div>");
  const harm = await watchHarm(page);
  await page.evaluate(
    (texts) => {
      interface Element {
        innerHTML: string;
        append(child: Element): void;
      }
      const { document } = globalThis as unknown as {
        document: { createElement(name: string): Element; querySelector(selector: string): Element };
      };
      for (const text of texts) {
        const holder = document.createElement("div");
        document.querySelector("#root").append(holder);
        holder.innerHTML = text;
      }
    },
    hostileTexts.map(({ text }) => text),
  );
  await expect.poll(async () => (await harm()).scripts).toBeGreaterThan(100);
  await expect.poll(async () => (await harm()).requests).toBeGreaterThan(15);
  await expect.poll(async () => (await harm()).navigations).toBeGreaterThan(0);
  const { strangers, text } = await drawn(page);
  expect(strangers.length).toBeGreaterThan(200);
  expect(escapeText(text)).not.toBe(text);
  await context.close();
});

/** @returns the text */
function inert({ strangers, text, title }: Drawn): string {
  expect(strangers).toEqual([]);
  expect(escapeText(text)).toBe(text);
  expect(title).toBe("Onceover");
  return text;
}
