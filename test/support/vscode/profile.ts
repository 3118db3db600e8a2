// What a VS Code for development and tests has in common: settings, environment and an extension used in place.
import fs from "node:fs";
import path from "node:path";

export type Settings = Record<string, unknown>;

/** An unpacked extension; `id` is `publisher.name`. */
export interface LinkedExtension {
  id: string;
  version: string;
  folder: string;
}

/** User settings that make a first run quiet and repeatable. */
export const quietSettings: Settings = {
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  // On a busy machine a suggestion may come in the middle of a word, and take the next key.
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.acceptSuggestionOnCommitCharacter": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.simpleDialog.enable": true,
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.autoDetectColorScheme": false,
  "window.commandCenter": false,
  "window.restoreWindows": "none",
  "workbench.colorTheme": "Dark Modern",
  // Settings and the like open as a modal otherwise, which swallows F1.
  "workbench.editor.useModal": "off",
  "workbench.enableExperiments": false,
  "workbench.layoutControl.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/**
 * @param runtimeFolder short path for the server's sockets
 * @param extra wins over everything else; `undefined` removes a variable
 */
export function serverEnvironment(runtimeFolder: string, extra: Record<string, string | undefined>): NodeJS.ProcessEnv {
  // Started from a terminal inside VS Code or from a test runner, the server would take their variables for its own.
  const foreign =
    /^(VSCODE_|ELECTRON_|CODE_SERVER_|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_COMPILE_CACHE$|NODE_V8_COVERAGE$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const own = { XDG_RUNTIME_DIR: runtimeFolder, EXTENSIONS_GALLERY: "{}" };
  const all = Object.entries({ ...Object.fromEntries(inherited), ...own, ...extra });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** VS Code takes any folder named `publisher.name-version` for an extension, unless its own list says otherwise. */
export function linkExtension(link: LinkedExtension, extensionsFolder: string): void {
  const target = path.join(extensionsFolder, `${link.id}-${link.version}`);
  fs.rmSync(target, { recursive: true, force: true });
  fs.symlinkSync(path.resolve(link.folder), target, "junction");
  fs.rmSync(path.join(extensionsFolder, "extensions.json"), { force: true });
}
