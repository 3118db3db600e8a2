/** JavaScript and TypeScript: relative paths, tsconfig's paths, and the workspace's own packages by name. */
import { asRecord, parseLooseJson } from "./looseJson.ts";
import type { ResolveImport } from "./importResolver.ts";
import { folderOf, foldersUp, joinPath, type PathIndex } from "./pathIndex.ts";
import { createTsconfigReader } from "./tsconfig.ts";
import { matchPattern } from "./matchPattern.ts";

type Manifest = Readonly<Record<string, unknown>>;
interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
}

const EXTENSIONS = [
  "ts",
  "tsx",
  "d.ts",
  "mts",
  "cts",
  "d.mts",
  "d.cts",
  "js",
  "jsx",
  "mjs",
  "cjs",
  "json",
  "vue",
  "svelte",
];
/** What the compiler writes → what people write. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  js: ["ts", "tsx", "d.ts", "jsx"],
  jsx: ["tsx"],
  mjs: ["mts", "d.mts"],
  cjs: ["cts", "d.cts"],
};
const CONDITIONS = ["source", "types", "import", "module", "node", "require", "default", "browser"];

export function createEcmascriptResolver(index: PathIndex, read: (path: string) => string | undefined): ResolveImport {
  const mappingOf = createTsconfigReader(index, read);
  const manifests = new Map<string, Manifest | undefined>();
  const manifestIn = (folder: string): Manifest | undefined => {
    const file = folder === "" ? "package.json" : `${folder}/package.json`;
    if (!manifests.has(file)) manifests.set(file, parseLooseJson(read(file)));
    return manifests.get(file);
  };
  let packages: Map<string, Package> | undefined;
  const packageNamed = (name: string) => (packages ??= listPackages(index, manifestIn)).get(name);
  const first = (candidates: readonly (string | undefined)[]): string[] => {
    for (const candidate of candidates) {
      const file = candidate === undefined ? undefined : fileFor(index, candidate, manifestIn);
      if (file !== undefined) return [file];
    }
    return [];
  };
  return (from, written) => {
    const source = written.replace(/[?#](?=.).*$/s, (rest) => (written.startsWith("#") ? rest : ""));
    const folder = folderOf(from);
    if (/^\.{1,2}(\/|$)/.test(source)) return first([joinPath(folder, source)]);
    if (source.startsWith("#")) return first(privateImport(folder, source, manifestIn));
    const mapping = mappingOf(folder);
    const mapped = mapping ? first(mappedPaths(mapping.base, mapping.paths, source)) : [];
    if (mapped.length > 0) return mapped;
    const [, name = "", rest = ""] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(source) ?? [];
    const own = packageNamed(name);
    if (own) return first(packageEntries(own, rest));
    return mapping?.hasBaseUrl === true ? first([joinPath(mapping.base, source)]) : [];
  };
}

function fileFor(
  index: PathIndex,
  path: string,
  manifestIn: (folder: string) => Manifest | undefined,
): string | undefined {
  const dot = path.lastIndexOf(".");
  const written = path.slice(dot + 1);
  const stem = path.slice(0, dot);
  const candidates = [
    // A declaration beside its implementation says less than it.
    ...(index.has(path) ? [path] : []),
    ...(Object.hasOwn(SOURCES, written) ? SOURCES[written]! : []).map((extension) => `${stem}.${extension}`),
    ...EXTENSIONS.map((extension) => `${path}.${extension}`),
  ];
  const file = candidates.find((one) => index.has(one));
  if (file !== undefined) return file;
  const main = manifestIn(path)?.["main"];
  const entry = typeof main === "string" ? joinPath(path, main) : undefined;
  const prefix = path === "" ? "" : `${path}/`;
  return [
    ...(entry === undefined ? [] : [entry, ...EXTENSIONS.map((extension) => `${entry}.${extension}`)]),
    ...EXTENSIONS.map((extension) => `${prefix}index.${extension}`),
  ].find((one) => index.has(one));
}

function mappedPaths(base: string, paths: ReadonlyMap<string, readonly string[]>, source: string) {
  const best = [...paths]
    .map(([pattern, targets]) => ({ pattern, targets, star: matchPattern(pattern, source) }))
    .filter(({ star }) => star !== undefined)
    .toSorted((a, b) => b.pattern.indexOf("*") - a.pattern.indexOf("*") || b.pattern.length - a.pattern.length)[0];
  return (
    best?.targets.map((target) =>
      joinPath(
        base,
        target.replace("*", () => best.star!),
      ),
    ) ?? []
  );
}

function privateImport(folder: string, source: string, manifestIn: (folder: string) => Manifest | undefined) {
  for (const at of foldersUp(folder)) {
    const imports = asRecord(manifestIn(at)?.["imports"]);
    if (imports) return targetsOf(imports, source).map((target) => joinPath(at, target));
  }
  return [];
}

function listPackages(index: PathIndex, manifestIn: (folder: string) => Manifest | undefined): Map<string, Package> {
  const packages = new Map<string, Package>();
  for (const file of index.named("package.json")) {
    const folder = folderOf(file);
    const manifest = manifestIn(folder);
    const name = manifest?.["name"];
    if (manifest && typeof name === "string" && !packages.has(name)) packages.set(name, { folder, manifest });
  }
  return packages;
}

function packageEntries({ folder, manifest }: Package, rest: string): (string | undefined)[] {
  const exports = manifest["exports"];
  const table = asRecord(exports);
  const isTable = table !== undefined && Object.keys(table).some((key) => key.startsWith("."));
  const listed = isTable ? targetsOf(table, `.${rest}`) : rest === "" ? conditionTargets(exports) : [];
  const fields = rest === "" ? ["source", "module", "main", "types"].map((field) => manifest[field]) : [];
  const targets = [...listed, ...fields.filter((one) => typeof one === "string")];
  // Built files are not in the snapshot: what they are built from mostly lies under src, called the same.
  const sources = targets.map((target) => target.replace(/^(\.\/)?(dist|lib|build|out)\//, "./src/"));
  const direct = rest === "" ? ["./src/index", "."] : [`.${rest}`, `./src${rest}`];
  return [...targets, ...sources, ...direct].map((target) => joinPath(folder, target));
}

function targetsOf(table: Manifest, source: string): string[] {
  if (Object.hasOwn(table, source)) return conditionTargets(table[source]);
  const best = Object.keys(table)
    .filter((pattern) => pattern.includes("*") && matchPattern(pattern, source) !== undefined)
    .toSorted((a, b) => b.indexOf("*") - a.indexOf("*"))[0];
  if (best === undefined) return [];
  const star = matchPattern(best, source)!;
  return conditionTargets(table[best]).map((target) => target.replaceAll("*", () => star));
}

/** Every file that conditions may lead to, in the order of their use for a reader of source. */
function conditionTargets(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(conditionTargets);
  const conditions = asRecord(value);
  if (!conditions) return [];
  return CONDITIONS.flatMap((name) => (Object.hasOwn(conditions, name) ? conditionTargets(conditions[name]) : []));
}
