import path from "node:path";
import { defineConfig } from "vitest/config";

// Every engine starts threads from their TypeScript source, and every start would strip and compile some eighty modules
// anew (four times as long). Inherited by all test processes and their threads; what changes is compiled anew.
process.env["NODE_COMPILE_CACHE"] ??= path.resolve("out/compile-cache");

export default defineConfig({
  test: {
    projects: [
      {
        // Workers are started from their TypeScript source, which Node itself runs: no build is needed.
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}", "test/contract/**/*.test.ts"],
          // A busy machine may take its time, and these tests give way to the windows': no test waits for a clock.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          pool: "forks",
          // The usual leaves one core to a person; on a machine with two that is half of it.
          maxWorkers: "100%",
        },
      },
      {
        // The built command line as a process of its own.
        test: {
          name: "cli",
          include: ["test/cli/**/*.test.ts"],
          pool: "forks",
          maxWorkers: "100%",
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // The built pages in a browser alone, beside the windows of e2e: one at a time, since a browser that root starts
        // gives itself the usual priority.
        test: {
          name: "pages",
          include: ["test/pages/**/*.test.ts"],
          globalSetup: "test/support/prepareBrowser.ts",
          pool: "forks",
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/support/vscode/prepare.ts",
          // A server, an extension host and a browser fill a small machine: with two at a time each takes twice as long, and
          // now and then one waits in vain for the focus or for a key.
          pool: "forks",
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // For what the window shows: a busy machine may take its time, and nothing waits longer than it must.
          expect: { poll: { timeout: 60_000 } },
          retry: 0,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
