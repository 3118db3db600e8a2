// What the built panel writes of numbers and dates until it stands there: the first of each is slow in a browser, and what
// nobody sees costs as much as what is seen.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunDetailsReader } from "../../src/extension/webview/runDetails.ts";
import { createViewFeed } from "../../src/extension/webview/viewFeed.ts";
import type { HostMessage } from "../../src/shared/panelProtocol.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { startWebviewHarness, type WebviewHarness } from "../support/webviewHarness.ts";
import { webviewScenes } from "../support/webviewScenes.ts";

let browser: Browser;
let harness: WebviewHarness;

beforeAll(async () => {
  browser = await launchBrowser();
  harness = await startWebviewHarness(process.env["WEBVIEW_FOLDER"] ?? "dist/webview");
});

afterAll(async () => {
  await browser?.close();
  await harness?.dispose();
});

/** How often. */
interface Written {
  numbers: number;
  days: number;
  times: number;
  both: number;
}

interface Counted {
  written?: Written;
  readonly Intl: { readonly NumberFormat: { readonly prototype: object } };
  readonly Date: { readonly prototype: Record<string, unknown> };
}

/** Runs in the page before its own script, once for each view that the page was for. */
function countWritten(): void {
  const page = globalThis as unknown as Counted;
  if (page.written) return;
  const written = (page.written = { numbers: 0, days: 0, times: 0, both: 0 });
  const { get } = Object.getOwnPropertyDescriptor(page.Intl.NumberFormat.prototype, "format")!;
  Object.defineProperty(page.Intl.NumberFormat.prototype, "format", {
    configurable: true,
    get(this: Intl.NumberFormat) {
      written.numbers += 1;
      return get!.call(this) as unknown;
    },
  });
  const dates = { toLocaleDateString: "days", toLocaleTimeString: "times", toLocaleString: "both" } as const;
  for (const [method, key] of Object.entries(dates)) {
    const write = page.Date.prototype[method] as (...values: unknown[]) => string;
    page.Date.prototype[method] = function (this: Date, ...values: unknown[]) {
      written[key] += 1;
      return write.apply(this, values);
    };
  }
}

const written = (page: Page) => page.evaluate(() => (globalThis as unknown as Counted).written!);

/** What the extension sends first. */
function firstMessage(scene: string): HostMessage {
  const source = webviewScenes[scene]!();
  const details = createRunDetailsReader();
  for (const event of source.played) details.push(event);
  const messages: HostMessage[] = [];
  const post = (message: HostMessage) => void messages.push(message);
  const feed = createViewFeed({ source, details, withReport: false, schedule: () => () => undefined, post });
  feed.ready({ type: "ready", runId: null, lastSeq: 0 });
  feed.dispose();
  return messages[0]!;
}

test("the first number and date are written before there is something to draw, which is then drawn once", async () => {
  const view = await harness.open(browser, { kind: "panel" });
  await view.page.addInitScript(countWritten);
  await view.page.reload();
  await expect.poll(() => written(view.page)).toEqual({ numbers: 1, days: 1, times: 0, both: 0 });

  await view.send(firstMessage("complete"));
  // It is loaded by what follows the first drawing.
  await view.page.locator("canvas").waitFor();
  // When overnight reviews were submitted; earlier runs and memory snapshots are closed: nothing writes their times.
  expect(await written(view.page)).toMatchObject({ times: 0, both: 1 });

  await view.page.locator("summary", { hasText: "Earlier runs" }).click();
  await view.page.getByRole("checkbox").first().waitFor();
  expect((await written(view.page)).times).toBe(3);
  expect(view.problems).toEqual([]);
  await view.close();
});

test("the report writes its first number and date while it waits as well", async () => {
  const view = await harness.open(browser, { kind: "report" });
  await view.page.addInitScript(countWritten);
  await view.page.reload();
  await expect.poll(() => written(view.page)).toEqual({ numbers: 1, days: 1, times: 0, both: 0 });
  await view.close();
});
