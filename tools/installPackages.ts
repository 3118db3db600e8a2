// Installs one of the pinned packages under tools/ with npm, without running anybody's install script.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export interface PackagesToInstall {
  /** Folder that holds package.json and package-lock.json. */
  folder: string;
  /** What a person reads while they wait, with the size of the download. */
  announcement: string;
  /** Files besides the lock file whose change asks for a new installation. */
  dependsOn?: readonly string[];
  /** Runs after npm, inside the same lock; a throw leaves the installation unfinished. */
  finish?: () => void;
}

const lockWaitMs = 100;
const lockTimeoutMs = 10 * 60_000;

/**
 * Makes sure the packages are there and current. Does nothing when they are; two processes that ask at once wait for
 * each other.
 *
 * @returns whether anything had to be installed
 * @throws Error when npm fails
 */
export function installPackages(packages: PackagesToInstall): boolean {
  const stamp = path.join(packages.folder, "node_modules", ".onceover-ready");
  const wanted = fingerprint([path.join(packages.folder, "package-lock.json"), ...(packages.dependsOn ?? [])]);
  const isReady = () => fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted;
  if (isReady()) return false;
  return withLock(packages.folder, () => {
    if (isReady()) return false;
    process.stderr.write(`${packages.announcement}\n`);
    runNpmCi(packages.folder);
    packages.finish?.();
    fs.writeFileSync(stamp, wanted);
    return true;
  });
}

function fingerprint(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(fs.readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function runNpmCi(folder: string): void {
  // npm tells its scripts where its own JavaScript lies; running that needs no shell, which Windows' npm.cmd would.
  const npmScript = process.env["npm_execpath"];
  const viaNode = npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript);
  const command = viaNode ? process.execPath : "npm";
  const result = spawnSync(command, [...(viaNode ? [npmScript] : []), "ci", "--ignore-scripts"], {
    cwd: folder,
    env: withoutOuterNpm(process.env),
    stdio: ["ignore", process.stderr, process.stderr],
    shell: !viaNode && process.platform === "win32",
  });
  if (result.status !== 0) {
    throw new Error(`"npm ci" failed in ${folder} (${result.error?.message ?? `exit ${result.status}`}).`);
  }
}

/** Under `npm test` the environment names the outer package and prefix, which would send the install there. */
function withoutOuterNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const outer = /^npm_(package|lifecycle|command|config_(local_)?prefix|config_workspace|config_global)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !outer.test(name)));
}

/** The lock is a folder (its creation is atomic everywhere) that names its owner, so that a dead owner's is broken. */
function withLock<Result>(folder: string, action: () => Result): Result {
  const name = createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 16);
  const lock = path.join(os.tmpdir(), `onceover-install-${name}.lock`);
  const owner = path.join(lock, "pid");
  const giveUpAtMs = Date.now() + lockTimeoutMs;
  while (!tryToCreate(lock)) {
    if (isAbandoned(owner) || Date.now() > giveUpAtMs) fs.rmSync(lock, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockWaitMs);
  }
  try {
    fs.writeFileSync(owner, String(process.pid));
    return action();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

function tryToCreate(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(ownerFile: string): boolean {
  let owner: number;
  try {
    owner = Number(fs.readFileSync(ownerFile, "utf8"));
  } catch {
    return false; // Between the folder and its pid file: ask again.
  }
  if (!owner) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
