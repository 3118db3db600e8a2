/** Outlines by tree-sitter: what a file declares, imports and uses. One query per language does the finding. */
import { Query, type Language, type Tree } from "web-tree-sitter";
import type { Span } from "../../offline/analysis.ts";
import type { ImportedName, Outline, OutlineImport, OutlineSymbol } from "./outline.ts";
import { collectCaptures, type Definition, type OutlineCaptures } from "./outlineCaptures.ts";
import type { ExportRule, OutlineLanguage } from "./outlineLanguages.ts";
import { readOutlineQueries } from "./outlineQuery.ts";
import { signatureText } from "./signature.ts";

export interface Outliner {
  /** `source` is what the tree was parsed from. Broken parts are passed over, never an error. */
  outline(tree: Tree, source: string): Outline;
}

/** Throws when a query does not fit the grammar: both ship with the program. */
export function createOutliner(grammar: Language, language: OutlineLanguage): Outliner {
  const query = new Query(grammar, readOutlineQueries(language.queries));
  return {
    outline(tree, source) {
      const captures = collectCaptures(query, tree);
      return {
        symbols: listSymbols(captures, source, language.exports),
        imports: listImports(captures),
        free: freeNames(captures),
        namespaces: captures.namespaces,
        properties: [...captures.properties].toSorted(),
        defaultExport: captures.defaultExport,
      };
    },
  };
}

function listSymbols(captures: OutlineCaptures, source: string, rule: ExportRule): OutlineSymbol[] {
  const symbols: OutlineSymbol[] = [];
  const around: (Definition & { readonly path: string })[] = [];
  const isInside = insideTest(captures.insides);
  const seen = new Set<number>();
  for (const definition of captures.definitions) {
    if (seen.has(definition.nameStart) || isInside(definition.start)) continue;
    seen.add(definition.nameStart);
    while (around.length > 0 && !encloses(around.at(-1)!, definition)) around.pop();
    const { name, kind, start, end, nameStart, outerStart } = definition;
    const container = definition.receiver || (around.at(-1)?.path ?? "");
    around.push({ ...definition, path: container === "" ? name : `${container}.${name}` });
    const signature = signatureText(source, { start, end }, captures.cuts);
    const exported = isExported(definition, captures.exported, rule, signature, container);
    const doc = docLine(definition, captures, source, outerStart);
    symbols.push({ name, kind, container, start, end, nameStart, exported, signature, doc });
  }
  return symbols;
}

/** `const a = 1, b = 2` may be one node with two names: neither contains the other. */
function encloses(outer: Span, inner: Span): boolean {
  return outer.end >= inner.end && outer.start < inner.start;
}

/** Asked with rising offsets. */
function insideTest(insides: readonly Span[]): (offset: number) => boolean {
  let next = 0;
  let until = -1;
  return (offset) => {
    // A body that starts where the declaration does belongs to it.
    while (next < insides.length && insides[next]!.start <= offset) until = Math.max(until, insides[next++]!.end);
    return offset < until;
  };
}

function isExported(
  { name, underExport }: Definition,
  exported: ReadonlySet<string>,
  rule: ExportRule,
  signature: string,
  container: string,
): boolean {
  switch (rule) {
    case "statement":
      return container === "" ? underExport || exported.has(name) : !/^(#|private\b)/.test(signature);
    case "noUnderscore":
      return !name.startsWith("_") || /^__\w+__$/.test(name);
    case "uppercase":
      return /^\p{Lu}/u.test(name);
    case "notPrivate":
      return !/\bprivate\b/.test(signature.split("(")[0]!);
    case "pub":
      return /^(#\[.*\] ?)?pub\b/.test(signature);
    case "notStatic":
      return !/^static\b/.test(signature) || container !== "";
    case "all":
      return true;
  }
}

/** A string at the body's start (Python), else the comment directly above. */
function docLine(definition: Definition, captures: OutlineCaptures, source: string, outerStart: number): string {
  const inner = captures.docs.find(({ start }) => start > definition.nameStart && start < definition.end);
  if (inner && !/\n\s*(def|class)\s/.test(source.slice(definition.nameStart, inner.start))) {
    return firstLine(source.slice(inner.start, inner.end));
  }
  let start = outerStart;
  let text = "";
  for (let at = lastBefore(captures.comments, outerStart); at >= 0; at--) {
    const comment = captures.comments[at]!;
    const gap = source.slice(comment.end, start);
    if (!/^[ \t]*\r?\n?[ \t]*$/.test(gap)) break;
    text = source.slice(comment.start, comment.end);
    start = comment.start;
  }
  return firstLine(text);
}

function lastBefore(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function firstLine(comment: string): string {
  for (const line of comment.split("\n")) {
    const words = line
      .replace(/^\s*(\/\*+!?|\/\/+!?|#+|\*+|[rRuU]?("""|'''|"|'))/, "")
      .replace(/("""|'''|"|'|\*+\/)\s*$/, "");
    if (words.trim() !== "" && words.trim() !== "/") return words.trim().slice(0, 160);
  }
  return "";
}

function listImports(captures: OutlineCaptures): OutlineImport[] {
  const bySource = new Map<string, Map<string, ImportedName>>();
  for (const { source, name, local } of captures.bindings) {
    const names = bySource.get(source) ?? new Map<string, ImportedName>();
    bySource.set(source, names);
    if (name !== "") names.set(`${name}\n${local}`, { name, local });
  }
  const whole = wholeUses(captures);
  return [...bySource].map(([source, names]) => {
    const used = new Set<string>();
    for (const binding of names.values()) for (const name of usedThrough(binding, captures, whole)) used.add(name);
    const members = [...names.values()].flatMap(({ name, local }) =>
      name === "*" ? [] : [...(captures.members.get(local) ?? [])].map((member) => `${name}.${member}`),
    );
    return { source, names: [...names.values()], used: [...used].toSorted(), members: members.toSorted() };
  });
}

/** Names referenced as they are, not only for a member of theirs. */
function wholeUses({ references, objects }: OutlineCaptures): Set<string> {
  const whole = new Set<string>();
  for (const [start, name] of references) if (!objects.has(start)) whole.add(name);
  return whole;
}

function usedThrough({ name, local }: ImportedName, captures: OutlineCaptures, whole: ReadonlySet<string>): string[] {
  if (local === "") return [name];
  const members = captures.members.get(local);
  if (name !== "*") return members || whole.has(local) ? [name] : [];
  return [...(members ?? []), ...(whole.has(local) ? ["*"] : [])];
}

function freeNames(captures: OutlineCaptures): string[] {
  const known = new Set(captures.locals);
  for (const { name } of captures.definitions) known.add(name);
  for (const { local } of captures.bindings) known.add(local);
  return [...new Set(captures.references.values())].filter((name) => !known.has(name)).toSorted();
}
