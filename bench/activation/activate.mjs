// Loads the built extension as the editor's host does, activates it, prints what that took, and ends: at once, or with
// --settle when its views have been registered. Plain JavaScript, so that no type stripper is loaded.
// The folder has the extension's files in dist, and the stand-in as node_modules/vscode.
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [folder, mode] = process.argv.slice(2);
const urlOf = (file) => pathToFileURL(join(folder, file)).href;
const { whenRegistered, counts } = await import(urlOf("node_modules/vscode/index.mjs"));

const state = { get: () => undefined, update: async () => undefined, keys: () => [], setKeysForSync() {} };
const context = {
  subscriptions: [],
  globalState: state,
  workspaceState: state,
  secrets: { get: async () => undefined, onDidChange: () => ({ dispose() {} }) },
  extensionUri: { path: "/extension" },
};

const startMs = performance.now();
const extension = await import(urlOf("dist/extension.js"));
const importMs = performance.now() - startMs;
extension.activate(context);
const activateMs = performance.now() - startMs - importMs;
if (mode === "--settle") await whenRegistered;
process.stdout.write(JSON.stringify({ importMs, activateMs, commands: counts.commands }), () => process.exit());
