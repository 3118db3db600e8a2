/** A published reader of traces in a browser: what it makes of a file. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { installPackages } from "../../tools/installPackages.ts";

const folder = path.resolve(import.meta.dirname, "../../tools/speedscope");

export interface SpeedscopeProfile {
  /** As it names the thread. */
  readonly name: string;
  /** What it shows of it, once each. */
  readonly frames: readonly string[];
}

export interface SpeedscopeReading {
  /** By thread, in its order. */
  readonly profiles: readonly SpeedscopeProfile[];
  /** What it complained of. */
  readonly problems: readonly string[];
}

/** @param picture where to save how the first thread looks */
export async function readWithSpeedscope(browser: Browser, file: string, picture?: string): Promise<SpeedscopeReading> {
  installPackages({ folder, announcement: "Fetching speedscope from npm (1 MB, once) …" });
  const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => void (message.type() === "error" && problems.push(message.text())));
  page.on("dialog", (dialog) => {
    problems.push(dialog.message());
    void dialog.dismiss();
  });
  try {
    const start = path.join(folder, "node_modules/speedscope/dist/release/index.html");
    await page.goto(pathToFileURL(start).href);
    await page.locator("input[type=file]").first().setInputFiles(file);
    await page.getByText("Time Order").waitFor();
    if (picture) await page.screenshot({ path: picture });
    return { profiles: await readProfiles(page), problems };
  } finally {
    await page.close();
  }
}

/** Its Sandwich view is a table in which every frame of the thread has a row. */
async function readProfiles(page: Page): Promise<SpeedscopeProfile[]> {
  await page.keyboard.press("3");
  // The menu of threads is a table too, whose rows have titles.
  const rows = page.locator("tr:not([title]):has(td)");
  const names = await page.locator("tr[title]").evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? ""));
  const profiles: SpeedscopeProfile[] = [];
  for (const [at, name] of names.entries()) {
    if (at > 0) await page.keyboard.press("n");
    if (names.length > 1) await page.getByText(`(${at + 1}/${names.length})`).waitFor();
    await rows.first().waitFor();
    const texts = await rows.allInnerTexts();
    profiles.push({
      name,
      frames: texts.map(
        (text) =>
          text
            .trim()
            .split(/\s*[\n\t]\s*/)
            .at(-1) ?? "",
      ),
    });
  }
  return profiles;
}
