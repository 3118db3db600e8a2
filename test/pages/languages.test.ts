// The built panel in every language that ships.
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { showWebview } from "../support/showWebview.ts";
import {
  bracketedTranslations,
  outsideBrackets,
  shippedTranslations,
  translatedLanguages,
} from "../support/translationFiles.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { type HarnessPage, startWebviewHarness, type WebviewHarness } from "../support/webviewHarness.ts";
import { webviewScenes } from "../support/webviewScenes.ts";

/** Pictures to look at are left here. */
const pictures = process.env["LANGUAGE_PICTURES"];

describe("the panel", () => {
  let browser: Browser;
  let harness: WebviewHarness;

  beforeAll(async () => {
    browser = await launchBrowser();
    harness = await startWebviewHarness("dist/webview");
  });

  afterAll(async () => {
    await browser?.close();
    await harness?.dispose();
  });

  test.each(translatedLanguages)("has room for its words in %s", async (language) => {
    const translations = shippedTranslations(language);
    for (const [name, scene] of Object.entries(webviewScenes)) {
      const view = await showWebview(harness, browser, scene(), { kind: "panel", width: 280, translations });
      await openSections(view);
      expect([name, await cutTexts(view)]).toEqual([name, []]);
      expect(await view.page.locator("html").getAttribute("lang")).toBe(language);
      expect(view.problems).toEqual([]);
      if (pictures) {
        const file = path.join(pictures, `panel-${language}-${name}.png`);
        await view.page.screenshot({ path: file, fullPage: true });
      }
      await view.close();
    }
  });

  test("says nothing that cannot be translated", async () => {
    for (const [name, scene] of Object.entries(webviewScenes)) {
      const options = { kind: "panel", translations: bracketedTranslations() } as const;
      const view = await showWebview(harness, browser, scene(), options);
      await openSections(view);
      expect([name, await englishTexts(view)]).toEqual([name, []]);
      await view.close();
    }
  });
});

async function openSections({ page }: HarnessPage): Promise<void> {
  const closed = page.locator("details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
}

/** Texts that reach beyond the page or are cut by what they stand in; names of files may be, their tooltip has them. */
function cutTexts({ page }: HarnessPage): Promise<string[]> {
  return page.evaluate(`(() => {
    const { right } = document.querySelector("main").getBoundingClientRect();
    const cuts = (one) => getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
    const texts = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (parentElement.closest(".name, .folder, .hidden-text") || data.trim() === "") continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      let holder = parentElement;
      while (holder && !cuts(holder)) holder = holder.parentElement;
      if (holder || [...range.getClientRects()].some((rect) => rect.right > right + 0.5)) texts.push(data);
    }
    return texts;
  })()`);
}

/** Words outside of brackets that are neither a name nor a figure nor what the engine said of a file. */
function englishTexts({ page }: HarnessPage): Promise<string[]> {
  return page
    .evaluate(`(() => {
    const texts = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      if (!parentElement.closest(".name, .folder, .reason")) texts.push(data);
    }
    for (const one of document.querySelectorAll("main [aria-label]")) texts.push(one.getAttribute("aria-label"));
    return texts;
  })()`)
    .then((texts) => (texts as string[]).filter((text) => /[a-z]{2}/i.test(withoutTranslated(text))));
}

function withoutTranslated(text: string): string {
  const names =
    /gpt-5-mini|openai|anthropic|p95|invalid-key|api\.openai\.com answered .* was charged\.|\d+\s[KM]B|[AP]M/g;
  // Of runs before the last midnight the day is told as well, in the language of the page: here in English.
  const days = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}\b/g;
  // A text may stand around an element.
  return outsideBrackets(text.replaceAll(names, "").replaceAll(days, ""))
    .replace(/^[^⟦⟧]*⟧/, "")
    .replace(/⟦[^⟦⟧]*$/, "");
}
