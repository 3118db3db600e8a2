/** What a reader of one file must know of others: the signatures of exactly the symbols that it uses. */
import type { ImportResolver } from "../imports/importResolver.ts";
import { folderOf } from "../imports/pathIndex.ts";
import type { Outline, OutlineSymbol } from "../outline/outline.ts";
import { listDependencies } from "./dependencyGraph.ts";

/** A file of the workspace as far as others can know it. */
export interface OutlinedFile {
  readonly language: string;
  readonly outline: Outline;
  readonly sizeBytes: number;
}

export interface ContextSources {
  readonly resolver: ImportResolver;
  /** undefined: not there, not reviewed, or in a language without outlines. */
  find(path: string): OutlinedFile | undefined;
  /** Paths of the files directly in a folder. */
  inFolder(folder: string): readonly string[];
}

export interface UsedSymbol {
  /** File that declares it. For explaining; it must not enter a prompt, or a rename would cost. */
  readonly path: string;
  readonly name: string;
  /** Its signature, those of its members indented below it. */
  readonly text: string;
}

export interface UnitContext {
  /** The used symbols' signatures, one file's together; "" where nothing is known of what is used. */
  readonly text: string;
  /** Those whose signatures are in the text. */
  readonly symbols: readonly UsedSymbol[];
  /** Files that were looked at: while they and the file itself stay, so does the context. */
  readonly consulted: readonly string[];
}

/**
 * UTF-16 units of signatures for a file of that size: what explains a file must not cost more than the file. 8,000 are
 * about 2,200 tokens.
 */
export function contextLimit(sizeBytes: number): number {
  return Math.round(Math.min(8_000, Math.max(800, sizeBytes * 0.4)));
}

const MAX_MEMBERS = 30;
const CONSTRUCTORS = ["constructor", "__init__", "new", "initialize", "__construct"];
/** Of files that only pass on what others declare. */
const MAX_PASSES = 5;

/** What is in one package is used without being imported. */
const PACKAGE_IS_FOLDER = new Set(["go", "java"]);

export function unitContext(path: string, file: OutlinedFile, sources: ContextSources): UnitContext {
  const search = createSearch(sources, file.outline);
  for (const { path: used, symbols } of listDependencies(sources.resolver, path, file.language, file.outline)) {
    search.look(used, symbols, MAX_PASSES);
  }
  if (PACKAGE_IS_FOLDER.has(file.language)) {
    const ending = path.slice(path.lastIndexOf("."));
    for (const sibling of sources.inFolder(folderOf(path))) {
      if (sibling !== path && sibling.endsWith(ending)) search.lookBeside(sibling);
    }
  }
  const blocks = fitting(search.blocks(), contextLimit(file.sizeBytes));
  return {
    text: blocks.map(textOf).join("\n\n"),
    symbols: blocks.flat(),
    consulted: search.consulted(),
  };
}

function createSearch(sources: ContextSources, own: Outline) {
  const free = new Set(own.free);
  const wantsMember = memberFilter(own);
  const consulted = new Set<string>();
  /** Chosen top symbols by file; their members follow them. */
  const chosen = new Map<string, { readonly outline: Outline; readonly names: Set<string> }>();

  const find = (path: string) => {
    consulted.add(path);
    return sources.find(path);
  };
  const choose = (path: string, outline: Outline, name: string) => {
    const block = chosen.get(path) ?? { outline, names: new Set() };
    chosen.set(path, block);
    block.names.add(name);
  };

  /** `*` stands for whatever of the other file is named here without being declared here, and for the file as a whole. */
  function wantedOf({ outline }: OutlinedFile, symbols: readonly string[]): Set<string> {
    const names = new Set(symbols);
    const isWhole = names.delete("*");
    if (isWhole) for (const { name } of topSymbols(outline)) if (free.has(name)) names.add(name);
    if (outline.defaultExport !== "" && (names.delete("default") || isWhole)) names.add(outline.defaultExport);
    return names;
  }

  function look(path: string, symbols: readonly string[], passes: number): void {
    const file = find(path);
    if (!file) return;
    const tops = new Set(topSymbols(file.outline).map(({ name }) => name));
    const isWhole = symbols.includes("*");
    for (const name of wantedOf(file, symbols)) {
      if (tops.has(name)) choose(path, file.outline, name);
      else if (passes > 0) follow(path, file, [name], passes - 1);
    }
    if (isWhole && passes > 0) follow(path, file, ["*"], passes - 1);
  }

  /** Through a file that passes on what another one declares. */
  function follow(path: string, { language, outline }: OutlinedFile, [name]: [string], passes: number): void {
    for (const { source, names } of outline.imports) {
      const isPassedOn = names.some(
        (one) => one.local === "" && (one.name === name || one.name === "*" || name === "*"),
      );
      const isImported = names.find((one) => one.local === name && one.local !== "");
      if (!isPassedOn && !isImported) continue;
      const wanted = isImported ? isImported.name : name;
      for (const target of sources.resolver.resolve(path, language, source, [wanted])) {
        if (target !== path) look(target, [wanted], passes);
      }
    }
  }

  return {
    look,
    /** A file of the same package: what is named here without being declared here. */
    lookBeside(path: string): void {
      const file = find(path);
      if (!file) return;
      for (const { name, container } of file.outline.symbols) {
        if (container === "" && free.has(name)) choose(path, file.outline, name);
      }
    },
    consulted: () => [...consulted].toSorted(),
    blocks: () => [...chosen].map(([path, { outline, names }]) => describe(path, outline, { names, wantsMember })),
  };
}

function topSymbols({ symbols, defaultExport }: Outline): OutlineSymbol[] {
  return symbols.filter(({ container, exported, name }) => container === "" && (exported || name === defaultExport));
}

/** Members that the file asks for, or declares itself too, as one that overrides them does. */
function memberFilter({ properties, symbols }: Outline): (name: string) => boolean {
  const wanted = new Set([...properties, ...CONSTRUCTORS, ...symbols.map(({ name }) => name)]);
  return (name) => wanted.has(name);
}

interface Chosen {
  readonly names: ReadonlySet<string>;
  readonly wantsMember: (name: string) => boolean;
}

function describe(path: string, { symbols }: Outline, { names, wantsMember }: Chosen): UsedSymbol[] {
  const used = new Map<string, string[]>();
  for (const symbol of symbols) {
    const { name, container, exported, signature } = symbol;
    if (container === "") {
      if (names.has(name)) used.set(name, [...(used.get(name) ?? []), signature]);
      continue;
    }
    const parts = container.split(".");
    const isWanted = exported && (wantsMember(name) || name === parts.at(-1));
    const lines = isWanted ? used.get(parts[0]!) : undefined;
    if (lines && lines.length <= MAX_MEMBERS) lines.push(`${"  ".repeat(parts.length)}${signature}`);
  }
  return [...used].map(([name, lines]) => ({ path, name, text: lines.join("\n") }));
}

const textOf = (block: readonly UsedSymbol[]) => block.map(({ text }) => text).join("\n");

/**
 * Small blocks first, so that what fits tells of as many files as possible; then in an order that depends on nothing
 * but the texts, so that neither a rename nor another user of the same file changes it.
 */
function fitting(blocks: readonly (readonly UsedSymbol[])[], limit: number): (readonly UsedSymbol[])[] {
  const sized = blocks.map((block) => ({ block, text: textOf(block) }));
  sized.sort((a, b) => a.text.length - b.text.length || compare(a.text, b.text));
  let left = limit;
  const kept = sized.filter(({ text }) => (left -= text.length + 2) >= 0);
  return kept.toSorted((a, b) => compare(a.text, b.text)).map(({ block }) => block);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
