/** What a file declares, imports and uses, in words without a syntax tree. Compact: it is stored by content hash. */

export interface OutlineSymbol {
  readonly name: string;
  /** The last part of the query's capture: `function`, `class`, `method`, `variable`, `type` … */
  readonly kind: string;
  /** Names of the symbols around it, outermost first, joined by dots; "" at the top. */
  readonly container: string;
  /** Half-open, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly exported: boolean;
  /** The declaration without bodies and comments, in one spacing: reformatting does not change it. */
  readonly signature: string;
  /** First line of the comment that documents it; "" without one. */
  readonly doc: string;
}

export interface ImportedName {
  /** As the other file calls it; `*` for all of it, `default` for its default export. */
  readonly name: string;
  /** As this file calls it; "" where nothing is bound (re-exports, side effects). */
  readonly local: string;
}

export interface OutlineImport {
  /** As written, without quotes. */
  readonly source: string;
  readonly names: readonly ImportedName[];
  /** Which of the other file's symbols are referenced here, sorted; `*` where any may be. */
  readonly used: readonly string[];
  /** Members asked of imported names, as `name.member`, sorted: what is used of a name that turns out to be a module. */
  readonly members: readonly string[];
}

/** What a file's functions come to. */
export interface FileMetrics {
  readonly lines: number;
  readonly functions: number;
  /** Of the most complex function; 0 without functions. */
  readonly cognitiveComplexity: number;
}

/** An outline as it is stored, with what the same tree tells about the file's size and difficulty. */
export interface MeasuredOutline extends Outline {
  readonly metrics: FileMetrics;
}

export interface Outline {
  readonly symbols: readonly OutlineSymbol[];
  readonly imports: readonly OutlineImport[];
  /** Identifiers that are referenced, but neither declared nor imported here; sorted. */
  readonly free: readonly string[];
  /** Names of members that are asked of anything here; sorted. */
  readonly properties: readonly string[];
  /** Name of the symbol that the file exports by default, or is as a whole (`module.exports = …`); "" without one. */
  readonly defaultExport: string;
  /** Package or namespaces that the file declares itself part of. */
  readonly namespaces: readonly string[];
}
