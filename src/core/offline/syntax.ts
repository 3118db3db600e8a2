/** tree-sitter with its grammars, each loaded when a file in that language is first met. */
import fs from "node:fs";
import v8 from "node:v8";
import { Language, Parser, type Tree } from "web-tree-sitter";
import { assetUrl } from "../assets.ts";
import { languageSupport } from "./languages.ts";

export interface Syntax {
  /** undefined: no grammar for this language id. */
  grammar(language: string): Promise<Language | undefined>;
  /** The caller deletes the tree. Throws when the parser gives up. */
  parse(grammar: Language, text: string): Tree;
}

export async function createSyntax(): Promise<Syntax> {
  await Parser.init({ wasmBinary: readGrammar("web-tree-sitter.wasm") });
  const grammars = new Map<string, Promise<Language>>();
  return {
    async grammar(language) {
      const support = languageSupport(language);
      if (!support) return undefined;
      const file = `tree-sitter-${support.grammar}.wasm`;
      const loaded = grammars.get(file) ?? loadUnoptimised(readGrammar(file));
      grammars.set(file, loaded);
      return loaded;
    },
    parse(grammar, text) {
      const parser = new Parser();
      try {
        parser.setLanguage(grammar);
        const tree = parser.parse(text);
        if (!tree) throw new Error("The parser gave no tree.");
        return tree;
      } finally {
        parser.delete();
      }
    },
  };
}

/**
 * A generated lexer is one function of up to 160 KB. V8 counts it as hot after some eighty calls, and optimising it takes
 * half a gigabyte for Bash (measured: 596 MB at its peak against 113 MB), for code that is fast enough as it is. How much
 * a function may run before that is fixed when its module is compiled, and there is a way to set it in Node alone:
 * Electron freezes V8's flags, and setting a frozen one would end the process.
 */
async function loadUnoptimised(bytes: Uint8Array): Promise<Language> {
  if (process.versions["electron"] !== undefined) return Language.load(bytes);
  v8.setFlagsFromString(`--wasm-tiering-budget=${2 ** 31 - 1}`);
  try {
    return await Language.load(bytes);
  } finally {
    v8.setFlagsFromString(`--wasm-tiering-budget=${V8_TIERING_BUDGET}`);
  }
}

/** V8's own value, as `node --v8-options` prints it. */
const V8_TIERING_BUDGET = 13_000_000;

/** From source the grammars lie where npm put them; a build has them beside its chunks. */
function readGrammar(file: string): Uint8Array {
  return fs.readFileSync(import.meta.url.endsWith(".ts") ? packagedGrammar(file) : assetUrl(`grammars/${file}`));
}

function packagedGrammar(file: string): URL {
  const folder = file === "web-tree-sitter.wasm" ? "web-tree-sitter" : "@vscode/tree-sitter-wasm/wasm";
  return new URL(`../../../node_modules/${folder}/${file}`, import.meta.url);
}
