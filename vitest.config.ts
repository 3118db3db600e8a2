import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        // Workers are started from their TypeScript source, which Node itself runs: no build is needed.
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}", "test/contract/**/*.test.ts"],
          testTimeout: 20_000,
          pool: "forks",
        },
      },
      {
        // The built command line as a process of its own.
        test: {
          name: "cli",
          include: ["test/cli/**/*.test.ts"],
          pool: "forks",
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/support/vscode/prepare.ts",
          // A server, an extension host and a browser fill a small machine: one file, one test after the other.
          pool: "forks",
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // For what the window shows: a busy machine may take its time, and nothing waits longer than it must.
          expect: { poll: { timeout: 60_000 } },
          retry: 0,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
