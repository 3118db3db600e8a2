// What the editor puts into a webview’s page, for pages that are shown without it.
import type { WebviewTheme, webviewThemes } from "./webviewThemes.ts";

/** As much of a page as the stand-in touches; the tests are compiled without a browser's types. */
export interface PageGlobals {
  acquireVsCodeApi: unknown;
  readonly location: { readonly search: string };
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
export function standIn(theme: (typeof webviewThemes)[WebviewTheme]): void {
  const page = globalThis as unknown as PageGlobals;
  // As in the editor, a page that is loaded again finds what it kept, and has it at hand; another view finds nothing.
  let state = JSON.parse(page.sessionStorage.getItem(page.location.search) ?? "null") ?? undefined;
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => page.sayToHost(message),
    getState: () => state,
    setState: (next: unknown) => {
      state = next;
      page.sessionStorage.setItem(page.location.search, JSON.stringify(next));
    },
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
