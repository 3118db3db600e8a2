// `npm run package`: builds, packs dist/onceover-<version>.vsix and makes sure that it holds what it should and no more.
import fs from "node:fs";
import path from "node:path";
import { requireNode } from "./requireNode.mjs";
import { projectFolder, runNode } from "./runTool.mjs";

requireNode();

const { createVSIX, listFiles, PackageManager } = await import("@vscode/vsce");

const sizeLimitBytes = 4_000_000;

/** What may ship; a file that no line covers fails the packaging. */
const allowed = [
  /^package\.json$/,
  /^package\.nls(\.[\w-]+)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^l10n\/[\w.-]+\.json$/,
  /^media\/[\w-]+\.(svg|png)$/,
  /^media\/walkthrough\/[\w-]+\.svg$/,
  /^dist\/[\w.-]+\.js$/,
  /^dist\/webview\/[\w.-]+\.(js|css|ttf|woff2)$/,
  /^dist\/grammars\/[\w.-]+\.wasm$/,
  /^dist\/(rules|outlines)\.json$/,
];

/** What must ship for the extension to work at all. */
const required = [
  "package.json",
  "README.md",
  "LICENSE",
  "package.nls.json",
  ...["de", "ja", "zh-cn"].flatMap((one) => [`package.nls.${one}.json`, `l10n/bundle.l10n.${one}.json`]),
  "dist/extension.js",
  "dist/cli.js",
  "dist/storeWorker.js",
  "dist/analysisWorker.js",
  "dist/engine.js",
  "dist/rules.json",
  "dist/outlines.json",
  "dist/grammars/web-tree-sitter.wasm",
  "dist/webview/panel.js",
  "dist/webview/report.js",
];

if (!process.argv.includes("--no-build") && !runNode(["esbuild.mjs"])) process.exit(1);

const { name, version } = JSON.parse(fs.readFileSync(path.join(projectFolder, "package.json"), "utf8"));
const vsix = path.join(projectFolder, "dist", `${name}-${version}.vsix`);
removeOlderPackages();

const problems = [...checkEntries(await listFiles({ cwd: projectFolder, packageManager: PackageManager.None }))];
if (problems.length === 0) {
  await createVSIX({
    cwd: projectFolder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  problems.push(...checkSize(fs.statSync(vsix).size));
}
for (const problem of problems) console.error(`package: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;

function removeOlderPackages() {
  for (const entry of fs.readdirSync(path.dirname(vsix))) {
    if (entry.endsWith(".vsix")) fs.rmSync(path.join(path.dirname(vsix), entry));
  }
}

/** @param {readonly string[]} entries paths below the project, with "/" */
function checkEntries(entries) {
  const unexpected = entries.filter((entry) => !allowed.some((pattern) => pattern.test(entry)));
  const missing = required.filter((entry) => !entries.includes(entry));
  return [
    ...unexpected.map((entry) => `${entry} would ship, but is not on the list of what may`),
    ...missing.map((entry) => `${entry} must ship, but is missing`),
  ];
}

function checkSize(sizeBytes) {
  return sizeBytes > sizeLimitBytes ? [`${sizeBytes} bytes are more than the allowed ${sizeLimitBytes}`] : [];
}
