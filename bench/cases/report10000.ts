/** Ten thousand findings in the report's page, in a real browser: how long it takes, and whether the page stands still. */
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { createViewFeed } from "../../src/extension/webview/viewFeed.ts";
import type { HostMessage } from "../../src/shared/panelProtocol.ts";
import { scriptedFinding, scriptedRun, shopRun } from "../../test/support/scriptedRun.ts";
import { scriptedSource } from "../../test/support/scriptedSource.ts";
import { launchBrowser } from "../../test/support/vscode/findBrowser.ts";
import { type HarnessPage, startWebviewHarness } from "../../test/support/webviewHarness.ts";
import { defineCase, type Sample } from "../harness.ts";
import { taskFigures, timeTasks } from "../pageTasks.ts";

const webviews = fileURLToPath(new URL("../../dist/webview", import.meta.url));
const count = 10_000;
const perFile = 4;

interface Scope extends AsyncDisposable {
  readonly browser: Browser;
  readonly view: HarnessPage;
  readonly messages: readonly HostMessage[];
}

/** What the extension sends of a run with that many findings, to a page that has just said that it is there. */
function recordMessages(): readonly HostMessage[] {
  const run = scriptedRun("run-1");
  run.add(shopRun().events[0]!);
  const severities = ["error", "warning", "info"] as const;
  for (let index = 0; index < count; index += 1) {
    const finding = scriptedFinding({
      path: `src/module${Math.floor(index / perFile)}.ts`,
      severity: severities[index % severities.length]!,
      startLine: index + 1,
      endLine: index + 3,
      detail: `Nothing awaits the promise of \`save${index}\`. A rejection ends as an unhandled one.\n\n${"Then the order is marked as refunded although it is not. ".repeat(3)}`,
      quote: `async function save${index}(order: Order) {\n  gateway.refund(order);\n}`,
    });
    run.add({ type: "finding", finding });
  }
  const source = scriptedSource();
  for (const event of run.events) source.push(event);
  const messages: HostMessage[] = [];
  const post = (message: HostMessage) => void messages.push(message);
  const feed = createViewFeed({ source, schedule: () => () => undefined, post, details: null, withReport: true });
  feed.ready({ type: "ready", runId: null, lastSeq: 0 });
  feed.dispose();
  return messages;
}

async function openScope(): Promise<Scope> {
  const harness = await startWebviewHarness(webviews);
  const browser = await launchBrowser();
  const view = await harness.open(browser, { kind: "report", width: 900 });
  return {
    browser,
    view,
    messages: recordMessages(),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await harness.dispose();
    },
  };
}

/** As much of the page as is used; the bench is compiled without a browser's types. */
interface BenchPage {
  messages: readonly unknown[];
  postMessage(message: unknown, targetOrigin: string): void;
  requestAnimationFrame(callback: () => void): void;
  scrollTo(x: number, y: number): void;
  readonly document: {
    readonly documentElement: { readonly scrollHeight: number };
    querySelector(selector: string): { readonly textContent: string; click(): void } | null;
  };
}

/** What is done, until `outcome` stands there and is drawn. */
async function timed({ browser, view }: Scope, action: () => Promise<unknown>): Promise<Sample> {
  const { wallMs, figures } = await timeTasks(browser, view.page, action);
  const rows = Number(await view.page.evaluate("document.querySelectorAll('article').length"));
  return { wallMs, figures: { ...figures, rows } };
}

async function prepare({ view, messages }: Scope): Promise<void> {
  await view.page.evaluate((sent) => {
    (globalThis as unknown as BenchPage).messages = sent;
  }, messages);
  // What is measured is the page's work, not that of taking the messages apart as they came over the wire.
  await view.page.waitForTimeout(300);
}

/** @param everyMs 0: one after the other, at once */
function send({ view }: Scope, everyMs: number): Promise<void> {
  return view.page.evaluate(
    async ([pauseMs, total]) => {
      const page = globalThis as unknown as BenchPage;
      for (const message of page.messages) {
        page.postMessage(message, "*");
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      const isDrawn = () =>
        page.document.querySelector(".outcome")?.textContent.includes(total) === true &&
        page.document.querySelector("article") !== null;
      while (!isDrawn()) await new Promise<void>((resolve) => page.requestAnimationFrame(resolve));
    },
    [everyMs, `${count.toLocaleString("en-US")} findings`] as const,
  );
}

function scroll({ view }: Scope): Promise<void> {
  return view.page.evaluate(async () => {
    const page = globalThis as unknown as BenchPage;
    for (let step = 1; step <= 40; step += 1) {
      page.scrollTo(0, (page.document.documentElement.scrollHeight * step) / 40);
      for (let frames = 0; frames < 3; frames += 1) {
        await new Promise<void>((resolve) => page.requestAnimationFrame(resolve));
      }
    }
    page.scrollTo(0, 0);
  });
}

const outcome = (view: HarnessPage, words: string) => view.page.locator(".outcome", { hasText: words }).waitFor();

async function filter({ view }: Scope): Promise<void> {
  const infos = '.toggles button[aria-label^="Infos"]';
  await view.page.evaluate((selector) => {
    (globalThis as unknown as BenchPage).document.querySelector(selector)?.click();
  }, infos);
  await outcome(view, "6,667 of 10,000 findings");
}

async function search({ view }: Scope): Promise<void> {
  const field = view.page.getByRole("searchbox");
  for (const letter of "save9999") await field.pressSequentially(letter);
  await outcome(view, "1 of 10,000 findings");
  await field.fill("");
  await outcome(view, "6,667 of 10,000 findings");
}

export const report10000 = defineCase<Scope>({
  name: "report-10000",
  title: "10,000 findings in the report's page",
  conditions: "The built page in a browser without a window, 900 × 900; each row goes on where the one before ended",
  baseline: "open",
  figures: [...taskFigures, { key: "rows", heading: "findings drawn", format: String }],
  openScope,
  rows: [
    {
      name: "open",
      async measure(scope) {
        await prepare(scope);
        return timed(scope, () => send(scope, 0));
      },
    },
    { name: "scroll to the end", measure: (scope) => timed(scope, () => scroll(scope)) },
    { name: "filter", measure: (scope) => timed(scope, () => filter(scope)) },
    { name: "search, letter by letter", measure: (scope) => timed(scope, () => search(scope)) },
    // From the beginning again: the same run, as it would arrive while it goes on.
    { name: "stream in", measure: (scope) => timed(scope, () => send(scope, 50)) },
  ],
});
