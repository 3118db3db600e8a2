// The built webviews for people who enlarge them: what fits at the usual size has to fit at twice that.
import { describe, expect, test } from "vitest";
import type { HarnessPage } from "../support/webviewHarness.ts";
import { overflows, webviewsInBrowser } from "../support/webviewsInBrowser.ts";
import { webviewScenes } from "../support/webviewScenes.ts";

const show = webviewsInBrowser();

/** Text that stands beyond the page's edge, or is cut without a sign that there is more. */
function cutTexts({ page }: HarnessPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    interface Element {
      readonly textContent: string;
      readonly className: unknown;
      readonly scrollWidth: number;
      readonly clientWidth: number;
      getBoundingClientRect(): { readonly left: number; readonly right: number; readonly width: number };
      closest(selector: string): Element | null;
    }
    const { document, getComputedStyle, innerWidth } = globalThis as unknown as {
      document: { querySelectorAll(selector: string): ArrayLike<Element> };
      getComputedStyle(element: Element): { readonly overflowX: string; readonly textOverflow: string };
      innerWidth: number;
    };
    return Array.from(document.querySelectorAll("main *"))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        // A frame of code scrolls by itself, and hidden words are for screen readers.
        if (width === 0 || element.textContent.trim() === "" || element.closest(".hidden-text, pre, .plot"))
          return false;
        const { overflowX, textOverflow } = getComputedStyle(element);
        const isCut =
          overflowX === "hidden" && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
        return isCut || left < -1 || right > innerWidth + 1;
      })
      .map((element) => `${String(element.className)}: ${element.textContent.slice(0, 80)}`);
  });
}

describe("at twice the size", () => {
  // Half as wide as at their usual size; the side bar's least width is 170.
  const widths = { panel: [200, 170], report: [450, 200] } as const;
  test.each(["complete", "running", "troubled", "leaking", "budget", "error"])(
    "%s is whole in half the width, without scrolling sideways",
    async (scene) => {
      for (const kind of ["panel", "report"] as const) {
        const view = await show(webviewScenes[scene]!(), { kind, width: widths[kind][0], height: 700, scale: 2 });
        const closed = view.page.locator("details:not([open]) > summary");
        while ((await closed.count()) > 0) await closed.first().click();
        for (const width of widths[kind]) {
          await view.page.setViewportSize({ width, height: 700 });
          expect([scene, kind, width, await overflows(view), await cutTexts(view)]).toEqual([
            scene,
            kind,
            width,
            false,
            [],
          ]);
        }
        await view.page.screenshot({ path: `out/screenshots/twice-${kind}-${scene}.png`, fullPage: true });
        await view.close();
      }
    },
  );
});
