/** Who uses whom, and with which symbols. One changed file costs its own edges alone. */
import type { ImportResolver } from "../imports/importResolver.ts";
import type { Outline, OutlineImport } from "../outline/outline.ts";

export interface Dependency {
  readonly path: string;
  /** Names of the other file's symbols that are used here, sorted; `*` where any may be. */
  readonly symbols: readonly string[];
}

export interface DependencyGraph {
  /** Puts a file's edges in place of those it had. */
  set(path: string, language: string, outline: Outline): void;
  remove(path: string): void;
  /** By path. */
  dependenciesOf(path: string): readonly Dependency[];
  /** Paths of the files that use it, sorted. */
  usersOf(path: string): readonly string[];
  fanIn(path: string): number;
  /** Groups of files that use each other in a circle, each sorted, in the order of their first. */
  cycles(): readonly (readonly string[])[];
}

/** Made anew when files come or go: what an import stands for may change with them. */
export function createDependencyGraph(resolver: ImportResolver): DependencyGraph {
  const edges = new Map<string, readonly Dependency[]>();
  const users = new Map<string, Set<string>>();
  const remove = (path: string) => {
    for (const { path: used } of edges.get(path) ?? []) users.get(used)?.delete(path);
    edges.delete(path);
  };
  return {
    set(path, language, outline) {
      remove(path);
      const list = listDependencies(resolver, path, language, outline);
      edges.set(path, list);
      for (const { path: used } of list) {
        const known = users.get(used) ?? new Set();
        users.set(used, known.add(path));
      }
    },
    remove,
    dependenciesOf: (path) => edges.get(path) ?? [],
    usersOf: (path) => [...(users.get(path) ?? [])].toSorted(),
    fanIn: (path) => users.get(path)?.size ?? 0,
    cycles: () => stronglyConnected(edges),
  };
}

/** What a file imports from the workspace, by path. */
export function listDependencies(
  resolver: ImportResolver,
  from: string,
  language: string,
  { imports }: Outline,
): Dependency[] {
  const found = new Map<string, Set<string>>();
  for (const one of imports) {
    const wanted = one.names.map(({ name }) => name);
    for (const path of resolver.resolve(from, language, one.source, wanted)) {
      const symbols = found.get(path) ?? new Set();
      for (const name of one.used) for (const symbol of symbolsOf(name, path, one)) symbols.add(symbol);
      found.set(path, symbols);
    }
  }
  return [...found]
    .map(([path, symbols]) => ({ path, symbols: [...symbols].toSorted() }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Python's `from package import module`: what is asked of the name are the module's own symbols. */
function symbolsOf(name: string, path: string, { members }: OutlineImport): string[] {
  const isModule = [`/${name}.py`, `/${name}/__init__.py`].some((ending) => `/${path}`.endsWith(ending));
  if (!isModule) return [name];
  const asked = members.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1));
  return asked.length > 0 ? asked : ["*"];
}

/** Tarjan's algorithm with a stack of its own: a chain of a hundred thousand files must not overflow the thread's. */
function stronglyConnected(edges: ReadonlyMap<string, readonly Dependency[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  const enter = (path: string) => {
    order.set(path, order.size);
    low.set(path, order.get(path)!);
    open.push(path);
    isOpen.add(path);
    return { path, next: 0 };
  };
  for (const start of [...edges.keys()].toSorted()) {
    const calls = order.has(start) ? [] : [enter(start)];
    while (calls.length > 0) {
      const call = calls.at(-1)!;
      const target = edges.get(call.path)?.[call.next++]?.path;
      if (target !== undefined) {
        if (!order.has(target)) calls.push(enter(target));
        else if (isOpen.has(target)) low.set(call.path, Math.min(low.get(call.path)!, order.get(target)!));
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller) low.set(caller.path, Math.min(low.get(caller.path)!, low.get(call.path)!));
      if (low.get(call.path) !== order.get(call.path)) continue;
      const group = open.splice(open.lastIndexOf(call.path));
      for (const path of group) isOpen.delete(path);
      if (group.length > 1) groups.push(group.toSorted());
    }
  }
  return groups.toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1));
}
