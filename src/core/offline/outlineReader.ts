/** Outlines of texts, with the grammar and query of each language loaded when it is first met. */
import type { Language } from "web-tree-sitter";
import type { FileMetrics, MeasuredOutline } from "../workspace/outline/outline.ts";
import { outlineLanguage } from "../workspace/outline/outlineLanguages.ts";
import { createOutliner, type Outliner } from "../workspace/outline/outliner.ts";
import type { FunctionMetrics, MetricsReader } from "./functionMetrics.ts";
import { createLineIndex } from "./lineIndex.ts";
import { parsedPart } from "./parsedPart.ts";
import { redact } from "./redact.ts";
import type { SecretDetector } from "./secrets.ts";
import type { Syntax } from "./syntax.ts";

/** @param language one that outlineLanguages.ts knows */
export type ReadOutline = (text: string, language: string) => Promise<MeasuredOutline>;

interface Tools {
  readonly grammar: Language;
  readonly outliner: Outliner;
}

/** @param metricsOf as they are for the offline engine's findings */
export function createOutlineReader(
  openSyntax: () => Promise<Syntax>,
  detector: SecretDetector,
  metricsOf: (syntax: Syntax, language: string) => Promise<MetricsReader>,
): ReadOutline {
  const tools = new Map<string, Promise<Tools>>();
  return async (text, language) => {
    const syntax = await openSyntax();
    const loading = tools.get(language) ?? loadTools(syntax, language);
    tools.set(language, loading);
    const { grammar, outliner } = await loading;
    const metrics = await metricsOf(syntax, language);
    const parsed = parsedPart(text);
    const tree = syntax.parse(grammar, parsed);
    try {
      // Same length, same lines: what was parsed and what is quoted fit each other.
      const outline = outliner.outline(tree, redact(parsed, await detector.find(parsed)));
      return { ...outline, metrics: fileMetrics(metrics.read(tree), text) };
    } finally {
      tree.delete();
    }
  };
}

async function loadTools(syntax: Syntax, language: string): Promise<Tools> {
  const grammar = (await syntax.grammar(language))!;
  return { grammar, outliner: createOutliner(grammar, outlineLanguage(language)!) };
}

function fileMetrics(functions: readonly FunctionMetrics[], text: string): FileMetrics {
  const cognitiveComplexity = functions.reduce((most, { cognitive }) => Math.max(most, cognitive), 0);
  return { lines: createLineIndex(text).lineCount, functions: functions.length, cognitiveComplexity };
}
