/** What a run is about: folders and settings as they are now. Loaded with the first run, for settings are much code. */
import * as vscode from "vscode";
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import { readSettings } from "./configuration.ts";
import type { RunInputs } from "./runController.ts";
import { localFolders, openFolders } from "./workspaceInputs.ts";

/** Throws `missing-folder` or `invalid-setting`. */
export function readRunInputs(): RunInputs {
  const folders = openFolders();
  if (folders.length === 0) {
    throw new OnceoverError("missing-folder", t("No folder is open."), { advice: t("Open one to review it.") });
  }
  const settings = readSettings(localFolders().map((folder) => folder.uri));
  return { settings, folders, trusted: vscode.workspace.isTrusted };
}
