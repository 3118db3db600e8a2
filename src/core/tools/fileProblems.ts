/** What a compiler or a linter says of a file, wherever it comes from. */
import type { Folder } from "../engine.ts";

export interface FileProblem {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning" | "info";
  /** Who says it; "" where nobody is named. */
  readonly source: string;
  readonly code: string;
  readonly message: string;
}

/** The editor's own, or a checker that is run. */
export interface FileProblems {
  /** Another one: other problems are known of the file than before, though no file has changed. */
  version(absolutePath: string): string;
  /** @param generation of the workspace: the same means that no file has changed */
  of(
    file: { readonly absolutePath: string; readonly folder: Folder },
    generation: number,
    signal: AbortSignal,
  ): Promise<readonly FileProblem[]>;
}
