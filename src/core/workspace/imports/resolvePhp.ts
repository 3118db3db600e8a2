/** PHP: composer's psr-4 folders by namespace; `require` by path. */
import { asRecord, parseLooseJson } from "./looseJson.ts";
import type { ResolveImport } from "./importResolver.ts";
import { folderOf, joinPath, type PathIndex } from "./pathIndex.ts";
import { resolveInclude } from "./resolveInclude.ts";

interface Root {
  readonly prefix: string;
  readonly folder: string;
}

export function createPhpResolver(index: PathIndex, read: (path: string) => string | undefined): ResolveImport {
  const roots = index
    .named("composer.json")
    .flatMap((file) => composerRoots(folderOf(file), parseLooseJson(read(file)) ?? {}))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (from, source) => {
    if (source.includes("/") || source.endsWith(".php")) {
      return resolveInclude(index, from, source.replace(/^\//, ""));
    }
    const name = source.replace(/^\\/, "");
    for (const { prefix, folder } of roots) {
      if (!name.startsWith(prefix)) continue;
      const path = joinPath(folder, `${name.slice(prefix.length).replaceAll("\\", "/")}.php`);
      if (path !== undefined && index.has(path)) return [path];
    }
    return [];
  };
}

function composerRoots(folder: string, manifest: Readonly<Record<string, unknown>>): Root[] {
  return ["autoload", "autoload-dev"].flatMap((field) =>
    Object.entries(asRecord(asRecord(manifest[field])?.["psr-4"]) ?? {}).flatMap(([prefix, value]) =>
      (Array.isArray(value) ? value : [value]).flatMap((target) => {
        const path = typeof target === "string" ? joinPath(folder, target) : undefined;
        return path === undefined ? [] : [{ prefix, folder: path }];
      }),
    ),
  );
}
