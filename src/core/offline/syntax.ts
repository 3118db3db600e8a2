/** tree-sitter with its grammars, each loaded when a file in that language is first met. */
import fs from "node:fs";
import { Language, Parser, type Tree } from "web-tree-sitter";
import { assetUrl } from "../assets.ts";
import { languageSupport } from "./languages.ts";
import { withoutTierUp } from "./withoutTierUp.ts";

export interface Syntax {
  /** undefined: no grammar for this language id. */
  grammar(language: string): Promise<Language | undefined>;
  /** The caller deletes the tree. Throws when the parser gives up. */
  parse(grammar: Language, text: string): Tree;
}

/** @param compileCount shared by all threads that may load grammars at the same time */
export async function createSyntax(compileCount: SharedArrayBuffer): Promise<Syntax> {
  await Parser.init({ wasmBinary: readGrammar("web-tree-sitter.wasm") });
  const grammars = new Map<string, Promise<Language>>();
  return {
    async grammar(language) {
      const support = languageSupport(language);
      if (!support) return undefined;
      const file = `tree-sitter-${support.grammar}.wasm`;
      const loaded = grammars.get(file) ?? withoutTierUp(compileCount, () => Language.load(readGrammar(file)));
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

/** From source the grammars lie where npm put them; a build has them beside its chunks. */
function readGrammar(file: string): Uint8Array {
  return fs.readFileSync(import.meta.url.endsWith(".ts") ? packagedGrammar(file) : assetUrl(`grammars/${file}`));
}

function packagedGrammar(file: string): URL {
  const folder = file === "web-tree-sitter.wasm" ? "web-tree-sitter" : "@vscode/tree-sitter-wasm/wasm";
  return new URL(`../../../node_modules/${folder}/${file}`, import.meta.url);
}
