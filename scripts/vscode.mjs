// `npm run vscode [-- FOLDER]`: a real VS Code in the browser with this extension in place. Its profile (settings, keys,
// history) stays in .vscode-dev, so a second start continues where the first ended.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { requireNode } from "./requireNode.mjs";
import { projectFolder } from "./runTool.mjs";

requireNode();

const { findNode } = await import("../test/support/vscode/findNode.ts");
const { installVsCode } = await import("../test/support/vscode/installVsCode.ts");
const { linkExtension, quietSettings, serverEnvironment } = await import("../test/support/vscode/profile.ts");

const profileFolder = path.join(projectFolder, ".vscode-dev");
const extensionsFolder = path.join(profileFolder, "extensions");
const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2] ?? projectFolder);
if (!fs.existsSync(folder)) {
  console.error(`${folder} does not exist.`);
  process.exit(2);
}

const { codeServerEntry } = installVsCode();
const password = keptPassword();
prepareProfile();
const server = startServer();
const port = await readPort(server);
const door = await openDoor(port, password);
console.log(`\n  VS Code with Onceover: ${door}\n  Folder: ${folder}\n  Ctrl+C ends it.\n`);

/** Kept, so that a tab of an earlier start is still signed in. */
function keptPassword() {
  const file = path.join(profileFolder, "password");
  fs.mkdirSync(profileFolder, { recursive: true });
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(18).toString("base64url"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8");
}

function prepareProfile() {
  const settingsFile = path.join(profileFolder, "user", "User", "settings.json");
  fs.mkdirSync(path.dirname(settingsFile), { recursive: true });
  fs.mkdirSync(extensionsFolder, { recursive: true });
  if (!fs.existsSync(settingsFile)) fs.writeFileSync(settingsFile, JSON.stringify(quietSettings, null, 2));
  const { publisher, name, version } = JSON.parse(fs.readFileSync(path.join(projectFolder, "package.json"), "utf8"));
  linkExtension({ id: `${publisher}.${name}`, version, folder: projectFolder }, extensionsFolder);
}

function startServer() {
  const runtimeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "vs-"));
  const log = fs.openSync(path.join(profileFolder, "server.log"), "w");
  const child = spawn(
    findNode(),
    [
      codeServerEntry,
      `--bind-addr=127.0.0.1:${process.env.PORT ?? 0}`,
      "--auth=password",
      `--config=${path.join(profileFolder, "code-server.yaml")}`,
      `--user-data-dir=${path.join(profileFolder, "user")}`,
      `--extensions-dir=${extensionsFolder}`,
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-proxy",
      "--ignore-last-opened",
      folder,
    ],
    {
      env: serverEnvironment(runtimeFolder, { PASSWORD: password }),
      stdio: ["ignore", "pipe", log],
      detached: process.platform !== "win32",
    },
  );
  const end = () => {
    endTree(child);
    fs.rmSync(runtimeFolder, { recursive: true, force: true });
  };
  process.once("exit", end);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(0));
  child.once("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once("exit", (code) => {
    console.error(`VS Code's server has ended; ${path.join(profileFolder, "server.log")} may say why.`);
    process.exit(code ?? 1);
  });
  return child;
}

function endTree(child) {
  if (process.platform === "win32") {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}

function readPort(child) {
  return new Promise((resolve) => {
    let log = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      log = (log + chunk).slice(-4096);
      const found = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(log)?.[1];
      if (found) resolve(Number(found));
    });
  });
}

/**
 * code-server takes its password from a form alone. This address, which carries a token of its own, fills the form in,
 * so that one link is enough and nobody else on this machine gets in.
 */
async function openDoor(port, password) {
  const token = randomBytes(18).toString("base64url");
  const page =
    `<!doctype html><title>Onceover</title><form method="post" action="http://127.0.0.1:${port}/login">` +
    `<input type="hidden" name="password" value="${password}"></form><script>document.forms[0].submit()</script>`;
  const doorServer = http.createServer((request, response) => {
    const isInvited = request.url === `/${token}`;
    response.writeHead(isInvited ? 200 : 404, { "content-type": "text/html", "cache-control": "no-store" });
    response.end(isInvited ? page : "");
  });
  await new Promise((resolve) => doorServer.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${doorServer.address().port}/${token}`;
}
