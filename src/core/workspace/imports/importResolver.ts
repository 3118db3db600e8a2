/** Imports as written → workspace files. Runs nothing, reads configuration files only, and never leaves the snapshot. */
import { createPathIndex } from "./pathIndex.ts";
import { createEcmascriptResolver } from "./resolveEcmascript.ts";
import { createGoResolver } from "./resolveGo.ts";
import { resolveInclude } from "./resolveInclude.ts";
import { createPhpResolver } from "./resolvePhp.ts";
import { resolveJava } from "./resolveJava.ts";
import { resolvePython } from "./resolvePython.ts";
import { resolveRuby } from "./resolveRuby.ts";
import { resolveRust } from "./resolveRust.ts";

export interface ResolverInput {
  /** Paths of the snapshot, relative, with `/`. */
  readonly paths: readonly string[];
  /** Text of a small configuration file of the snapshot (tsconfig.json, go.mod …); undefined when it cannot be read. */
  readonly readConfig: (path: string) => string | undefined;
}

export interface ImportResolver {
  /** Workspace files that an import may stand for, sorted; none for what lies outside. `names`: imported ones. */
  resolve(from: string, language: string, source: string, names: readonly string[]): readonly string[];
}

/** Finds the files for one import. Whatever it gives is checked against the snapshot. */
export type ResolveImport = (from: string, source: string, names: readonly string[]) => readonly string[];

export function createImportResolver({ paths, readConfig }: ResolverInput): ImportResolver {
  const index = createPathIndex(paths);
  const config = (path: string) => (index.has(path) ? readConfig(path) : undefined);
  const ecmascript = createEcmascriptResolver(index, config);
  const include: ResolveImport = (from, source) => resolveInclude(index, from, source);
  const resolvers: Readonly<Record<string, ResolveImport>> = {
    typescript: ecmascript,
    typescriptreact: ecmascript,
    javascript: ecmascript,
    javascriptreact: ecmascript,
    python: (from, source, names) => resolvePython(index, from, source, names),
    go: createGoResolver(index, config),
    java: (_, source, names) => resolveJava(index, source, names),
    rust: (from, source) => resolveRust(index, from, source),
    c: include,
    cpp: include,
    shellscript: include,
    powershell: include,
    php: createPhpResolver(index, config),
    ruby: (from, source) => resolveRuby(index, from, source),
  };
  return {
    resolve(from, language, source, names) {
      const found = Object.hasOwn(resolvers, language) ? resolvers[language]!(from, source, names) : [];
      return [...new Set(found)].filter((path) => index.has(path) && path !== from).toSorted();
    },
  };
}
