// Shows the built webviews in a plain browser: the page and content policy of the extension, a stand-in for the
// editor's API, its theme variables, and messages that a test sends.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { webviewHtml } from "../../src/extension/webview/webviewHtml.ts";
import type { TranslationsInUse } from "../../src/shared/localize.ts";
import type { HostMessage, ViewMessage } from "../../src/shared/panelProtocol.ts";
import { type PageGlobals, standIn } from "./webviewStandIn.ts";
import { type WebviewTheme, webviewThemes } from "./webviewThemes.ts";

export interface OpenOptions {
  readonly kind: "panel" | "report";
  readonly theme?: WebviewTheme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Pixels of the screen to one of the page. Default: 1. */
  readonly scale?: number;
  /** Left out: English. */
  readonly translations?: TranslationsInUse;
  /** Gets what the view says. */
  readonly onMessage?: (message: ViewMessage) => void;
}

export interface HarnessPage {
  readonly page: Page;
  /** Everything the view has said. */
  readonly said: readonly ViewMessage[];
  /** Errors, broken policies, and requests to anything but the view's own files. */
  readonly problems: readonly string[];
  send(message: HostMessage): Promise<void>;
  /** Ends the view; its page is then shown another one in. */
  close(): Promise<void>;
}

export interface WebviewHarness {
  open(browser: Browser, options: OpenOptions): Promise<HarnessPage>;
  dispose(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css" };

/** @param folder the built views: `panel.js`, `panel.css`, `report.js`, `report.css` and their chunks */
export async function startWebviewHarness(folder: string): Promise<WebviewHarness> {
  if (!fs.existsSync(path.join(folder, "panel.js")))
    throw new Error(`No built webviews in ${folder}: run the build first.`);
  /** By language, as the page's address asks for them. */
  const translations = new Map<string, TranslationsInUse>();
  const server = http.createServer((request, response) => answer(folder, translations, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const origin = `http://127.0.0.1:${port}`;
  const freePages = new WeakMap<Browser, FreePages>();
  return {
    open(browser, options) {
      if (options.translations) translations.set(options.translations.language, options.translations);
      const free = freePages.get(browser) ?? new Map();
      freePages.set(browser, free);
      return openPage(free, browser, origin, options);
    },
    dispose: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  folder: string,
  translations: ReadonlyMap<string, TranslationsInUse>,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  const { pathname, origin, searchParams } = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const page = /^\/(panel|report)\.html$/.exec(pathname);
  if (page) {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      webviewHtml({
        title: "Onceover",
        scriptUri: `${origin}/${page[1]}.js`,
        styleUri: `${origin}/${page[1]}.css`,
        cspSource: origin,
        nonce: "harness",
        translations: translations.get(searchParams.get("language") ?? ""),
      }),
    );
    return;
  }
  const file = path.join(folder, path.basename(pathname));
  const type = contentTypes[path.extname(file)];
  if (!type || !fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("content-type", type);
  response.end(fs.readFileSync(file));
}

/** A browser's page, which shows one view after the other: a process for each takes longer than most tests. */
interface Slot {
  readonly page: Page;
  /** The view that it shows now. */
  view: Pick<OpenOptions, "onMessage"> & { readonly said: ViewMessage[]; readonly problems: string[] };
}

/** Free pages by what a page keeps for all its life. */
type FreePages = Map<string, Slot[]>;

const noView = (): Slot["view"] => ({ said: [], problems: [] });

async function openPage(freePages: FreePages, browser: Browser, origin: string, options: OpenOptions) {
  const { kind, theme = "Dark Modern", width = 300, height = 900, scale = 1, reducedMotion = false } = options;
  const key = JSON.stringify([theme, scale, reducedMotion]);
  const slot = freePages.get(key)?.pop() ?? (await createSlot(browser, origin, { theme, scale, reducedMotion }));
  const { page } = slot;
  const view = { ...noView(), ...(options.onMessage && { onMessage: options.onMessage }) };
  slot.view = view;
  await page.setViewportSize({ width, height });
  const search = new URLSearchParams({ language: options.translations?.language ?? "", view: randomUUID() });
  await page.goto(`${origin}/${kind}.html?${search}`);
  return {
    page,
    said: view.said,
    problems: view.problems,
    send: (message: HostMessage) =>
      page.evaluate((sent) => (globalThis as unknown as PageGlobals).postMessage(sent, "*"), message),
    close: async () => {
      slot.view = noView();
      // Not in the next view's way: neither the old document nor a pointer that hovers over something.
      await page.goto("about:blank");
      await page.mouse.move(0, 0);
      freePages.set(key, [...(freePages.get(key) ?? []), slot]);
    },
  };
}

async function createSlot(
  browser: Browser,
  origin: string,
  { theme, scale, reducedMotion }: Required<Pick<OpenOptions, "theme" | "scale" | "reducedMotion">>,
): Promise<Slot> {
  const context = await browser.newContext({
    deviceScaleFactor: scale,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  const slot: Slot = { page, view: noView() };
  page.on("pageerror", (error) => slot.view.problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") slot.view.problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) slot.view.problems.push(`request to ${request.url()}`);
  });
  await page.exposeFunction("sayToHost", (message: ViewMessage) => {
    slot.view.said.push(message);
    slot.view.onMessage?.(message);
  });
  await page.addInitScript(standIn, webviewThemes[theme]);
  return slot;
}
