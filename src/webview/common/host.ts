/** The view's end of the line to the extension, and the language in which the view speaks. */
import { useTranslations } from "../../shared/localize.ts";
import { parseHostMessage } from "../../shared/panelMessages.ts";
import type { HostMessage, PanelCommand, PanelSetting, ViewMessage } from "../../shared/panelProtocol.ts";
import { pageTranslations } from "./pageTranslations.ts";

interface VsCodeApi {
  postMessage(message: ViewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// The editor hands it out once per page.
const api = acquireVsCodeApi();

const words = document.querySelector('meta[name="onceover-translations"]')?.getAttribute("content");
useTranslations(pageTranslations(words), document.documentElement.lang);

/** @param listener gets well-formed messages only */
export function onHostMessage(listener: (message: HostMessage) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = parseHostMessage(event.data);
    if (message) listener(message);
  });
}

export function post(message: ViewMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's own function, not a window's
  api.postMessage(message);
}

/** @param setting see `ViewMessage` */
export function runCommand(command: PanelCommand, setting?: PanelSetting): void {
  post({ type: "command", command, ...(setting && { setting }) });
}

export function openPlace(path: string, line = 1, column = 1): void {
  post({ type: "open", path, line, column });
}

/** What the page remembers while it is hidden: how it was arranged, never what it showed. */
export function remembered(): Readonly<Record<string, unknown>> {
  const state = api.getState();
  return typeof state === "object" && state !== null ? (state as Record<string, unknown>) : {};
}

export function remember(changes: Readonly<Record<string, unknown>>): void {
  api.setState({ ...remembered(), ...changes });
}
