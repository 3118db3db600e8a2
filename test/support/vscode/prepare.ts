// Runs once before all end-to-end tests, outside the test workers: npm blocks its process for as long as it fetches.
import fs from "node:fs";
import path from "node:path";
import { findBrowser } from "./findBrowser.ts";
import { installVsCode } from "./installVsCode.ts";
import { installedVsix } from "./installedVsix.ts";
import { packagedVsix } from "./packagedVsix.ts";

export function setup(): void {
  installVsCode();
  const browser = findBrowser();
  installedVsix(packagedVsix());
  const vsix = path.relative(process.cwd(), packagedVsix());
  process.stderr.write(`End-to-end tests: ${vsix}, browser from ${browser.source} (${browser.executablePath})\n`);
  fs.mkdirSync("out", { recursive: true });
}
