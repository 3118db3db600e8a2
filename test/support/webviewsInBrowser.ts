import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { ScriptedSource } from "./scriptedSource.ts";
import { showWebview } from "./showWebview.ts";
import { launchBrowser } from "./vscode/findBrowser.ts";
import { type HarnessPage, type OpenOptions, startWebviewHarness, type WebviewHarness } from "./webviewHarness.ts";

/**
 * A browser for the tests of one file, to be called at its top.
 *
 * @returns what opens a view there, fed from a source
 */
export function webviewsInBrowser() {
  let browser: Browser;
  let harness: WebviewHarness;
  beforeAll(async () => {
    harness = await startWebviewHarness(process.env["WEBVIEW_FOLDER"] ?? "dist/webview");
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.dispose();
  });
  return (source: ScriptedSource, options: Omit<OpenOptions, "onMessage">) =>
    showWebview(harness, browser, source, options);
}

/** Whether a page has to be scrolled sideways. */
export function overflows({ page }: HarnessPage): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
