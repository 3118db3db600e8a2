/** Real files that defects are planted in: sources that installed packages carry, and a few that come with this folder. */
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Host {
  /** Relative to the folder it was found in. */
  readonly name: string;
  readonly text: string;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const corpus = "tools/corpus/node_modules";
const editor = "tools/vscode/node_modules";

/** No npm package at hand carries Java, Ruby or Rust: those files lie in hosts/. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  javascript: [`${corpus}/eslint/lib/rules/*.js`, `${corpus}/express/lib/*.js`],
  typescript: ["node_modules/zod/src/v4/core/*.ts", "node_modules/openai/src/{core,internal,lib}/*.ts"],
  python: [`${corpus}/node-gyp/gyp/pylib/{gyp,packaging}/*.py`, `${corpus}/flatted/python/flatted.py`],
  go: [`${corpus}/flatted/golang/**/*.go`, `${corpus}/@vercel/go/*.go`],
  java: ["bench/recall/hosts/*.java"],
  rust: ["bench/recall/hosts/*.rs"],
  csharp: [`${corpus}/node-gyp/lib/*.cs`, "bench/recall/hosts/*.cs"],
  c: [`${editor}/argon2/argon2/src/**/*.c`, `tools/chromium/node_modules/bare-*/binding.c`],
  cpp: [`${editor}/@parcel/watcher/src/**/*.cc`, `${editor}/argon2/*.cpp`],
  php: [`${corpus}/flatted/php/*.php`, "bench/recall/hosts/*.php"],
  ruby: ["bench/recall/hosts/*.rb"],
  shellscript: [
    "node_modules/playwright-core/bin/*.sh",
    `${editor}/code-server/*.sh`,
    `${editor}/code-server/lib/vscode/bin/helpers/*.sh`,
    `${editor}/jschardet/scripts/*.sh`,
  ],
  powershell: [
    "node_modules/playwright-core/bin/*.ps1",
    `${editor}/code-server/lib/vscode/out/vs/workbench/contrib/terminal/common/scripts/*.ps1`,
  ],
};

const ENDINGS: Readonly<Record<string, string>> = {
  java: "java",
  rust: "rs",
  csharp: "cs",
  php: "php",
  ruby: "rb",
  go: "go",
};

/** A file without a function or two has no place for a defect, one of many pages takes long to read. */
const MIN_LENGTH = 800;
const MAX_LENGTH = 12_000;
const MOST_HOSTS = 8;

/**
 * @param more a folder with further sources, looked through at any depth, in place of the few that come along
 * @returns up to eight files, spread over all there are
 */
export function readHosts(language: string, more?: string): Host[] {
  const ending = ENDINGS[language];
  const further = more !== undefined && ending !== undefined ? readAll([`**/*.${ending}`], more) : [];
  const files = further.length >= MOST_HOSTS ? further : readAll(PATTERNS[language] ?? [], root);
  const step = Math.max(1, files.length / MOST_HOSTS);
  return Array.from({ length: Math.min(MOST_HOSTS, files.length) }, (_, index) => files[Math.floor(index * step)]!);
}

function readAll(patterns: readonly string[], folder: string): Host[] {
  return [...patterns]
    .flatMap((pattern) => globSync(pattern, { cwd: folder }))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, "utf8").replaceAll("\r\n", "\n") }))
    .filter(({ text }) => text.length >= MIN_LENGTH && text.length <= MAX_LENGTH);
}
