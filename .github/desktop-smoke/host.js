// Runs inside VS Code's extension host: the packaged extension reviews a folder, offline, and its finding is in Problems.
"use strict";
const assert = require("node:assert/strict");
const vscode = require("vscode");

const timeoutMs = 120_000;

exports.run = async () => {
  const extension = vscode.extensions.getExtension("onceover.onceover");
  assert.ok(extension, "the packaged extension is not installed");
  await extension.activate();
  const found = firstDiagnostic();
  await vscode.commands.executeCommand("onceover.analyzeWorkspace");
  const [uri, diagnostic] = await found;
  assert.match(uri.path, /\/sample\.py$/);
  assert.equal(diagnostic.range.start.line, 3);
  process.stdout.write(`Found "${diagnostic.message.split("\n")[0]}" in VS Code ${vscode.version}\n`);
};

function firstDiagnostic() {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no finding reached Problems")), timeoutMs);
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      const ours = vscode.languages
        .getDiagnostics()
        .flatMap(([uri, list]) => list.map((one) => [uri, one]))
        .find(([, { source = "" }]) => /^onceover/i.test(source));
      if (!ours) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(ours);
    });
  });
}
