// Real code of many sizes and languages: published packages, pinned in tools/corpus and fetched on first use.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installPackages } from "../../tools/installPackages.ts";

const toolFolder = path.resolve(import.meta.dirname, "../../tools/corpus");

/** The part of each package that holds sources as people write them, or at least as they publish them. */
const sources = {
  /** JavaScript (CommonJS), 6 files. */
  express: "express/lib",
  /** JavaScript and type tests, about 350 files with tests and docs. */
  fastify: "fastify",
  /** JavaScript, about 400 files. */
  eslint: "eslint/lib",
  /** JavaScript (ES modules), about 650 files. */
  three: "three/src",
  /** TypeScript as it is written, 250 files. */
  rxjs: "rxjs/src",
  /** Declarations of many sizes and single files of several megabytes. */
  typescript: "typescript/lib",
  /** Python, about 60 files. */
  "node-gyp": "node-gyp/gyp",
  /** JavaScript, Python, PHP and Go side by side. */
  flatted: "flatted",
  /** Go, 3 files. */
  "vercel-go": "@vercel/go",
} as const;

export type CorpusName = keyof typeof sources;

export interface CorpusCopy {
  folder: string;
  remove(): void;
}

/**
 * @returns absolute folder of a package's sources. It lies under node_modules and is shared: read only.
 * @throws Error when the packages cannot be fetched
 */
function corpus(name: CorpusName): string {
  installPackages({
    folder: toolFolder,
    announcement: "Fetching real code for tests from npm (about 20 MB, once) …",
  });
  return path.join(toolFolder, "node_modules", sources[name]);
}

/** The folder that holds all packages, also those that the named ones depend on. It is shared: read only. */
export function corpusPackages(): string {
  return path.resolve(corpus("eslint"), "../..");
}

/** ESLint's own program, which comes with its sources. */
export function linterProgram(): string {
  return path.resolve(corpus("eslint"), "../bin/eslint.js");
}

/**
 * Copies a package's sources to a temporary folder outside node_modules, without the packages nested in it.
 *
 * @param options.git also make it a git repository with everything in one commit
 */
export function copyCorpus(name: CorpusName, options: { git?: boolean } = {}): CorpusCopy {
  const source = corpus(name);
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-corpus-"));
  const folder = path.join(parent, name);
  fs.cpSync(source, folder, {
    recursive: true,
    filter: (file) => !path.relative(source, file).split(path.sep).includes("node_modules"),
  });
  if (options.git === true) commitEverything(folder);
  return { folder, remove: () => fs.rmSync(parent, { recursive: true, force: true, maxRetries: 5 }) };
}

function commitEverything(folder: string): void {
  const git = (...gitArguments: string[]) =>
    execFileSync("git", ["-c", "core.autocrlf=false", "-c", "commit.gpgSign=false", ...gitArguments], {
      cwd: folder,
      // The same commit id on every machine and run, whatever the person's own git is set to.
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: os.devNull,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Corpus",
        GIT_AUTHOR_EMAIL: "corpus@example.invalid",
        GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
        GIT_COMMITTER_NAME: "Corpus",
        GIT_COMMITTER_EMAIL: "corpus@example.invalid",
        GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all", "--force");
  git("commit", "--quiet", "--no-verify", "--message=Corpus");
}
