// Drives a real VS Code workbench. Everything is found by what VS Code keeps stable (command ids, status item ids,
// roles, labels), never by position.
import fs from "node:fs";
import path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import type { Settings } from "./profile.ts";
import type { VsCode } from "./startVsCode.ts";

export interface ProblemCounts {
  errors: number;
  warnings: number;
  infos: number;
}

export interface Notification {
  severity: "error" | "warning" | "info" | "unknown";
  message: string;
  buttons: readonly string[];
}

/** A row of "Running Extensions". */
export interface RunningExtension {
  /** Display name, version and what else the row says. */
  text: string;
  /** Loading its code and running activate(), as VS Code measures it; undefined while it is not active. */
  activationMs: number | undefined;
}

export type ThemeKind = "dark" | "light" | "high contrast dark" | "high contrast light";

const themeLabels: Record<ThemeKind, string> = {
  dark: "Dark Modern",
  light: "Light Modern",
  "high contrast dark": "Default High Contrast",
  "high contrast light": "Default High Contrast Light",
};

const themeClasses: Record<ThemeKind, string> = {
  dark: "vs-dark",
  light: "vs",
  "high contrast dark": "hc-black",
  "high contrast light": "hc-light",
};

const openTimeoutMs = 90_000;
const paletteAttempts = 8;
const menuAttempts = 8;

/** VS Code's own word for a page that was thrown away, by a reload say, while it was loading a part of itself. */
const ABANDONED = /Webview\.loadLocalResource - Error using fileReader/;

/** One window of VS Code in one browser page. State and secrets live in the page's browser context. */
export class Workbench {
  readonly page: Page;
  /** Errors on the browser's console, the workbench's own included. */
  readonly consoleErrors: string[] = [];
  readonly #userSettingsFile: string;

  private constructor(page: Page, userSettingsFile: string) {
    this.page = page;
    this.#userSettingsFile = userSettingsFile;
    page.setDefaultTimeout(openTimeoutMs);
    page.on("console", (message) => {
      if (message.type() === "error") this.consoleErrors.push(message.text());
    });
    page.on("pageerror", (error) => this.consoleErrors.push(String(error)));
  }

  /** Opens the window and waits until its status bar stands. */
  static async open(page: Page, vsCode: VsCode): Promise<Workbench> {
    const workbench = new Workbench(page, vsCode.userSettingsFile);
    await page.addInitScript(answerMintKey);
    await page.goto(vsCode.url, { timeout: openTimeoutMs });
    await workbench.#waitUntilRestored();
    return workbench;
  }

  /** Like "Developer: Reload Window". */
  async reload(): Promise<void> {
    await this.page.reload({ timeout: openTimeoutMs });
    await this.#waitUntilRestored();
  }

  /** Unlike {@link reload}, VS Code writes down what it has been told to remember, however short ago. */
  async reloadByCommand(): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await this.command("workbench.action.reloadWindow", "Developer: Reload Window");
    await loaded;
    await this.#waitUntilRestored();
  }

  async #waitUntilRestored(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: openTimeoutMs });
    await this.statusItem("status.problems").waitFor({ timeout: openTimeoutMs });
  }

  /**
   * Runs a command through the palette.
   *
   * @param id command id; its row is found exactly, whatever else matches
   * @param title what to type to have it listed, such as "Onceover: Analyze Workspace"
   */
  async command(id: string, title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const row = await this.#listCommand(id, title);
      try {
        await row.click({ timeout: 5_000 });
        break;
      } catch (error) {
        // A view that takes the focus late closes the palette before the click.
        if (attempt === paletteAttempts || (await row.isVisible())) throw error;
      }
    }
    await this.#paletteLeft(id);
  }

  /** Like {@link command}, without the mouse: the title must bring the command to the top of the list. */
  async commandByKeyboard(id: string, title: string): Promise<void> {
    const row = await this.#listCommand(id, title);
    await row.and(this.page.locator(".focused")).waitFor();
    await this.quickInput().press("Enter");
    await this.#paletteLeft(id);
  }

  /** What is typed for the command's own question must not land in the palette. */
  async #paletteLeft(id: string): Promise<void> {
    await this.page.locator(`.quick-input-widget:visible [data-quick-input-id="${id}"]`).waitFor({ state: "detached" });
  }

  /** The command's row. An open palette does not notice that a command has come or is enabled now: it is opened anew. */
  async #listCommand(id: string, title: string): Promise<Locator> {
    for (let attempt = 1; ; attempt++) {
      const box = await this.#openPalette();
      const named = this.page.locator(`[data-quick-input-id="${id}"]`);
      const row = this.#pickRows().filter({ has: named }).first();
      try {
        // A view that takes the focus late closes the palette.
        await box.fill(`>${title}`, { timeout: 2_000 });
        await row.waitFor({ timeout: 2_000 });
        return row;
      } catch (error) {
        if (attempt === paletteAttempts) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Opens a file of the workspace through "Go to File" and waits until its editor has the focus. */
  async openFile(name: string): Promise<void> {
    const box = await this.#openPalette();
    await box.fill(name);
    await this.#pickRows().filter({ hasText: name }).first().click();
    await this.page
      .locator(`.editor-instance[data-uri$="/${name}"], .monaco-editor[data-uri$="/${name}"]`)
      .first()
      .waitFor();
  }

  /** Underlines in the visible part of the open editors. */
  squiggles(severity: "error" | "warning" | "info"): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  /** Chooses the first entry of an open quick pick whose text contains `label`. */
  async pick(label: string | RegExp): Promise<void> {
    await this.#pickRows().filter({ hasText: label }).first().click();
  }

  /** Like {@link pick}, without the mouse: what is typed must leave one entry. */
  async pickByKeyboard(text: string): Promise<void> {
    await this.#pickRows().first().waitFor();
    await this.quickInput().fill(text);
    await this.#pickRows().nth(1).waitFor({ state: "detached" });
    await this.#pickRows()
      .filter({ hasText: new RegExp(text, "i") })
      .and(this.page.locator(".focused"))
      .waitFor();
    await this.quickInput().press("Enter");
  }

  /** Labels of an open quick pick, from top to bottom (visible ones: the list is virtual). */
  async pickLabels(): Promise<string[]> {
    await this.#pickRows().first().waitFor();
    return this.#pickRows().evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /**
   * Fills an input box and confirms it.
   *
   * @param question a part of its title or prompt: the box before it may still be on the screen
   */
  async type(text: string, question: string | RegExp): Promise<void> {
    await this.page.locator(".quick-input-widget:visible", { hasText: question }).waitFor();
    await this.quickInput().fill(text);
    await this.quickInput().press("Enter");
  }

  /** The text box of an open palette, quick pick or input box. */
  quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible input.input");
  }

  #pickRows(): Locator {
    return this.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row");
  }

  async #openPalette(): Promise<Locator> {
    const box = this.quickInput();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press("F1");
      try {
        await box.waitFor({ timeout: 2_000 });
        return box;
      } catch (error) {
        if (attempt === paletteAttempts) throw error;
        // The key reaches nobody while focus moves between frames: give it back to the workbench.
        await this.page.keyboard.press("Escape");
        await this.page.evaluate("document.activeElement?.blur()");
      }
    }
  }

  /** @param id `<publisher>.<extension>.<item>`, such as "onceover.onceover.onceover.meter" */
  statusItem(id: string): Locator {
    return this.page.locator(`[id="${id}"].statusbar-item`);
  }

  /** Visible text of a status item, without icons. */
  async statusText(id: string): Promise<string> {
    return (await this.statusItem(id).innerText()).replaceAll(/\s+/g, " ").trim();
  }

  /** What a screen reader says for a status item. */
  async statusAria(id: string): Promise<string> {
    return (await this.statusItem(id).getAttribute("aria-label")) ?? "";
  }

  /** A message that an extension shows in the status bar for a while. */
  statusMessage(text: string | RegExp): Locator {
    return this.page.locator(".part.statusbar .statusbar-item", { hasText: text });
  }

  /** The counts that the Problems status item shows. */
  async problems(): Promise<ProblemCounts> {
    const label = await this.statusAria("status.problems");
    const count = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(label)?.[1] ?? 0);
    return { errors: count("Errors"), warnings: count("Warnings"), infos: count("Infos") };
  }

  async problemTotal(): Promise<number> {
    const { errors, warnings, infos } = await this.problems();
    return errors + warnings + infos;
  }

  /** Opens the Problems panel and reads its visible rows. */
  async problemRows(): Promise<string[]> {
    const rows = this.page.locator(".markers-panel .monaco-list-row");
    await this.command("workbench.actions.view.problems", "View: Focus Problems");
    await rows.first().waitFor();
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? row.textContent ?? ""));
  }

  /** Visible rows of a tree view; `title` is the view's name as its header says. */
  treeRows(title: string): Locator {
    return this.page.locator(`.pane:has(.pane-header[aria-label^="${title}"]) .monaco-list-row`);
  }

  /** The sentence that stands above a tree view's rows. */
  viewMessage(title: string, text: string | RegExp): Locator {
    return this.page.locator(`.pane:has(.pane-header[aria-label^="${title}"]) .message`, { hasText: text });
  }

  /** A visible file or folder of Explorer, by its name. */
  explorerRow(name: string): Locator {
    return this.page.locator(".explorer-folders-view .monaco-list-row").filter({
      has: this.page.getByText(name, { exact: true }),
    });
  }

  /** Chooses an entry of the open context menu. A menu that has only just opened passes over a click: it is repeated. */
  async chooseInMenu(label: string): Promise<void> {
    const item = this.page.locator(".monaco-menu .action-item", { has: this.page.getByText(label, { exact: true }) });
    await item.waitFor({ timeout: 5_000 });
    for (let attempt = 1; await item.isVisible(); attempt++) {
      await item.click({ timeout: 2_000 }).catch((error: unknown) => {
        if (attempt === menuAttempts) throw error;
      });
      await item.waitFor({ state: "detached", timeout: 1_000 }).catch((error: unknown) => {
        if (attempt === menuAttempts) throw error;
      });
    }
  }

  /**
   * The document inside the visible webview that holds `selector`. A webview is two frames: VS Code's host and, in it,
   * the extension's document.
   *
   * @throws Error when there is none within `timeoutMs`
   */
  async webview(selector = "body", timeoutMs = 30_000): Promise<FrameLocator> {
    const giveUpAtMs = Date.now() + timeoutMs;
    for (;;) {
      // By their names: the place of one among the others changes when another comes or goes.
      const all = this.page.locator("iframe.webview.ready");
      for (const name of await all.evaluateAll((hosts) => hosts.map((host) => host.getAttribute("name") ?? ""))) {
        const named = this.page.locator(`iframe.webview.ready[name="${name}"]`);
        if (!(await named.isVisible())) continue;
        const inner = named.contentFrame().locator("#active-frame").contentFrame();
        const count = await inner
          .locator(selector)
          .count()
          .catch(() => 0); // Replaced while we looked.
        if (count > 0) return inner;
      }
      if (Date.now() > giveUpAtMs) throw new Error(`No visible webview holds ${selector}.`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Toasts on the screen. */
  async notifications(): Promise<Notification[]> {
    // All at once: a toast that goes while it is read would be waited for.
    return this.page.locator(".notification-toast .notification-list-item:visible").evaluateAll(readNotifications);
  }

  /** The toast that contains `text`, if any. */
  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast .notification-list-item", { hasText: text });
  }

  /** Waits for the toast that contains `text` and presses one of its buttons. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).getByRole("button", { name: button, exact: true }).click();
  }

  /** The entry with `text` in the list of notifications, which must be open; it also holds what has left the screen. */
  listedNotification(text: string | RegExp): Locator {
    return this.page.locator(".notifications-center .notification-list-item", { hasText: text });
  }

  /** A dialog in the middle of the window, as modal messages and trust questions are. */
  dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  /** Grants trust to the open folder in the editor for it. */
  async trustWorkspace(): Promise<void> {
    await this.command("workbench.trust.manage", "Workspaces: Manage Workspace Trust");
    const editor = this.page.locator(".workspace-trust-editor");
    await editor.getByRole("button", { name: "Trust", exact: true }).click();
    await editor.locator(".workspace-trust-title", { hasText: "You trust this folder" }).waitFor();
  }

  /** The user's settings.json as it is now. */
  settings(): Settings {
    return JSON.parse(fs.readFileSync(this.#userSettingsFile, "utf8")) as Settings;
  }

  /** Merges into the user's settings.json, which VS Code watches; `undefined` removes a setting. */
  setSettings(changes: Settings): void {
    fs.writeFileSync(this.#userSettingsFile, JSON.stringify({ ...this.settings(), ...changes }, null, 2));
  }

  /**
   * Errors on the browser's console that come from one extension: VS Code marks them with its id, and their stacks name
   * its folder.
   *
   * @param id `publisher.name`
   */
  consoleErrorsOf(id: string): string[] {
    return this.consoleErrors.filter((text) => text.includes(id) && !ABANDONED.test(text));
  }

  /** Opens "Developer: Show Running Extensions" and reads its visible rows. */
  async runningExtensions(): Promise<RunningExtension[]> {
    await this.command("workbench.action.showRuntimeExtensions", "Developer: Show Running Extensions");
    const rows = this.page.locator(".runtime-extensions-editor .monaco-list-row");
    await rows.first().waitFor();
    const texts = await rows.evaluateAll((all) => all.map((row) => row.textContent ?? ""));
    return texts.map((text) => {
      const activationMs = /Activation: (\d+)ms/.exec(text)?.[1];
      return { text, activationMs: activationMs === undefined ? undefined : Number(activationMs) };
    });
  }

  /** Switches the colour theme and waits until it is on the screen. */
  async theme(kind: ThemeKind): Promise<void> {
    this.setSettings({ "workbench.colorTheme": themeLabels[kind] });
    await this.page.locator(`.monaco-workbench.${themeClasses[kind]}`).waitFor();
  }

  /**
   * Writes a PNG without caret, hover or running animations; folders are made.
   *
   * @param clip what of the window is in it, in its pixels; missing: all
   */
  async screenshot(file: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: file, animations: "disabled", caret: "hide", ...(clip && { clip }) });
  }
}

/**
 * Runs in the page: SecretStorage encrypts with a key that code-server's front serves and the bare server does not. A
 * route would do as well, but a page with routes fetches the whole workbench anew at every reload.
 */
function answerMintKey(): void {
  const page = globalThis as typeof globalThis & { readonly location: { readonly href: string } };
  const { fetch } = page;
  page.fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, page.location.href);
    return pathname.endsWith("/mint-key")
      ? Promise.resolve(new Response(new Uint8Array(32).fill(7)))
      : fetch(input, init);
  };
}

/** Runs in the page. */
function readNotifications(items: readonly unknown[]): Notification[] {
  interface Item {
    readonly className: string;
    readonly innerText: string;
    querySelector(selector: string): Item | null;
    querySelectorAll(selector: string): Iterable<Item>;
  }
  return (items as readonly Item[]).map((toast) => {
    const icon = toast.querySelector(".notification-list-item-icon")?.className ?? "";
    const severity = /codicon-(error|warning|info)/.exec(icon)?.[1] as Notification["severity"] | undefined;
    const buttons = toast.querySelectorAll(".notification-list-item-buttons-container .monaco-button");
    return {
      severity: severity ?? "unknown",
      message: toast.querySelector(".notification-list-item-message")?.innerText ?? "",
      buttons: Array.from(buttons, ({ innerText }) => innerText),
    };
  });
}
