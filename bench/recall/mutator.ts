/** A defect as programmers write it, in as many shapes as come to mind from what a rule's page promises. */

/** Rule pages claim families; a family may serve several languages, see `familiesOf`. */
export type Family =
  | "bash"
  | "c"
  | "cpp"
  | "csharp"
  | "ecmascript"
  | "go"
  | "java"
  | "php"
  | "powershell"
  | "python"
  | "ruby"
  | "rust"
  | "typescript";

/**
 * Code with two spaces a level. `‹value›` stands for a name (see names.ts), the same one wherever it is repeated;
 * `«` and `»` surround the defect: their lines are those where it must be found.
 */
export type Shape = string | DeclarationShape | StatementShape;

/** A statement that means nothing without an import. */
export interface StatementShape {
  readonly statement: string;
  readonly imports: string;
}

/** A function or type of its own: planted where those stand, not between statements. */
export interface DeclarationShape {
  readonly declaration: string;
  /** Written behind the file's package clause (Go, Java). */
  readonly imports?: string;
}

export interface Mutator {
  readonly rule: string;
  /** The sentence of the rule's page that the shapes are held against. */
  readonly promise: string;
  readonly shapes: Readonly<Partial<Record<Family, readonly Shape[]>>>;
}

const FAMILIES: Readonly<Record<string, readonly Family[]>> = {
  javascript: ["ecmascript"],
  typescript: ["ecmascript", "typescript"],
  python: ["python"],
  go: ["go"],
  java: ["java"],
  rust: ["rust"],
  csharp: ["csharp"],
  c: ["c"],
  cpp: ["c", "cpp"],
  php: ["php"],
  ruby: ["ruby"],
  shellscript: ["bash"],
  powershell: ["powershell"],
};

/** Language ids that recall is measured for. */
export const LANGUAGES: readonly string[] = Object.keys(FAMILIES);

export function familiesOf(language: string): readonly Family[] {
  return FAMILIES[language] ?? [];
}

/** Marks a shape as one that stands where functions and types do. */
export function declaration(code: string): DeclarationShape {
  return { declaration: code };
}

/** @param line stands at the head of the file that one of the shapes is planted in */
export function withImport(line: string, shapes: readonly (string | DeclarationShape)[]): Shape[] {
  return shapes.map((shape) =>
    typeof shape === "string" ? { statement: shape, imports: line } : { ...shape, imports: line },
  );
}
