import * as vscode from "vscode";
import type { Logger } from "../core/ports.ts";

export interface Log extends Logger, vscode.Disposable {
  show(): void;
}

/** The log channel. What is written here never holds keys or file contents. */
export function createLog(): Log {
  const channel = vscode.window.createOutputChannel("Onceover", { log: true });
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message) => channel.error(message),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
