/** Which grammar and which query files outline a language, and how it says that a symbol is for others. */
export type ExportRule = "statement" | "noUnderscore" | "uppercase" | "notPrivate" | "pub" | "notStatic" | "all";

export interface OutlineLanguage {
  /** Name of the grammar: `tree-sitter-NAME.wasm`. */
  readonly grammar: string;
  /** Files in `queries`, without `.scm`. */
  readonly queries: readonly string[];
  readonly exports: ExportRule;
}

const LANGUAGES: Readonly<Record<string, OutlineLanguage>> = {
  typescript: { grammar: "typescript", queries: ["ecmascript", "typescript"], exports: "statement" },
  typescriptreact: { grammar: "tsx", queries: ["ecmascript", "typescript", "jsx"], exports: "statement" },
  javascript: { grammar: "javascript", queries: ["ecmascript", "javascript", "jsx"], exports: "statement" },
  javascriptreact: { grammar: "javascript", queries: ["ecmascript", "javascript", "jsx"], exports: "statement" },
  python: { grammar: "python", queries: ["python"], exports: "noUnderscore" },
  go: { grammar: "go", queries: ["go"], exports: "uppercase" },
  java: { grammar: "java", queries: ["java"], exports: "notPrivate" },
  rust: { grammar: "rust", queries: ["rust"], exports: "pub" },
  csharp: { grammar: "c-sharp", queries: ["csharp"], exports: "notPrivate" },
  // There is no grammar for C alone; that for C++ reads it.
  c: { grammar: "cpp", queries: ["cpp"], exports: "notStatic" },
  cpp: { grammar: "cpp", queries: ["cpp"], exports: "notStatic" },
  php: { grammar: "php", queries: ["php"], exports: "notPrivate" },
  ruby: { grammar: "ruby", queries: ["ruby"], exports: "all" },
  shellscript: { grammar: "bash", queries: ["bash"], exports: "all" },
  powershell: { grammar: "powershell", queries: ["powershell"], exports: "all" },
};

/** undefined: the language has no outline. Ids are VS Code's. */
export function outlineLanguage(language: string): OutlineLanguage | undefined {
  return Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
}

export function outlinedLanguages(): string[] {
  return Object.keys(LANGUAGES);
}
