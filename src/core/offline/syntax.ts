/** tree-sitter with its grammars, each loaded when a file in that language is first met. */
import fs from "node:fs";
import { Language, Parser, type Tree } from "web-tree-sitter";
import { assetUrl } from "../assets.ts";
import { languageSupport } from "./languages.ts";
import { keepFirstCode, withoutTierUp } from "./withoutTierUp.ts";

export interface Syntax {
  /** undefined: no grammar for this language id. */
  grammar(language: string): Promise<Language | undefined>;
  /** The caller deletes the tree. Throws when the parser gives up. */
  parse(grammar: Language, text: string): Tree;
}

/** The smallest there is. */
const SMALL_GRAMMAR = grammarFile("go");
/** In any language a word, which may be a keyword, and a number. */
const FIRST_TOKENS = "a 1\n";

/** @param compileCount shared by all threads that may load grammars at the same time */
export async function createSyntax(compileCount: SharedArrayBuffer): Promise<Syntax> {
  keepFirstCode();
  await Parser.init({ wasmBinary: readGrammar("web-tree-sitter.wasm") });
  const small = await Language.load(readGrammar(SMALL_GRAMMAR));
  // Tree-sitter's own functions may be optimised: they are called here before any grammar's are.
  parse(small, FIRST_TOKENS).delete();
  const grammars = new Map([[SMALL_GRAMMAR, Promise.resolve(small)]]);
  const load = (file: string) =>
    withoutTierUp(compileCount, async () => {
      const grammar = await Language.load(readGrammar(file));
      parse(grammar, FIRST_TOKENS).delete();
      return grammar;
    });
  return {
    async grammar(language) {
      const support = languageSupport(language);
      if (!support) return undefined;
      const file = grammarFile(support.grammar);
      const loaded = grammars.get(file) ?? load(file);
      grammars.set(file, loaded);
      return loaded;
    },
    parse,
  };
}

function parse(grammar: Language, text: string): Tree {
  const parser = new Parser();
  try {
    parser.setLanguage(grammar);
    const tree = parser.parse(text);
    if (!tree) throw new Error("The parser gave no tree.");
    return tree;
  } finally {
    parser.delete();
  }
}

function grammarFile(grammar: string): string {
  return `tree-sitter-${grammar}.wasm`;
}

/** From source the grammars lie where npm put them; a build has them beside its chunks. */
function readGrammar(file: string): Uint8Array {
  return fs.readFileSync(import.meta.url.endsWith(".ts") ? packagedGrammar(file) : assetUrl(`grammars/${file}`));
}

function packagedGrammar(file: string): URL {
  const folder = file === "web-tree-sitter.wasm" ? "web-tree-sitter" : "@vscode/tree-sitter-wasm/wasm";
  return new URL(`../../../node_modules/${folder}/${file}`, import.meta.url);
}
