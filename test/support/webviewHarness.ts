// Shows the built webviews in a plain browser: the page and content policy of the extension, a stand-in for the
// editor's API, its theme variables, and messages that a test sends.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { webviewHtml } from "../../src/extension/webview/webviewHtml.ts";
import type { TranslationsInUse } from "../../src/shared/localize.ts";
import type { HostMessage, ViewMessage } from "../../src/shared/panelProtocol.ts";
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
  return {
    open(browser, options) {
      if (options.translations) translations.set(options.translations.language, options.translations);
      return openPage(browser, origin, options);
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

async function openPage(browser: Browser, origin: string, options: OpenOptions): Promise<HarnessPage> {
  const { kind, theme = "Dark Modern", width = 300, height = 900, onMessage } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  const said: ViewMessage[] = [];
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) problems.push(`request to ${request.url()}`);
  });
  await page.exposeFunction("sayToHost", (message: ViewMessage) => {
    said.push(message);
    onMessage?.(message);
  });
  await page.addInitScript(standIn, webviewThemes[theme]);
  await page.goto(`${origin}/${kind}.html?language=${options.translations?.language ?? ""}`);
  return {
    page,
    said,
    problems,
    send: (message) => page.evaluate((sent) => (globalThis as unknown as PageGlobals).postMessage(sent, "*"), message),
    close: () => context.close(),
  };
}

/** As much of a page as the stand-in touches; the tests are compiled without a browser's types. */
interface PageGlobals {
  acquireVsCodeApi: unknown;
  readonly sessionStorage: { getItem(name: string): string | null; setItem(name: string, value: string): void };
  readonly document: {
    readonly documentElement: {
      readonly style: { colorScheme: string; setProperty(name: string, value: string): void };
    };
    readonly body: { className: string };
    addEventListener(type: "DOMContentLoaded", listener: () => void): void;
  };
  postMessage(message: unknown, targetOrigin: string): void;
  sayToHost(message: unknown): void;
}

/** Runs in the page before its own script: what the editor would have put there. */
function standIn(theme: (typeof webviewThemes)[WebviewTheme]): void {
  const page = globalThis as unknown as PageGlobals;
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => page.sayToHost(message),
    // As in the editor, a page that is loaded again finds what it kept.
    getState: () => JSON.parse(page.sessionStorage.getItem("state") ?? "null") ?? undefined,
    setState: (next: unknown) => page.sessionStorage.setItem("state", JSON.stringify(next)),
  });
  page.document.addEventListener("DOMContentLoaded", () => {
    const { documentElement, body } = page.document;
    for (const [name, value] of Object.entries(theme.variables)) {
      documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    documentElement.style.colorScheme = theme.colorScheme;
    body.className = theme.bodyClass;
  });
}
