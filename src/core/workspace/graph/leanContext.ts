/** What a reader of one file must know of others: the signatures of exactly the symbols that it uses. */
import type { Outline, OutlineSymbol } from "../outline/outline.ts";
import type { DependencyGraph } from "./dependencyGraph.ts";

export interface ContextBlock {
  /** File that the signatures come from. For grouping; it must not enter a prompt, or a rename would cost. */
  readonly path: string;
  /** Lines in the file's order; "" never. */
  readonly text: string;
}

/** Blocks by path; files without an outline, or none of whose symbols is used, have none. */
export function contextOf(
  path: string,
  graph: DependencyGraph,
  outlineOf: (path: string) => Outline | undefined,
): ContextBlock[] {
  return graph.dependenciesOf(path).flatMap((dependency) => {
    const outline = outlineOf(dependency.path);
    const lines = outline ? usedLines(outline.symbols, new Set(dependency.symbols)) : [];
    return lines.length === 0 ? [] : [{ path: dependency.path, text: lines.join("\n") }];
  });
}

/** `*` and `default` cannot be told apart from here: all that is exported at the top. Members follow their container. */
function usedLines(symbols: readonly OutlineSymbol[], used: ReadonlySet<string>): string[] {
  const isNamed = symbols.some(({ name }) => used.has(name));
  const takesAll = used.has("*") || (used.has("default") && !isNamed);
  const chosen = new Set<string>();
  const lines: string[] = [];
  for (const { name, container, exported, signature } of symbols) {
    if (!exported) continue;
    const isTop = container === "";
    const isMember = !isTop && chosen.has(container);
    if (!(isTop && (takesAll || used.has(name))) && !isMember) continue;
    chosen.add(isTop ? name : `${container}.${name}`);
    lines.push(isTop ? signature : `${"  ".repeat(container.split(".").length)}${signature}`);
  }
  return lines;
}
