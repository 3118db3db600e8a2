// Finds or fetches a Chromium for playwright-core.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium, type Browser, type LaunchOptions } from "playwright-core";
import { installPackages } from "../../../tools/installPackages.ts";

export interface FoundBrowser {
  executablePath: string;
  /** Where it came from, for the log. */
  source: "CHROMIUM_PATH" | "playwright" | "installed" | "npm";
  /** Variables it needs besides this process's. */
  env: Record<string, string>;
}

const toolFolder = path.resolve(import.meta.dirname, "../../../tools/chromium");

const launchArguments = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--force-color-profile=srgb",
  "--no-first-run",
  // Nothing but loopback: whatever the workbench would look up elsewhere fails at once, here as in CI.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/**
 * Looks at `$CHROMIUM_PATH`, playwright's own download and installed browsers; on Linux x64 it fetches one from npm
 * where there is none. `CHROMIUM_PATH=npm` goes straight for that one.
 *
 * @throws Error that says what to install when no browser can be had
 */
export function findBrowser(): FoundBrowser {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen === "npm") return fetchFromNpm();
  if (chosen) {
    if (!fs.existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist.`);
    return { executablePath: chosen, source: "CHROMIUM_PATH", env: {} };
  }
  const own = playwrightBrowser();
  if (own !== undefined) return { executablePath: own, source: "playwright", env: {} };
  const installed = installedBrowser();
  if (installed !== undefined) return { executablePath: installed, source: "installed", env: {} };
  return fetchFromNpm();
}

/** Starts the browser that {@link findBrowser} finds, headless. */
export async function launchBrowser(options: Pick<LaunchOptions, "args"> = {}): Promise<Browser> {
  const found = findBrowser();
  const sandboxless = process.platform === "linux" && (process.getuid?.() === 0 || fs.existsSync("/.dockerenv"));
  return chromium.launch({
    executablePath: found.executablePath,
    // Of a system without a language some browsers make one that no formatter knows (en-US@posix): the plots' throws.
    env: { ...process.env, LC_ALL: "en_US.UTF-8", ...found.env },
    args: [...launchArguments, ...(sandboxless ? ["--no-sandbox"] : []), ...(options.args ?? [])],
  });
}

function playwrightBrowser(): string | undefined {
  try {
    const executable = chromium.executablePath();
    return fs.existsSync(executable) ? executable : undefined;
  } catch {
    return undefined; // A platform that playwright has no browser for.
  }
}

function installedBrowser(): string | undefined {
  return installedCandidates().find((file) => fs.existsSync(file) && !isSnapStub(file));
}

function installedCandidates(): string[] {
  switch (process.platform) {
    case "darwin":
      return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case "win32":
      return ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
        .flatMap((variable) => process.env[variable] ?? [])
        .flatMap((base) => [
          path.join(base, "Google", "Chrome", "Application", "chrome.exe"),
          path.join(base, "Microsoft", "Edge", "Application", "msedge.exe"),
          path.join(base, "Chromium", "Application", "chrome.exe"),
        ]);
    default: {
      const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
      const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
      return folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
    }
  }
}

/** Ubuntu's `chromium-browser` is a script that only says to install a snap. */
function isSnapStub(file: string): boolean {
  const largestStubBytes = 4096;
  return fs.statSync(file).size < largestStubBytes && fs.readFileSync(file, "utf8").includes("snap install");
}

function fetchFromNpm(): FoundBrowser {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `No browser for the end-to-end tests was found on this machine (${process.platform} ${process.arch}). Install ` +
        `Google Chrome, Microsoft Edge or Chromium, or set CHROMIUM_PATH to the executable of one.`,
    );
  }
  const unpacked = path.join(toolFolder, "node_modules", ".unpacked");
  installPackages({
    folder: toolFolder,
    announcement: "No browser found: fetching a Chromium from npm (about 67 MB, once) …",
    dependsOn: [import.meta.filename, path.join(toolFolder, "unpack.mjs")],
    finish: () => unpackChromium(unpacked),
  });
  return {
    executablePath: path.join(unpacked, "chromium"),
    source: "npm",
    env: {
      FONTCONFIG_PATH: path.join(unpacked, "fonts"),
      LD_LIBRARY_PATH: [path.join(unpacked, "al2023", "lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":"),
    },
  };
}

function unpackChromium(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const result = spawnSync(process.execPath, [path.join(toolFolder, "unpack.mjs")], {
    // A Lambda runtime's name makes the package bring its own NSS and expat, which a bare Debian lacks.
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`Chromium could not be unpacked:\n${result.stderr}`);
  // The package's own font settings look in /tmp; without any font the browser aborts at the first text.
  const fonts = path.join(folder, "fonts");
  fs.writeFileSync(
    path.join(fonts, "fonts.conf"),
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n` +
      `  <dir>${fonts}</dir>\n  <dir>/usr/share/fonts</dir>\n  <cachedir>${fonts}-cache</cachedir>\n</fontconfig>\n`,
  );
}
