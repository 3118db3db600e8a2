// Every state of the built webviews in a real browser, under the extension's own content policy, fed by its message pump.
import { describe, expect, test } from "vitest";
import { accessibilityProblems as rootProblems } from "../support/accessibility.ts";
import type { HarnessPage } from "../support/webviewHarness.ts";
import { overflows, webviewsInBrowser } from "../support/webviewsInBrowser.ts";
import { webviewScenes } from "../support/webviewScenes.ts";
import type { WebviewTheme } from "../support/webviewThemes.ts";

const themes: readonly WebviewTheme[] = ["Dark Modern", "Light Modern", "High Contrast"];

const show = webviewsInBrowser();

const accessibilityProblems = ({ page }: HarnessPage) => rootProblems(page.locator("html"));

describe.each(Object.keys(webviewScenes))("state %s", (scene) => {
  test.each(themes)("is readable, reachable and within its width in %s", async (theme) => {
    const sizes = { panel: [280, 400], report: [900, 280] } as const;
    for (const kind of ["panel", "report"] as const) {
      const view = await show(webviewScenes[scene]!(), { kind, theme, width: sizes[kind][0] });
      const closed = view.page.locator("details:not([open]) > summary");
      while ((await closed.count()) > 0) await closed.first().click();
      expect(await accessibilityProblems(view)).toEqual([]);
      for (const width of sizes[kind]) {
        await view.page.setViewportSize({ width, height: 900 });
        expect([kind, width, await overflows(view)]).toEqual([kind, width, false]);
      }
      expect(view.problems).toEqual([]);
      await view.close();
    }
  });
});
