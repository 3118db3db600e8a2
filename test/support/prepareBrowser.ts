// Runs once before all tests of pages, outside the test workers: npm blocks its process for as long as it fetches.
import { findBrowser } from "./vscode/findBrowser.ts";

export function setup(): void {
  findBrowser();
}
