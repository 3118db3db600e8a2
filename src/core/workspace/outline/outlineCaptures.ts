/** What a query found, sorted into the kinds that an outline is made of. Offsets are UTF-16 units. */
import type { Node, Query, Tree } from "web-tree-sitter";
import type { Span } from "../../offline/analysis.ts";

export interface Definition extends Span {
  readonly kind: string;
  readonly name: string;
  readonly nameStart: number;
  /** Go's receiver: the container that stands beside the method, not around it. */
  readonly receiver: string;
  /** Where the statement begins that the declaration is part of (`export const …`). */
  readonly outerStart: number;
  readonly underExport: boolean;
}

export interface Binding {
  readonly sourceStart: number;
  readonly source: string;
  readonly name: string;
  readonly local: string;
}

export interface OutlineCaptures {
  readonly definitions: Definition[];
  readonly bindings: Binding[];
  /** Bodies whose declarations are local, by start. */
  readonly insides: Span[];
  /** Everything that a signature leaves out, by start. */
  readonly cuts: Span[];
  readonly comments: Span[];
  readonly docs: Span[];
  readonly locals: Set<string>;
  readonly exported: Set<string>;
  readonly namespaces: string[];
  /** Name of what the file exports by default; "" where it has none, or one without a name. */
  defaultExport: string;
  /** Names asked of any object, by which the members that a file uses are told from the others. */
  readonly properties: Set<string>;
  readonly members: Map<string, Set<string>>;
  readonly references: Map<number, string>;
  /** Starts of member expressions' objects: a use of one member, not of the whole. */
  readonly objects: Set<number>;
}

const LONG_VALUE = 80;

export function collectCaptures(query: Query, tree: Tree): OutlineCaptures {
  const found: OutlineCaptures = {
    definitions: [],
    bindings: [],
    insides: [],
    cuts: [],
    comments: [],
    docs: [],
    locals: new Set(),
    exported: new Set(),
    namespaces: [],
    defaultExport: "",
    properties: new Set(),
    members: new Map(),
    references: new Map(),
    objects: new Set(),
  };
  const named = new Set<number>();
  for (const { captures } of query.matches(tree.rootNode)) {
    const first = captures[0]!;
    if (captures.length === 1 && first.name === "reference") {
      found.references.set(first.node.startIndex, first.node.text);
      continue;
    }
    addMatch(found, new Map(captures.map(({ name, node }) => [name, node])), named);
  }
  for (const start of named) found.references.delete(start);
  found.insides.sort(byStart);
  found.cuts.sort(byStart);
  found.comments.sort(byStart);
  found.definitions.sort(byStart);
  return found;
}

function addMatch(found: OutlineCaptures, match: ReadonlyMap<string, Node>, named: Set<number>): void {
  for (const [capture, node] of match) {
    if (capture.startsWith("definition.")) addDefinition(found, capture.slice(11), node, match);
    else if (capture === "inside") found.insides.push(span(node));
    else if (capture === "comment") found.comments.push(span(node));
    else if (capture === "doc") found.docs.push(span(node));
    else if (capture === "property") found.properties.add(node.text);
    else if (capture === "local") found.locals.add(node.text);
    else if (capture === "export.default") found.defaultExport = node.text;
    else if (capture === "export") found.exported.add(node.text);
    else if (capture === "namespace") found.namespaces.push(node.text);
    if (isCut(capture, node)) found.cuts.push(span(node));
    if (/^(name|local|skip|import\..*)$/.test(capture)) named.add(node.startIndex);
  }
  const object = match.get("member.object");
  if (object) {
    const members = found.members.get(object.text) ?? new Set();
    found.members.set(object.text, members.add(match.get("member.name")!.text));
    found.objects.add(object.startIndex);
    return;
  }
  addBindings(found, match);
}

/** Their parameters belong to the signature, and their bodies are cut by themselves. */
const CALLABLE = /^(arrow_function|function_expression|generator_function|lambda)$/;

function isCut(capture: string, node: Node): boolean {
  if (capture === "value") return node.endIndex - node.startIndex > LONG_VALUE && !CALLABLE.test(node.type);
  return capture === "inside" || capture === "body" || capture === "comment" || capture === "doc";
}

function addDefinition(found: OutlineCaptures, kind: string, node: Node, match: ReadonlyMap<string, Node>): void {
  const name = match.get("name");
  if (!name || name.startIndex === name.endIndex) return;
  const outer = outerStatement(node);
  found.definitions.push({
    ...span(node),
    kind,
    name: name.text,
    nameStart: name.startIndex,
    receiver: /(\w+)(?:\[.*\])?\s*\)$/.exec(match.get("receiver")?.text ?? "")?.[1] ?? "",
    outerStart: outer.startIndex,
    underExport: outer.type === "export_statement",
  });
}

const WRAPPERS =
  /^(export_statement|lexical_declaration|variable_declaration|ambient_declaration|decorated_definition|template_declaration|type_declaration|const_declaration|var_declaration|expression_statement)$/;

function outerStatement(node: Node): Node {
  let outer = node;
  while (outer.parent && WRAPPERS.test(outer.parent.type)) outer = outer.parent;
  return outer;
}

function addBindings(found: OutlineCaptures, match: ReadonlyMap<string, Node>): void {
  const tree = match.get("import.tree");
  if (tree) for (const one of useTree(tree.text)) found.bindings.push({ sourceStart: tree.startIndex, ...one });
  const module = match.get("import.module");
  if (module) {
    const name = module.text;
    found.bindings.push({ sourceStart: module.startIndex, source: `mod ${name}`, name: "*", local: name });
  }
  const written = match.get("import.source");
  if (!written) return;
  const prefix = match.get("import.prefix")?.text;
  const source = (prefix === undefined ? "" : `${prefix}\\`) + written.text.replace(/^["'`<](.*)["'`>]$/s, "$1");
  const add = (name: string, local: string) =>
    found.bindings.push({ sourceStart: written.startIndex, source, name, local });
  const text = (capture: string) => match.get(capture)?.text;
  const all = text("import.all");
  const name = text("import.name");
  if (name !== undefined) add(plain(name), plain(text("import.alias") ?? name));
  else if (all !== undefined) add("*", all);
  else if (match.has("import.package")) add("*", packageName(source));
  else if (match.has("import.default")) add("default", text("import.default")!);
  else if (match.has("import.self")) add(lastPart(text("import.self")!), lastPart(text("import.self")!));
  else if (match.has("import.through")) add(plain(text("import.through")!), "");
  else if (match.has("import.everything")) add("*", "");
  else add("", "");
}

/** Rust's `a::{b, c as d, e::*}` as single paths. */
function useTree(text: string, prefix = ""): Omit<Binding, "sourceStart">[] {
  const compact = text.replace(/\s+/g, " ").trim();
  const open = compact.indexOf("{");
  if (open !== -1) {
    const inner = compact.slice(open + 1, compact.lastIndexOf("}"));
    return splitTop(inner).flatMap((part) => useTree(part, prefix + compact.slice(0, open).replaceAll(" ", "")));
  }
  const [path = "", local] = compact.split(" as ");
  const full = prefix + path.replaceAll(" ", "");
  if (full === "") return [];
  const cut = full.lastIndexOf("::");
  const name = full.slice(cut === -1 ? 0 : cut + 2);
  if (name === "self") return useTree(full.slice(0, cut) + (local === undefined ? "" : ` as ${local}`));
  return [{ source: full, name, local: name === "*" ? "" : (local ?? name) }];
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}") depth--;
    else if (at === text.length || (text[at] === "," && depth === 0)) {
      if (text.slice(from, at).trim() !== "") parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** Go: a package is called as its folder, whatever major version stands behind. */
const packageName = (source: string) => /([^/]+?)(\/v\d+)?$/.exec(source)?.[1] ?? source;
const plain = (text: string) => text.replace(/^(["'])(.*)\1$/s, "$2");
const lastPart = (text: string) => text.slice(text.lastIndexOf("\\") + 1);
const span = (node: Node): Span => ({ start: node.startIndex, end: node.endIndex });
const byStart = (a: Span, b: Span) => a.start - b.start || b.end - a.end;
