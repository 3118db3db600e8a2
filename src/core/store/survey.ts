/** What outlines, imports and git's history say of a workspace without a model. */
import type { OutlineTask } from "../offline/analysis.ts";

/** A source file as far as it is known without a model. */
export interface SurveyedFile {
  /** As reported. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly lines: number;
  readonly functions: number;
  /** Of its most complex function. */
  readonly cognitiveComplexity: number;
  /** Files of the workspace that use it. */
  readonly importers: number;
  /** That touched it in the last year; null: unknown. */
  readonly commits: number | null;
  /** Ids of the security rules that have found something in it. */
  readonly sinks: readonly string[];
}

export interface Survey {
  /** Not empty: these have to be made and saved first. */
  readonly missingOutlines: readonly OutlineTask[];
  readonly files: readonly SurveyedFile[];
  /** Files that use each other in a circle. */
  readonly cycles: readonly (readonly string[])[];
}

/** What outlines and the graph of imports can tell of a workspace. Paths as reported. */
export type OutlineQuestion =
  | { readonly kind: "imports" | "importers"; readonly path: string }
  | { readonly kind: "symbols"; readonly query: string; readonly symbolKind: string | null; readonly limit: number };

export interface FoundSymbol {
  readonly path: string;
  readonly name: string;
  readonly kind: string;
  readonly container: string;
  readonly signature: string;
  /** Offset in the file of that content, UTF-16 units. */
  readonly start: number;
  readonly contentHash: string;
}

export interface OutlineAnswer {
  /** Not empty: these have to be made and saved first. */
  readonly missingOutlines: readonly OutlineTask[];
  /** Files that are used, or that use it, with the symbols in question; `*` where any may be. */
  readonly files: readonly { readonly path: string; readonly symbols: readonly string[] }[];
  /** Imports that stand for no file of the workspace, as written, sorted. */
  readonly outside: readonly string[];
  /** Best first. */
  readonly symbols: readonly FoundSymbol[];
  /** Of symbols that fit. */
  readonly total: number;
}
