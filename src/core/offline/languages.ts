/** Which grammar and which rule files serve a language. Ids are VS Code's. */
export interface LanguageSupport {
  /** Name of the grammar: `tree-sitter-NAME.wasm`. */
  readonly grammar: string;
  /** Rule files that apply, named `FAMILY.scm` within a rule's folder. */
  readonly families: readonly string[];
}

const SUPPORT: Readonly<Record<string, LanguageSupport>> = {
  typescript: { grammar: "typescript", families: ["ecmascript", "typescript"] },
  typescriptreact: { grammar: "tsx", families: ["ecmascript", "typescript"] },
  javascript: { grammar: "javascript", families: ["ecmascript"] },
  javascriptreact: { grammar: "javascript", families: ["ecmascript"] },
  python: { grammar: "python", families: ["python"] },
  go: { grammar: "go", families: ["go"] },
  java: { grammar: "java", families: ["java"] },
  rust: { grammar: "rust", families: ["rust"] },
  csharp: { grammar: "c-sharp", families: ["csharp"] },
  // C is read with the grammar of C++, which is nearly its superset; what it cannot read is left alone.
  c: { grammar: "cpp", families: ["c"] },
  cpp: { grammar: "cpp", families: ["c"] },
  php: { grammar: "php", families: ["php"] },
  ruby: { grammar: "ruby", families: ["ruby"] },
  shellscript: { grammar: "bash", families: ["bash"] },
  powershell: { grammar: "powershell", families: ["powershell"] },
};

/** undefined: the language is checked for secrets alone. */
export function languageSupport(language: string): LanguageSupport | undefined {
  return Object.hasOwn(SUPPORT, language) ? SUPPORT[language] : undefined;
}

export function supportedLanguages(): string[] {
  return Object.keys(SUPPORT);
}
