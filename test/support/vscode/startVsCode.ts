// Starts the pinned VS Code server on loopback with a random port, a random token and a profile of its own.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findNode } from "./findNode.ts";
import { installVsCode } from "./installVsCode.ts";
import { installedVsix } from "./installedVsix.ts";
import { linkExtension, quietSettings, serverEnvironment, type LinkedExtension, type Settings } from "./profile.ts";

export interface VsCodeOptions {
  /** Folder or `.code-workspace` file to open. */
  folder: string;
  /** User settings on top of {@link quietSettings}; ignored where the profile already has a settings file. */
  settings?: Settings;
  /** Packaged extension to install: what users get, so the way for end-to-end tests. */
  vsix?: string;
  /** Unpacked extension to use in place, for quick loops. */
  link?: LinkedExtension;
  /** Added to this process's environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  /** Whether VS Code asks about trusting the folder, as it does for users. Default: it does not. */
  workspaceTrust?: boolean;
  /** Profile to use and keep, for a restart with the same state. Default: a temporary one. */
  profileFolder?: string;
  /** Leave the temporary profile and its logs behind. */
  keep?: boolean;
  /** Default: any free port. */
  port?: number;
}

export interface VsCode {
  /** Opens the folder in a browser; carries the token. */
  url: string;
  port: number;
  profileFolder: string;
  userSettingsFile: string;
  extensionsFolder: string;
  /** What the server itself printed so far. */
  serverLog(): string;
  /** VS Code's log files (extension host, output channels): path below the profile → text. */
  logs(): Record<string, string>;
  /** Ends the server with all its children and removes a temporary profile. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 3_000;
const pollMs = 25;

/**
 * @throws Error with the server's output when it does not come up or the extension cannot be installed
 */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const { serverMain } = installVsCode();
  const node = findNode();
  const profile = createProfile(options);
  // VS Code leaves its sockets in here, and a Unix socket's path has little room.
  const runtimeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "vs-"));
  const env = serverEnvironment(runtimeFolder, options.env ?? {});
  const removeFolders = () => {
    removeFolder(runtimeFolder);
    if (options.keep !== true && options.profileFolder === undefined) removeFolder(profile.folder);
  };
  try {
    if (options.vsix !== undefined) {
      fs.cpSync(installedVsix(options.vsix), profile.extensionsFolder, { recursive: true });
    }
    if (options.link !== undefined) linkExtension(options.link, profile.extensionsFolder);
    const server = await startServer(node, serverMain, profile, env, options);
    return {
      url: workbenchUrl(server, options.folder),
      port: server.port,
      profileFolder: profile.folder,
      userSettingsFile: profile.userSettingsFile,
      extensionsFolder: profile.extensionsFolder,
      serverLog: () => fs.readFileSync(profile.logFile, "utf8"),
      logs: () => readLogs(path.join(profile.userFolder, "logs"), profile.userFolder),
      stop: async () => {
        await server.stop();
        removeFolders();
      },
    };
  } catch (error) {
    removeFolders();
    throw error;
  }
}

interface Profile {
  folder: string;
  userFolder: string;
  userSettingsFile: string;
  extensionsFolder: string;
  logFile: string;
  flags: readonly string[];
}

function createProfile(options: VsCodeOptions): Profile {
  const folder = options.profileFolder ?? fs.mkdtempSync(path.join(os.tmpdir(), "onceover-vscode-"));
  const userFolder = path.join(folder, "user");
  const extensionsFolder = path.join(folder, "extensions");
  const userSettingsFile = path.join(userFolder, "User", "settings.json");
  fs.mkdirSync(path.dirname(userSettingsFile), { recursive: true });
  fs.mkdirSync(extensionsFolder, { recursive: true });
  if (!fs.existsSync(userSettingsFile)) {
    const settings = { ...quietSettings, ...options.settings };
    fs.writeFileSync(userSettingsFile, JSON.stringify(settings, null, 2));
  }
  const flags = [
    `--user-data-dir=${userFolder}`,
    `--server-data-dir=${path.join(folder, "server")}`,
    `--extensions-dir=${extensionsFolder}`,
    "--accept-server-license-terms",
    "--disable-telemetry",
  ];
  return { folder, userFolder, userSettingsFile, extensionsFolder, logFile: path.join(folder, "server.log"), flags };
}

interface RunningServer {
  port: number;
  token: string;
  stop(): Promise<void>;
}

async function startServer(
  node: string,
  serverMain: string,
  profile: Profile,
  env: NodeJS.ProcessEnv,
  options: VsCodeOptions,
): Promise<RunningServer> {
  const token = randomBytes(16).toString("hex");
  const log = fs.openSync(profile.logFile, "w");
  const child = spawn(
    node,
    [
      serverMain,
      "--host=127.0.0.1",
      `--port=${options.port ?? 0}`,
      `--connection-token=${token}`,
      "--disable-update-check",
      ...(options.workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
      ...profile.flags,
    ],
    { env, cwd: profile.folder, stdio: ["ignore", log, log], detached: process.platform !== "win32" },
  );
  fs.closeSync(log);
  const endNow = () => killTree(child, "SIGKILL");
  process.once("exit", endNow);
  const stop = async () => {
    process.off("exit", endNow);
    await stopTree(child);
  };
  try {
    return { port: await waitForPort(child, profile.logFile), token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function waitForPort(child: ChildProcess, logFile: string): Promise<number> {
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  const giveUpAtMs = Date.now() + startTimeoutMs;
  for (;;) {
    const log = fs.readFileSync(logFile, "utf8");
    const port = /Server bound to 127\.0\.0\.1:(\d+)/.exec(log)?.[1];
    if (port !== undefined) return Number(port);
    if (failure !== undefined || child.exitCode !== null || Date.now() > giveUpAtMs) {
      throw new Error(`VS Code's server did not start:\n${log}`, { cause: failure });
    }
    await delay(pollMs);
  }
}

async function stopTree(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, "exit");
  killTree(child, "SIGTERM");
  if (ended !== undefined) await Promise.race([ended, delay(stopTimeoutMs, undefined, { ref: false })]);
  // The extension host is a grandchild and may outlive the server by a moment.
  killTree(child, "SIGKILL");
}

function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function workbenchUrl(server: RunningServer, folder: string): string {
  const url = new URL(`http://127.0.0.1:${server.port}/`);
  url.searchParams.set("tkn", server.token);
  url.searchParams.set(folder.endsWith(".code-workspace") ? "workspace" : "folder", uriPath(folder));
  url.searchParams.set("payload", JSON.stringify([["skipWelcome", "true"]]));
  return url.href;
}

function uriPath(file: string): string {
  const absolute = path.resolve(file).replaceAll("\\", "/");
  return absolute.startsWith("/") ? absolute : `/${absolute}`;
}

function readLogs(folder: string, relativeTo: string): Record<string, string> {
  if (!fs.existsSync(folder)) return {};
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".log"))
    .map((name) => path.join(folder, name));
  return Object.fromEntries(files.map((file) => [path.relative(relativeTo, file), fs.readFileSync(file, "utf8")]));
}

function removeFolder(folder: string): void {
  // A dying extension host may still write its last log line.
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
