/** Reads VS Code's configuration level by level. */
import * as vscode from "vscode";
import { buildSettings, minimumSeverityOf, type ExtensionSettings, type InspectSetting } from "./settings.ts";
import type { Severity } from "../shared/report.ts";
import { writeTogether } from "./writeTogether.ts";

function inspectIn(scope: vscode.Uri | undefined): InspectSetting {
  const configuration = vscode.workspace.getConfiguration("onceover", scope ?? null);
  return (name) => configuration.inspect(name);
}

/** Throws `invalid-setting`. */
export function readSettings(folders: readonly vscode.Uri[]): ExtensionSettings {
  return buildSettings({
    user: inspectIn(undefined),
    folders: folders.map(inspectIn),
    trusted: vscode.workspace.isTrusted,
  });
}

export function readMinimumSeverity(scope: vscode.Uri | undefined): Severity {
  return minimumSeverityOf(inspectIn(scope), vscode.workspace.isTrusted);
}

/** All of them or none. Only the user's own settings are written, never the workspace's. */
export async function writeUserSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("onceover");
  await writeTogether(values, {
    read: (name) => configuration.inspect(name)?.globalValue,
    write: (name, value) => configuration.update(name, value, vscode.ConfigurationTarget.Global),
  });
}
