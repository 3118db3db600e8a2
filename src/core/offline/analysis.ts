/** What the analysis workers do, in words both threads speak. */
import type { Finding } from "../../shared/report.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";

/** A finding of one content, whatever the file is called: the path is added where it is reported. */
export type ContentFinding = Omit<Finding, "path">;

export interface AnalyzeTask {
  readonly absolutePath: string;
  /** Of the workspace: nothing outside it is read. */
  readonly folder: string;
  /** Language id as in workspace/language.ts. */
  readonly language: string;
  /** Data files (JSON, YAML …) are checked for secrets alone. */
  readonly kind: "source" | "data";
  /** The team's own rules, see UserRules.packed. */
  readonly userRules?: string | undefined;
}

export type AnalyzeResult =
  | {
      readonly ok: true;
      /** sha256 (hex) of the bytes that were read: store under this, not under what the plan expected. */
      readonly contentHash: string;
      readonly findings: readonly ContentFinding[];
      readonly parseMs: number;
      /** What is wrong with the team's own rules, for people. */
      readonly notices?: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

export interface PrepareTask {
  readonly absolutePath: string;
  readonly folder: string;
  /** 1-based first and last line of a chunk; undefined: the whole file. */
  readonly startLine?: number;
  readonly endLine?: number;
}

/** Half-open span in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type PrepareResult =
  | {
      readonly ok: true;
      /** sha256 (hex) of the whole file's bytes as read. */
      readonly contentHash: string;
      /**
       * The unit's text with every secret's characters replaced by `*`: same length, same lines, so that
       * offsets in it are offsets in the file.
       */
      readonly text: string;
      readonly redactions: readonly Span[];
    }
  | { readonly ok: false; readonly message: string };

export interface OutlineTask {
  readonly absolutePath: string;
  readonly folder: string;
  /** One that outlineLanguages.ts knows. */
  readonly language: string;
  /** That is expected; what was read decides. */
  readonly contentHash: string;
}

export type OutlineResult =
  | {
      readonly ok: true;
      /** sha256 (hex) of the bytes that were read. */
      readonly contentHash: string;
      /** Secrets in its signatures are `*`: they may be sent. */
      readonly outline: MeasuredOutline;
    }
  | { readonly ok: false; readonly message: string };

export type RedactResult =
  | { readonly ok: true; /** Same length, same lines: every secret's characters are `*`. */ readonly text: string }
  | { readonly ok: false; readonly message: string };

/** At most two worker threads; started on first use. */
export interface AnalysisPool {
  /** Starts the threads ahead of the first task, where one is certain to come. */
  warmUp(): void;
  analyze(tasks: readonly AnalyzeTask[], signal?: AbortSignal): Promise<AnalyzeResult[]>;
  prepare(task: PrepareTask, signal?: AbortSignal): Promise<PrepareResult>;
  /** In the order of the tasks. */
  outline(tasks: readonly OutlineTask[], signal?: AbortSignal): Promise<OutlineResult[]>;
  /** Takes secrets out of a text that is no file's: what goes to a model beside units. */
  redact(text: string, signal?: AbortSignal): Promise<RedactResult>;
  dispose(): Promise<void>;
}
