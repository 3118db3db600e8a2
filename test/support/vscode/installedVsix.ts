import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findNode } from "./findNode.ts";
import { installVsCode } from "./installVsCode.ts";
import { serverEnvironment } from "./profile.ts";

const cacheFolder = path.resolve(import.meta.dirname, "../../../out/installed-extensions");

/**
 * A folder of extensions into which VS Code has installed the package, to be copied: its list of extensions names places
 * relative to itself. Installed once for each content of the package; that takes longer than starting the server.
 *
 * @returns absolute path
 * @throws Error with VS Code's output when it does not install the package
 */
export function installedVsix(vsix: string): string {
  const hash = createHash("sha256").update(fs.readFileSync(vsix)).digest("hex").slice(0, 16);
  const folder = path.join(cacheFolder, hash);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(cacheFolder, { recursive: true });
  const older = fs.readdirSync(cacheFolder).filter((name) => !name.startsWith(hash));
  // Beside its place until it is whole: another process may ask for the same.
  const half = path.join(cacheFolder, `${hash}-${randomBytes(4).toString("hex")}`);
  try {
    install(vsix, half);
    if (!fs.existsSync(folder)) fs.renameSync(half, folder);
    for (const name of older) fs.rmSync(path.join(cacheFolder, name), { recursive: true, force: true });
  } finally {
    fs.rmSync(half, { recursive: true, force: true });
  }
  return folder;
}

function install(vsix: string, extensionsFolder: string): void {
  const { serverMain } = installVsCode();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "vs-"));
  try {
    const result = spawnSync(
      findNode(),
      [
        serverMain,
        "--install-extension",
        path.resolve(vsix),
        "--force",
        `--user-data-dir=${path.join(scratch, "user")}`,
        `--server-data-dir=${path.join(scratch, "server")}`,
        `--extensions-dir=${extensionsFolder}`,
        "--accept-server-license-terms",
        "--disable-telemetry",
      ],
      { env: serverEnvironment(scratch, {}), encoding: "utf8" },
    );
    if (result.status !== 0 || !result.stdout.includes("successfully installed")) {
      throw new Error(`VS Code did not install ${vsix}:\n${result.stdout}${result.stderr}`);
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
