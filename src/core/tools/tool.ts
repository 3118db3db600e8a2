/** What a tool is. Tools only read; what they may see, how long an answer holds and who runs them is not their concern. */
import * as z from "zod";
import type { Folder } from "../engine.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import type { OutlineAnswer, OutlineQuestion } from "../store/survey.ts";
import type { Git } from "../workspace/git.ts";
import type { FolderView } from "./folderWatch.ts";
import type { FileProblem } from "./fileProblems.ts";

export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * What an answer hangs on: exactly the `files` that were read for it; all of the `workspace`; git's `history`, which is
 * HEAD and the index.
 */
export type ToolReads = "files" | "workspace" | "history";

export interface Tool<Parameters = unknown> {
  readonly name: string;
  /** One or two sentences, for whoever chooses among tools. */
  readonly description: string;
  readonly parameters: z.ZodType<Parameters>;
  readonly reads: readonly ToolReads[];
  /** An answer is made anew when it is older, whatever is unchanged. */
  readonly ttlMs: number;
  /** Default {@link DEFAULT_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  /** Of the answer as JSON; default 256 KB. A tool bounds its lists itself: this is for what it did not think of. */
  readonly maxResultBytes?: number;
  /** Settles what names may stand for something else tomorrow, such as a branch, before the answer is looked up. */
  settle?(parameters: Parameters, access: ToolAccess): Promise<unknown>;
  /**
   * @param settled what `settle` has made of the parameters; null without it
   * @returns what JSON can hold
   */
  run(parameters: Parameters, access: ToolAccess, settled: unknown): Promise<unknown>;
}

/** A file of the workspace that a tool may see. */
export interface ToolFile {
  /** As reported. */
  readonly path: string;
  /** In its folder, with `/`. */
  readonly relative: string;
  readonly absolutePath: string;
  readonly folder: Folder;
}

export interface ToolText {
  readonly file: ToolFile;
  /** Secrets are `*`: same length, same lines. */
  readonly text: string;
  /** sha256 of the bytes, hex. */
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly language: string | null;
}

export interface ToolFolder {
  readonly folder: Folder;
  readonly view: FolderView;
  /** By name: never to be shown, also where git remembers it. */
  readonly isDenied: (relative: string) => boolean;
  /** It is trusted, and git sees a repository there. */
  readonly mayRunGit: boolean;
}

/** All that a tool can reach. Everything rejects with the signal's reason once it is aborted. */
export interface ToolAccess {
  readonly signal: AbortSignal;
  /** @throws not-allowed for what is no file of the workspace, is ignored or may hold secrets */
  admit(path: string): Promise<ToolFile>;
  /** @throws not-allowed, unreadable-file */
  read(path: string): Promise<ToolText>;
  /** As `read`, with its secrets in it: for looking something up in it, never for an answer. */
  readRaw(path: string): Promise<ToolText>;
  folders(): Promise<readonly ToolFolder[]>;
  /**
   * git, with the folder that a path lies in and the rest of that path ("." for all of it).
   * @throws not-allowed in a workspace that is not trusted, and where there is no repository
   */
  git(path: string | undefined): Promise<{ readonly git: Git; readonly folder: ToolFolder; readonly within: string }>;
  /** undefined: its language has no outline. Made where it is not stored. */
  outline(text: ToolText): Promise<MeasuredOutline | undefined>;
  ask(question: OutlineQuestion): Promise<OutlineAnswer>;
  /** @throws not-allowed where nobody knows of problems */
  problems(file: ToolFile): Promise<readonly FileProblem[]>;
  /** As `FileProblems.version`. @throws not-allowed */
  problemsVersion(file: ToolFile): string;
}

/** Keeps a tool's parameters typed where it is written, and lets all of them stand in one list. */
export function defineTool<Parameters>(tool: Tool<Parameters>): Tool {
  return tool as Tool;
}

/** JSON schema, for whoever writes calls. */
export function schemaOf(parameters: Tool["parameters"]): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { io: "input" });
  return schema;
}
