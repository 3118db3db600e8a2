/** Reads files with the engine's own grammars: whether they are sound, and where something can be planted. */
import { createSyntax } from "../../src/core/offline/syntax.ts";
import { findEdits } from "./findEdits.ts";
import type { Host } from "./hosts.ts";
import type { ReadableHost, RecallOptions } from "./measureRecall.ts";
import { findPositions } from "./positions.ts";
import { allRewriters } from "./rewriters/allRewriters.ts";

export interface SourceReader {
  readonly parses: RecallOptions["parses"];
  /** Those without a syntax error, which have a place for a statement: in others it could not be told what a plant breaks. */
  sound(hosts: readonly Host[], language: string): Promise<ReadableHost[]>;
}

export async function createSourceReader(compileCount: SharedArrayBuffer): Promise<SourceReader> {
  const syntax = await createSyntax(compileCount);
  const read = async <T>(text: string, language: string, use: (tree: ReturnType<typeof syntax.parse>) => T) => {
    const grammar = await syntax.grammar(language);
    if (!grammar) throw new Error(`There is no grammar for ${language}.`);
    const tree = syntax.parse(grammar, text);
    try {
      return use(tree);
    } finally {
      tree.delete();
    }
  };
  return {
    parses: (text, language) => read(text, language, (tree) => !tree.rootNode.hasError),
    async sound(hosts, language) {
      const sound: ReadableHost[] = [];
      for (const host of hosts) {
        const readable = await read(host.text, language, (tree): ReadableHost | null => {
          if (tree.rootNode.hasError) return null;
          const positions = findPositions(tree, host.text, language);
          return { ...host, positions, edits: findEdits(tree, language, allRewriters) };
        });
        if (readable && readable.positions.statements.length > 0) sound.push(readable);
      }
      return sound;
    },
  };
}
