/** Outlines of texts, with the grammar and query of each language loaded when it is first met. */
import type { Language } from "web-tree-sitter";
import type { Outline } from "../workspace/outline/outline.ts";
import { outlineLanguage } from "../workspace/outline/outlineLanguages.ts";
import { createOutliner, type Outliner } from "../workspace/outline/outliner.ts";
import { parsedPart } from "./parsedPart.ts";
import { redact } from "./redact.ts";
import type { SecretDetector } from "./secrets.ts";
import type { Syntax } from "./syntax.ts";

/** @param language one that outlineLanguages.ts knows */
export type ReadOutline = (text: string, language: string) => Promise<Outline>;

interface Tools {
  readonly grammar: Language;
  readonly outliner: Outliner;
}

export function createOutlineReader(openSyntax: () => Promise<Syntax>, detector: SecretDetector): ReadOutline {
  const tools = new Map<string, Promise<Tools>>();
  return async (text, language) => {
    const syntax = await openSyntax();
    const loading = tools.get(language) ?? loadTools(syntax, language);
    tools.set(language, loading);
    const { grammar, outliner } = await loading;
    const parsed = parsedPart(text);
    const tree = syntax.parse(grammar, parsed);
    try {
      // Same length, same lines: what was parsed and what is quoted fit each other.
      return outliner.outline(tree, redact(parsed, await detector.find(parsed)));
    } finally {
      tree.delete();
    }
  };
}

async function loadTools(syntax: Syntax, language: string): Promise<Tools> {
  const grammar = (await syntax.grammar(language))!;
  return { grammar, outliner: createOutliner(grammar, outlineLanguage(language)!) };
}
