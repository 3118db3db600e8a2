/** The tools of one workspace, with the cache that they share. */
import { OnceoverError } from "../../shared/errors.ts";
import type { Folder } from "../engine.ts";
import { sha256 } from "../review/keys.ts";
import { outlineVersion } from "../workspace/outline/outlineVersion.ts";
import { outlineLanguage } from "../workspace/outline/outlineLanguages.ts";
import { createGit } from "../workspace/git.ts";
import { withOutlines, type Planning } from "../review/planRun.ts";
import { createFileVersions, type FileVersionsOptions } from "./fileVersions.ts";
import type { FileProblems } from "./fileProblems.ts";
import { createFolderWatch, type FolderWatch } from "./folderWatch.ts";
import { historyFiles } from "./gitFolders.ts";
import { createGuard, type Dependency } from "./guard.ts";
import { TOOLS } from "./registry.ts";
import type { Tool, ToolAccess, ToolFolder } from "./tool.ts";
import { createToolCache } from "./toolCache.ts";
import type { ToolFigures } from "./toolFigures.ts";
import { createToolRunner, type ToolReply } from "./toolRunner.ts";

export interface ToolsWorkspace {
  readonly folders: readonly Folder[];
  /** Untrusted: no process is started, so that git's tools refuse. */
  readonly trusted: boolean;
  /**
   * True: where no editor knows of problems, the workspace's own TypeScript is run for them, if it is trusted. Missing:
   * no.
   */
  readonly mayCheckTypes?: boolean;
}

export interface Tools {
  /** See {@link ToolReply}. Any number at once. */
  call(name: string, parameters: unknown, signal?: AbortSignal): Promise<ToolReply>;
  figures(): { readonly tools: readonly ToolFigures[]; readonly cacheBytes: number };
  /** Ends what is under way. The engine's own parts stay. */
  dispose(): void;
}

export interface OpenToolsOptions {
  readonly workspace: ToolsWorkspace;
  readonly planning: Planning;
  readonly exclude: readonly string[];
  /** undefined: nobody knows of problems. */
  readonly problems?: FileProblems | undefined;
  /** Default 32 MB. */
  readonly maxCacheBytes?: number;
  /** Stands in for the file system's stamps. */
  readonly stateOf?: FileVersionsOptions["stateOf"];
  readonly tools?: readonly Tool[];
}

export function openTools(options: OpenToolsOptions): Tools {
  const { workspace, planning, tools = TOOLS } = options;
  const { clock } = planning.ports;
  const closing = new AbortController();
  const ownGit = workspace.trusted ? createGit(closing.signal) : undefined;
  const versions = createFileVersions({ now: () => clock.now(), ...(options.stateOf && { stateOf: options.stateOf }) });
  const watches = workspace.folders.map((folder) =>
    createFolderWatch({ folder, git: ownGit, exclude: options.exclude, versions }),
  );
  const redact = async (text: string, signal: AbortSignal) => {
    const result = await planning.pool.redact(text, signal);
    if (result.ok) return result.text;
    // What cannot be searched for secrets is not shown.
    throw new OnceoverError("internal", `The answer could not be searched for secrets: ${result.message}`);
  };
  const guard = createGuard({ watches, versions, redact });
  const generation = createGeneration(watches);
  const cache = createToolCache({
    maxBytes: options.maxCacheBytes ?? 32 * 1024 * 1024,
    versions,
    guard,
    generation,
    monotonicMs: () => clock.monotonicMs(),
  });

  const historyDependencies = async () => {
    const all = await Promise.all(watches.map((watch) => watch.gitFolders()));
    const files = all.flatMap((one) => (one ? historyFiles(one) : []));
    return files.map((file): Dependency => ({
      absolutePath: file,
      version: versions.look(file).version,
      member: null,
    }));
  };

  const lookAt = async ({ folder, look, isDenied, gitFolders }: FolderWatch): Promise<ToolFolder> => {
    const view = await look();
    return { folder, view, isDenied, mayRunGit: workspace.trusted && (await gitFolders()) !== undefined };
  };

  const accessFor = (signal: AbortSignal, note: (dependency: Dependency) => void): ToolAccess => {
    const readRaw = (path: string) => guard.readRaw(path, note);
    return {
      signal,
      admit: (path) => guard.admit(path),
      readRaw,
      read: async (path) => guard.redacted(await readRaw(path), signal),
      folders: () => Promise.all(watches.map(lookAt)),
      async git(path) {
        if (!workspace.trusted) throw untrusted();
        if (path === undefined && watches.length > 1) throw whichFolder(workspace.folders);
        const { watch, relative } = guard.place(path ?? "");
        const folder = await lookAt(watch);
        if (folder.isDenied(relative)) throw denied();
        if (!folder.mayRunGit) throw noRepository();
        return { git: createGit(signal), folder, within: relative || "." };
      },
      outline: (text) => outlineOf(planning, text, signal),
      ask: (question) => {
        const request = { folders: workspace.folders, trusted: workspace.trusted };
        return withOutlines(planning, request, signal, (store, asked) =>
          store.ask({ ...asked, include: [] }, question, signal),
        );
      },
      async problems(file) {
        return problemsOf(options).of(file, await generation(), signal);
      },
      problemsVersion: ({ absolutePath }) => sha256(problemsOf(options).version(absolutePath)),
    };
  };

  const runner = createToolRunner({ tools, cache, clock, generation, accessFor, historyDependencies, redact });
  return {
    call: (name, parameters, signal) => runner.call(name, parameters, signal),
    figures: () => ({ tools: runner.figures(), cacheBytes: cache.sizeBytes }),
    dispose() {
      closing.abort(new OnceoverError("cancelled", "The tools were closed."));
      runner.dispose();
    },
  };
}

/** Of all folders together: what rises in one of them rises here. */
function createGeneration(watches: readonly { look(): Promise<{ readonly generation: number }> }[]) {
  return async () => {
    const views = await Promise.all(watches.map((watch) => watch.look()));
    return views.reduce((sum, view) => sum + view.generation, 0);
  };
}

/** The stored one, by content: the same that a review's signatures come from. */
async function outlineOf(
  { store, pool, ports }: Planning,
  { file, contentHash, language }: Parameters<ToolAccess["outline"]>[0],
  signal: AbortSignal,
): ReturnType<ToolAccess["outline"]> {
  if (language === null || !outlineLanguage(language)) return undefined;
  const version = outlineVersion();
  const stored = await store.outline(contentHash, language, version);
  if (stored) return stored;
  const task = { absolutePath: file.absolutePath, folder: file.folder.path, language, contentHash };
  const [made] = await pool.outline([task], signal);
  if (!made?.ok || made.contentHash !== contentHash) {
    ports.logger.debug("A file could not be outlined, or has changed meanwhile.");
    throw new OnceoverError("unreadable-file", "It could not be outlined, or has just changed.", {
      advice: "Ask again.",
    });
  }
  await store.saveOutlines([{ contentHash, language, outlineVersion: version, outline: made.outline }]);
  return made.outline;
}

function problemsOf({ problems }: OpenToolsOptions): FileProblems {
  if (problems) return problems;
  throw new OnceoverError("not-allowed", "No checker is asked here.", {
    advice: "On the command line, in a folder that you trust: add --diagnostics",
  });
}

function untrusted(): OnceoverError {
  return new OnceoverError("not-allowed", "git is not run in a workspace that is not trusted.", {
    advice: "Trust the workspace.",
  });
}

function denied(): OnceoverError {
  return new OnceoverError("not-allowed", "The path is ignored, or may hold credentials.", {
    advice: "Name a file as list_files does.",
  });
}

function noRepository(): OnceoverError {
  return new OnceoverError("not-allowed", "git sees no repository there.", { advice: "Name a folder that is in one." });
}

function whichFolder(folders: readonly Folder[]): OnceoverError {
  const names = folders.map(({ prefix }) => prefix.slice(0, -1)).join(", ");
  return new OnceoverError("usage", "There are several folders.", { advice: `Add a path: ${names}.` });
}
