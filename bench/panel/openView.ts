import type { Browser, Page } from "playwright-core";
import type { Schedule } from "../../src/extension/webview/coalescer.ts";
import type { RunDetailsReader } from "../../src/extension/webview/runDetails.ts";
import type { RunSource } from "../../src/extension/webview/runSource.ts";
import { createViewFeed, type ViewFeed } from "../../src/extension/webview/viewFeed.ts";
import type { HostMessage } from "../../src/shared/panelProtocol.ts";
import type { HarnessPage, WebviewHarness } from "../../test/support/webviewHarness.ts";
import type { Sample } from "../harness.ts";
import { joinTasks, timeOpening, timeTasks } from "../pageTasks.ts";

export interface OpenViewOptions {
  readonly harness: WebviewHarness;
  /** Has no page yet. */
  readonly browser: Browser;
  readonly source: RunSource;
  readonly details: RunDetailsReader;
  /** The extension's. */
  readonly schedule: Schedule;
  readonly onPost?: (message: HostMessage) => void;
  /** How many times slower the page's processor is from its first message on. Default: 1. */
  readonly slowdown?: number;
}

/**
 * Opens a panel and lets the extension feed it.
 *
 * @returns how long it took from the answer to the page's first word until the figures were there, and all tasks from the
 * page's opening until its first plot was there too
 */
export async function openView({
  harness,
  browser,
  source,
  details,
  schedule,
  onPost,
  slowdown = 1,
}: OpenViewOptions): Promise<{ readonly view: HarnessPage; readonly feed: ViewFeed; readonly sample: Sample }> {
  let view: HarnessPage | null = null;
  const isReady = Promise.withResolvers<void>();
  const feed = createViewFeed({
    source,
    details,
    withReport: false,
    schedule,
    post(message) {
      onPost?.(message);
      void view?.send(message).catch(() => undefined);
    },
  });
  const opened = await timeOpening(browser, async () => {
    const { page } = (view = await harness.open(browser, {
      kind: "panel",
      width: 400,
      onMessage(message) {
        if (message.type === "files") feed.wishFiles(message.wish);
        if (message.type === "ready") isReady.resolve();
      },
    }));
    await isReady.promise;
    return page;
  });
  const { page } = view!;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  let wallMs = 0;
  const drawn = await timeTasks(browser, page, async () => {
    const startMs = performance.now();
    feed.ready({ type: "ready", runId: null, lastSeq: 0 });
    await isThere(page, "main .share, main .bar");
    wallMs = performance.now() - startMs;
    await isThere(page, ".plot canvas");
  });
  return { view: view!, feed, sample: { wallMs, figures: joinTasks(opened.figures, drawn.figures) } };
}

/** Asks with each frame: playwright's own waiting would have tasks of its own in the page. */
function isThere(page: Page, selector: string): Promise<void> {
  return page.evaluate(async (wanted) => {
    const { document, requestAnimationFrame } = globalThis as unknown as {
      document: { querySelector(selector: string): unknown };
      requestAnimationFrame(callback: () => void): void;
    };
    while (!document.querySelector(wanted)) await new Promise<void>((resolve) => requestAnimationFrame(resolve));
  }, selector);
}
