/** `baseUrl` and `paths` of the nearest tsconfig.json or jsconfig.json, with what it extends. */
import { asRecord, parseLooseJson } from "./looseJson.ts";
import { folderOf, foldersUp, joinPath, type PathIndex } from "./pathIndex.ts";

export interface PathMapping {
  /** Folder that `paths` are relative to, and bare names are looked up in when `hasBaseUrl`. */
  readonly base: string;
  readonly hasBaseUrl: boolean;
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

const DEEPEST = 8;

export function createTsconfigReader(index: PathIndex, read: (path: string) => string | undefined) {
  const mappings = new Map<string, PathMapping | undefined>();
  const load = (file: string, depth = 0): PathMapping | undefined => {
    const config = parseLooseJson(read(file));
    if (!config || depth > DEEPEST) return undefined;
    const own = ownMapping(config, folderOf(file));
    const list = Array.isArray(config["extends"]) ? config["extends"] : [config["extends"]];
    const inherited = list
      .map((parent) => (typeof parent === "string" ? parentFile(index, file, parent) : undefined))
      .map((parent) => (parent === undefined ? undefined : load(parent, depth + 1)))
      .findLast((mapping) => mapping !== undefined);
    if (!own) return inherited;
    if (own.paths.size > 0 || !inherited) return own;
    return inherited.paths.size > 0 && !own.hasBaseUrl ? inherited : { ...own, paths: inherited.paths };
  };
  return (fromFolder: string): PathMapping | undefined => {
    for (const folder of foldersUp(fromFolder)) {
      for (const name of ["tsconfig.json", "jsconfig.json"]) {
        const file = folder === "" ? name : `${folder}/${name}`;
        if (!index.has(file)) continue;
        if (!mappings.has(file)) mappings.set(file, load(file));
        return mappings.get(file);
      }
    }
    return undefined;
  };
}

function parentFile(index: PathIndex, file: string, parent: string): string | undefined {
  if (!parent.startsWith(".")) return undefined;
  const path = joinPath(folderOf(file), parent);
  return path === undefined ? undefined : [path, `${path}.json`, `${path}/tsconfig.json`].find((one) => index.has(one));
}

function ownMapping(config: Readonly<Record<string, unknown>>, folder: string): PathMapping | undefined {
  const options = asRecord(config["compilerOptions"]);
  const baseUrl = options?.["baseUrl"];
  const paths = asRecord(options?.["paths"]);
  if (typeof baseUrl !== "string" && !paths) return undefined;
  const base = typeof baseUrl === "string" ? joinPath(folder, baseUrl) : folder;
  if (base === undefined) return undefined;
  const entries = Object.entries(paths ?? {}).map(([pattern, targets]) => [pattern, strings(targets)] as const);
  return { base, hasBaseUrl: typeof baseUrl === "string", paths: new Map(entries) };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
