import type { Browser } from "playwright-core";
import { scheduleTimeout } from "../../src/extension/webview/coalescer.ts";
import { createRunDetailsReader } from "../../src/extension/webview/runDetails.ts";
import { createViewFeed } from "../../src/extension/webview/viewFeed.ts";
import type { ScriptedSource } from "./scriptedSource.ts";
import type { HarnessPage, OpenOptions, WebviewHarness } from "./webviewHarness.ts";

interface Shown extends HarnessPage {
  readonly source: ScriptedSource;
}

/** Opens a view and lets the extension's pump feed it from `source` until the page is closed. */
export async function showWebview(
  harness: WebviewHarness,
  browser: Browser,
  source: ScriptedSource,
  options: Omit<OpenOptions, "onMessage">,
): Promise<Shown> {
  const details = createRunDetailsReader();
  for (const event of source.played) details.push(event);
  source.onEvent((event) => details.push(event));
  let opened: HarnessPage | null = null;
  let last: Promise<void> = Promise.resolve();
  const feed = createViewFeed({
    source,
    schedule: scheduleTimeout,
    post: (message) => {
      last = last.then(() => opened?.send(message)).catch(() => undefined);
    },
    details: options.kind === "panel" ? details : null,
    withReport: options.kind === "report",
  });
  opened = await harness.open(browser, {
    ...options,
    onMessage: (message) => {
      if (message.type === "ready" && opened) feed.ready(message);
      if (message.type === "files") feed.wishFiles(message.wish);
    },
  });
  feed.ready({ type: "ready", runId: null, lastSeq: 0 });
  await last;
  await opened.page.locator("main").waitFor();
  const page = opened;
  return {
    ...page,
    source,
    close: async () => {
      feed.dispose();
      await page.close();
    },
  };
}
