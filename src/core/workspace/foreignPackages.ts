/** Sources of another organisation: packages of Java and Kotlin are named after whoever writes them. */
import type { NamesIn } from "./vendoredFolders.ts";

/** A folder under which packages begin. */
const SOURCE_ROOT = /^(java|kotlin|scala|src|sources?|main|test)$/;
const DOMAIN = /^(com|org|net|io|de|eu|edu|gov|uk|fr|nl|ch|at|it|es|pl|cz|ru|br|jp|cn|in|us|ca|au|me|dev|cc|info|biz)$/;
/** `io.github.NAME`: whoever has no domain. */
const HOST = /^(github|gitlab|bitbucket|googlecode|sourceforge)$/;
const PLACEHOLDER = /^(example|sample|demo|test|app|my\w*|company|baeldung)$/;
const SOURCE_FILE = /\.(java|kt)$/;

/** Most of a source root's files belong to one organisation; another has a few of them. */
const OWN_AT_LEAST = 30;
const OWN_SHARE = 0.8;
const FOREIGN_SHARE = 0.06;
/** One file alone often is a patch by the team that has to lie in the package that it patches. */
const FOREIGN_AT_LEAST = 2;
/** `sumavision` and `suma` are one house. */
const SAME_HOUSE = 4;

/** Whether a folder is that of an organisation whose code is foreign among its neighbours': `src/main/java/org/zxing`. */
export type PackageCheck = (folder: string) => boolean;

export function createPackageCheck(namesIn: NamesIn): PackageCheck {
  const roots = new Map<string, ReadonlySet<string>>();
  return (folder) => {
    const parts = folder.split("/");
    const at = parts.length - (HOST.test(parts.at(-2) ?? "") ? 3 : 2);
    if (at < 1 || !DOMAIN.test(parts[at]!) || !SOURCE_ROOT.test(parts[at - 1]!)) return false;
    const root = parts.slice(0, at).join("/");
    const foreign = roots.get(root) ?? foreignIn(root, namesIn);
    roots.set(root, foreign);
    return foreign.has(folder);
  };
}

function foreignIn(root: string, namesIn: NamesIn): ReadonlySet<string> {
  const counts = new Map(organisationsIn(root, namesIn).map((folder) => [folder, countSources(folder, namesIn)]));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [own, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0]);
  if (most < OWN_AT_LEAST || most < all * OWN_SHARE) return new Set();
  const isForeign = ([folder, count]: [string, number]) =>
    count >= FOREIGN_AT_LEAST && count <= most * FOREIGN_SHARE && !isSameHouse(lastName(folder), lastName(own));
  return new Set([...counts].filter(isForeign).map(([folder]) => folder));
}

function organisationsIn(root: string, namesIn: NamesIn): string[] {
  const below = (folder: string, wanted: (name: string) => boolean) =>
    namesIn(folder)
      .filter((name) => name.endsWith("/") && wanted(name.slice(0, -1)))
      .map((name) => `${folder}/${name.slice(0, -1)}`);
  return below(root, (name) => DOMAIN.test(name))
    .flatMap((domain) => below(domain, () => true))
    .flatMap((folder) => (HOST.test(lastName(folder)) ? below(folder, () => true) : [folder]));
}

function countSources(folder: string, namesIn: NamesIn): number {
  return namesIn(folder).reduce((sum, name) => {
    if (name.endsWith("/")) return sum + countSources(`${folder}/${name.slice(0, -1)}`, namesIn);
    return sum + (SOURCE_FILE.test(name) ? 1 : 0);
  }, 0);
}

function isSameHouse(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length, SAME_HOUSE);
  return a.slice(0, length) === b.slice(0, length) || PLACEHOLDER.test(a);
}

const lastName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
