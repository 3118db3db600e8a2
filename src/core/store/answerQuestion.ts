/** Answers questions from the stored outlines, the ones that signatures come from, and from the graph of their imports. */
import type { Folder } from "../engine.ts";
import type { Git } from "../workspace/git.ts";
import { createDependencyGraph, listDependencies } from "../workspace/graph/dependencyGraph.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import { createOutlineSources, type OutlineSources } from "./outlineSources.ts";
import { listFolders, snapshotFolders } from "./snapshotFolders.ts";
import type { PlanRequest } from "./plan.ts";
import type { FoundSymbol, OutlineAnswer, OutlineQuestion } from "./survey.ts";
import type { StoreParts } from "./storeParts.ts";

type Answer = Omit<OutlineAnswer, "missingOutlines">;

interface OutlinedFolder {
  readonly folder: Folder;
  readonly outlined: OutlineSources;
  readonly files: ReadonlyMap<string, SnapshotFile>;
}

const NOTHING: Answer = { files: [], outside: [], symbols: [], total: 0 };

export async function answerQuestion(
  parts: StoreParts,
  request: PlanRequest,
  question: OutlineQuestion,
  git: Git,
  now: () => number,
): Promise<OutlineAnswer> {
  const looked = await listFolders(request, git);
  const snapshots = await snapshotFolders(parts, request, looked, now);
  const folders = request.folders.map((folder, at): OutlinedFolder => {
    const files = new Map(snapshots[at]!.files.map((file) => [file.path.slice(folder.prefix.length), file]));
    const fileAt = (relative: string) => files.get(relative);
    const { outlines } = parts;
    const { outlineVersion } = request;
    return {
      folder,
      files,
      outlined: createOutlineSources({ folder, paths: looked.listed[at]!, fileAt, outlines, outlineVersion }),
    };
  });
  const answer = question.kind === "symbols" ? findSymbols(folders, question) : findNeighbours(folders, question);
  const missing = folders.flatMap(({ outlined }) => [...outlined.missing.values()]);
  return { ...answer, missingOutlines: request.withoutMissing ? [] : missing };
}

function findNeighbours(
  folders: readonly OutlinedFolder[],
  { kind, path }: Extract<OutlineQuestion, { path: string }>,
): Answer {
  const place = folders.find(({ folder, files }) => {
    return path.startsWith(folder.prefix) && files.has(path.slice(folder.prefix.length));
  });
  if (!place) return NOTHING;
  const relative = path.slice(place.folder.prefix.length);
  return kind === "imports" ? findImports(place, relative) : findImporters(place, relative);
}

function findImports({ folder, outlined }: OutlinedFolder, relative: string): Answer {
  const file = outlined.measured(relative);
  if (!file) return NOTHING;
  const { resolver } = outlined.sources;
  const files = listDependencies(resolver, relative, file.language, file.outline).map(({ path, symbols }) => ({
    path: folder.prefix + path,
    symbols,
  }));
  const outside = file.outline.imports.filter(({ source, names }) => {
    const wanted = names.map(({ name }) => name);
    return resolver.resolve(relative, file.language, source, wanted).length === 0;
  });
  return { ...NOTHING, files, outside: [...new Set(outside.map(({ source }) => source))].toSorted() };
}

function findImporters({ folder, outlined, files }: OutlinedFolder, relative: string): Answer {
  const graph = createDependencyGraph(outlined.sources.resolver);
  for (const path of files.keys()) {
    const file = outlined.measured(path);
    if (file) graph.set(path, file.language, file.outline);
  }
  const users = graph.usersOf(relative).map((user) => {
    const used = graph.dependenciesOf(user).find(({ path }) => path === relative);
    return { path: folder.prefix + user, symbols: used?.symbols ?? [] };
  });
  return { ...NOTHING, files: users };
}

function findSymbols(
  folders: readonly OutlinedFolder[],
  { query, symbolKind, limit }: Extract<OutlineQuestion, { kind: "symbols" }>,
): Answer {
  const wanted = query.toLowerCase();
  const found: { readonly rank: number; readonly symbol: FoundSymbol }[] = [];
  for (const { folder, outlined, files } of folders) {
    for (const [relative, file] of files) {
      for (const one of outlined.measured(relative)?.outline.symbols ?? []) {
        const rank = rankOf(one.name.toLowerCase(), wanted);
        if (rank === undefined || (symbolKind !== null && one.kind !== symbolKind)) continue;
        const { name, kind, container, signature, start } = one;
        const contentHash = file.content!.hash;
        found.push({
          rank,
          symbol: { path: folder.prefix + relative, name, kind, container, signature, start, contentHash },
        });
      }
    }
  }
  const sorted = found.toSorted((a, b) => a.rank - b.rank || compare(a.symbol, b.symbol));
  return { ...NOTHING, total: found.length, symbols: sorted.slice(0, limit).map(({ symbol }) => symbol) };
}

/** The name itself, its beginning, a part of it; undefined: neither. */
function rankOf(name: string, wanted: string): number | undefined {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(wanted) ? 2 : undefined;
}

function compare(a: FoundSymbol, b: FoundSymbol): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start - b.start;
}
