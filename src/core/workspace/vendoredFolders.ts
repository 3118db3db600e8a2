/**
 * Others' code that is kept in the repository under an ordinary name: its folder says so by what lies in it. Names alone
 * decide, so the answer needs no content and is the same on every machine.
 */
import { createPackageCheck } from "./foreignPackages.ts";
import { isChipMakers, isKit } from "./kitFolders.ts";
import { isOfLibrary, isWholeLibrary } from "./knownLibraries.ts";
import { isFullShelf, SHELF } from "./libraryShelves.ts";

/** Whether a path, relative to the workspace folder and with `/`, lies in such a folder. */
export type VendoredCheck = (path: string) => boolean;

/** The names of what lies directly in a folder of the workspace, itself ""; folders with `/` at the end. */
export type NamesIn = (folder: string) => readonly string[];

/** `license.ts` is code about licences. */
const LICENCE =
  /^(licen[sc]e|copying|unlicense)([._-](md|txt|rst|html?|adoc|lesser|lib|(mit|bsd|apache|a?l?gpl|mpl|isc|bsl|zlib)[\w.-]*|\d[\d.]*))*$/i;
/** What only a package that was unpacked into its place carries. */
const UNPACKED = /^(PKG-INFO|\.bower\.json)$/;
/** A part of the product has one too, if it is a package of its own. */
const MANIFEST =
  /^(package\.json|composer\.json|Cargo\.toml|go\.mod|pyproject\.toml|setup\.(py|cfg)|pom\.xml|build\.gradle(\.kts)?|mix\.exs|pubspec\.yaml|Package\.swift|[^/]+\.(gemspec|csproj|fsproj|vbproj|podspec|cabal))$/;
/** The root lists its packages, wherever they lie. */
const WORKSPACE = /^(pnpm-workspace\.yaml|lerna\.json|nx\.json|turbo\.json|rush\.json|go\.work)$/;

/** What lies in these are parts of the product, with a licence of their own or not. */
const PARTS =
  /^(.+[-_])?(packages|apps?|applications|web|crates|modules|plugins?|extensions?|addons|themes?|skins?|templates?|tpl|services?|sdks?|clients?|projects?|components?|charts|integrations?|drivers|providers|contrib|bindings|connectors|functions|actions|src|sources?|main|java)$/i;
/** A licence in these is the product's, or that of pictures and texts. */
const NO_PACKAGE =
  /^(src|sources?|main|java|app|server|client|core|libs?|api|web|www|backend|frontend|public|static|assets|resources|res|images?|img|icons?|fonts?|media|docs?|documentation|META-INF|legal|licen[sc]es?|conf|config|etc|build|bin|dist|release|debian|packaging|installers?|data|tests?|ee|enterprise|pro|premium|cloud|commercial)$/i;

/** @param askNames asked once for each folder on the way to a path, and for those beside it that tell what it is */
export function createVendoredCheck(askNames: NamesIn): VendoredCheck {
  const asked = new Map<string, readonly string[]>();
  const namesIn: NamesIn = (folder) => {
    const names = asked.get(folder) ?? askNames(folder);
    asked.set(folder, names);
    return names;
  };
  const root = namesIn("");
  const isWorkspace = root.some((name) => WORKSPACE.test(name));
  const rootManifests = new Set(root.filter((name) => MANIFEST.test(name)));
  const known = new Map<string, boolean>([["", false]]);
  const isKitItself = isChipMakers(root);
  const isForeign = createPackageCheck(namesIn);

  const isVendored = (folder: string): boolean => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const answer = isVendored(parentOf(folder)) || isPackage(folder) || isLibrary(folder) || isForeign(folder);
    known.set(folder, answer);
    return answer;
  };

  const isLibrary = (folder: string): boolean => {
    const names = namesIn(folder);
    if (isFullShelf(folder, names)) return true;
    // Folders at the top are the product's parts.
    return parentOf(folder) !== "" && !isKitItself && (isWholeLibrary(folder, names) || isKit(folder, namesIn));
  };

  const isPackage = (folder: string): boolean => {
    const names = namesIn(folder);
    if (names.some((name) => UNPACKED.test(name))) return true;
    const [own, parent] = [lastName(folder), lastName(parentOf(folder))];
    if (parent === "" || NO_PACKAGE.test(own) || PARTS.test(parent)) return false;
    if (!names.some((name) => LICENCE.test(name))) return false;
    const manifests = names.filter((name) => MANIFEST.test(name));
    if (manifests.length === 0) return true;
    return SHELF.test(parent) && !isWorkspace && !manifests.some((name) => rootManifests.has(name));
  };

  return (path) => {
    const folder = parentOf(path);
    if (isVendored(folder)) return true;
    return folder.includes("/") && !isKitItself && isOfLibrary(lastName(path), folder, namesIn(folder));
  };
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const lastName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Of a whole listing, relative to the workspace folder. */
export function namesOf(paths: readonly string[]): NamesIn {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    let end = path.length;
    while (end > 0) {
      const slash = path.lastIndexOf("/", end - 1);
      const folder = path.slice(0, Math.max(0, slash));
      const known = names.get(folder) ?? new Set<string>();
      names.set(folder, known);
      const name = path.slice(slash + 1, end) + (end < path.length ? "/" : "");
      if (known.has(name)) break;
      known.add(name);
      end = slash;
    }
  }
  return (folder) => [...(names.get(folder) ?? [])];
}
