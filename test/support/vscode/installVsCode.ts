// A real VS Code (workbench and extension host) from npm: code-server's tarball, made to run without a compiler.
import fs from "node:fs";
import path from "node:path";
import { installPackages } from "../../../tools/installPackages.ts";

/** Where the prepared server lies; all paths are absolute. */
export interface InstalledVsCode {
  /** VS Code's own root: product.json, out/, extensions/. */
  root: string;
  /** VS Code's bare server: connection token, VSIX installation, test driver. */
  serverMain: string;
  /** code-server's front to it: keeps SecretStorage over reloads and restarts. */
  codeServerEntry: string;
}

const toolFolder = path.resolve(import.meta.dirname, "../../../tools/vscode");
const modules = path.join(toolFolder, "node_modules");
const root = path.join(modules, "code-server", "lib", "vscode");
const stubs = path.join(toolFolder, "stubs");

/** The browser fetches these under the server's own root, not from where npm puts them. */
const browserModules = [
  "vscode-oniguruma",
  "vscode-textmate",
  "tas-client",
  "jschardet",
  "@vscode/iconv-lite-umd",
] as const;

/** Native and telemetry modules, and the folder under stubs/ that stands in for each. */
const stubbedModules = {
  "@vscode/spdlog": "spdlog",
  "@vscode/native-watchdog": "native-watchdog",
  "@vscode/deviceid": "deviceid",
  "@microsoft/1ds-core-js": "1ds-core-js",
} as const;

/**
 * Built-in extensions that no test needs: 90 MB, and several start at the same moment as ours on the same thread, which
 * VS Code's activation times then count as ours.
 */
const unusedExtensions = [
  "copilot",
  "debug-auto-launch",
  "debug-server-ready",
  "emmet",
  "extension-editing",
  "git",
  "git-base",
  "github",
  "grunt",
  "gulp",
  "jake",
  "merge-conflict",
  "mermaid-markdown-features",
  "microsoft-authentication",
  "ms-vscode.js-debug",
  "ms-vscode.js-debug-companion",
  "ms-vscode.vscode-js-profile-table",
  "npm",
  "php-language-features",
  "terminal-suggest",
  "tunnel-forwarding",
  // Needs the TypeScript package, which is not shipped: opening a script would complain about it.
  "typescript-language-features",
] as const;

/** Installs the server on first use; later calls only look at a stamp. */
export function installVsCode(): InstalledVsCode {
  installPackages({
    folder: toolFolder,
    announcement: "Fetching the pinned VS Code server from npm (about 55 MB, once) …",
    dependsOn: [import.meta.filename, ...listFiles(stubs)],
    finish: prepareServer,
  });
  return {
    root,
    serverMain: path.join(root, "out", "server-main.js"),
    codeServerEntry: path.join(modules, "code-server", "out", "node", "entry.js"),
  };
}

function prepareServer(): void {
  const serverModules = path.join(root, "node_modules");
  for (const name of browserModules) {
    fs.cpSync(path.join(modules, name), path.join(serverModules, name), { recursive: true });
  }
  for (const [name, stub] of Object.entries(stubbedModules)) {
    fs.rmSync(path.join(serverModules, name), { recursive: true, force: true });
    fs.cpSync(path.join(stubs, stub), path.join(serverModules, name), { recursive: true });
  }
  for (const name of unusedExtensions) {
    fs.rmSync(path.join(root, "extensions", name), { recursive: true, force: true });
  }
  watchUserSettings();
}

/**
 * code-server gives the user-data folder a URI without an authority, so edits of settings.json on disk go unnoticed
 * until the window reloads. With the authority they apply at once, as in the desktop editor.
 */
function watchUserSettings(): void {
  const file = path.join(root, "out/vs/code/browser/workbench/workbench.js");
  const source = fs.readFileSync(file, "utf8");
  const pattern = /(this\.userDataPath\)\.with\(\{scheme:[\w$]+\.vscodeRemote)(\}\))/;
  if (!pattern.test(source)) throw new Error(`${file} has changed: the repair of the user-data folder no longer fits.`);
  fs.writeFileSync(file, source.replace(pattern, "$1,authority:this.options.remoteAuthority$2"));
}

function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}
