// Installs the packaged VSIX in a desktop VS Code and lets it review a folder. Needs `npm run package` before, and
// `npm install --no-save @vscode/test-electron`, which downloads VS Code: for machines that may do that.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runTests, runVSCodeCommand } from "@vscode/test-electron";

const here = import.meta.dirname;
const project = path.resolve(here, "../..");
const { name, version: packageVersion } = JSON.parse(fs.readFileSync(path.join(project, "package.json"), "utf8"));
const vsix = path.join(project, "dist", `${name}-${packageVersion}.vsix`);
const version = process.env.VSCODE_VERSION ?? "stable";

// VS Code puts a socket into its profile, and the path of one has little room: on macOS the usual folder is too deep.
const scratch = fs.mkdtempSync(path.join(process.platform === "darwin" ? "/tmp" : os.tmpdir(), "oo-"));
const workspace = path.join(scratch, "work");
fs.mkdirSync(workspace);
fs.writeFileSync(
  path.join(workspace, "sample.py"),
  "def load():\n    try:\n        read()\n    except:\n        pass\n",
);
const profile = [`--user-data-dir=${path.join(scratch, "user")}`, `--extensions-dir=${path.join(scratch, "ext")}`];

try {
  await runVSCodeCommand([...profile, "--install-extension", vsix, "--force"], { version });
  await runTests({
    version,
    extensionDevelopmentPath: here,
    extensionTestsPath: path.join(here, "host.js"),
    launchArgs: [workspace, ...profile, "--disable-gpu"],
    // A store of its own, wherever the platform keeps it.
    extensionTestsEnv: { HOME: scratch, XDG_DATA_HOME: path.join(scratch, "data"), LOCALAPPDATA: scratch },
  });
} finally {
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
