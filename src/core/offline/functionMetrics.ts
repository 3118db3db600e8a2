/**
 * Cyclomatic complexity, cognitive complexity (SonarSource's definition) and length of each function.
 *
 * The pattern files of the rule `complex-function` mark what counts; nesting follows from which marked span contains
 * which, so that one query and one sorted pass do, however deep the code is nested.
 */
import { Query, type Language, type Node, type Tree } from "web-tree-sitter";
import type { Span } from "./analysis.ts";

export interface FunctionMetrics {
  readonly node: Node;
  /** A lambda or callback, not a declaration. */
  readonly isInline: boolean;
  readonly cognitive: number;
  readonly cyclomatic: number;
  readonly lines: number;
}

export interface MetricsReader {
  read(tree: Tree): FunctionMetrics[];
}

type Mark =
  | "function"
  | "inline"
  | "nesting"
  | "switch"
  | "case"
  | "else"
  | "elseif"
  | "and"
  | "or"
  | "coalesce"
  | "jump";

interface Marked extends Span {
  mark: Mark;
  readonly node: Node;
}

/** A function under way. */
interface Frame extends Span {
  readonly node: Node;
  readonly isInline: boolean;
  nesting: number;
  /** Score as if it stood alone, and how many of its points grow with each level around it. */
  score: number;
  nestingPoints: number;
  cyclomatic: number;
  /** Callbacks inside it: part of it if it has structure of its own, else functions in their own right. */
  readonly inner: { readonly frame: Frame; readonly levels: number }[];
}

interface Open extends Marked {
  readonly frame: Frame | undefined;
}

const LOGICAL: ReadonlySet<Mark> = new Set<Mark>(["and", "or", "coalesce"]);

export function createMetricsReader(grammar: Language, patterns: string): MetricsReader {
  const query = new Query(grammar, patterns);
  return { read: (tree) => measure(collect(query, tree)) };
}

function collect(query: Query, tree: Tree): Marked[] {
  const bySpan = new Map<string, Marked>();
  for (const { name, node } of query.captures(tree.rootNode)) {
    const marked = { mark: name as Mark, node, start: node.startIndex, end: node.endIndex };
    const key = `${marked.start}:${marked.end}:${node.typeId}`;
    const known = bySpan.get(key);
    // An `else if` is also an `if`: what it costs is decided by the more particular mark.
    if (!known) bySpan.set(key, marked);
    else if (marked.mark === "elseif" || marked.mark === "else") known.mark = marked.mark;
  }
  return [...bySpan.values()].toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function measure(marks: readonly Marked[]): FunctionMetrics[] {
  const done: Frame[] = [];
  const open: Open[] = [];
  const frames: Frame[] = [];
  const closeUntil = (start: number) => {
    while (open.length > 0 && open.at(-1)!.end <= start) {
      const closed = open.pop()!;
      if (closed.frame) closeFrame(frames, done);
      else if (nests(closed.mark) && frames.length > 0) frames.at(-1)!.nesting--;
    }
  };
  for (const marked of marks) {
    closeUntil(marked.start);
    const around = open.at(-1);
    const isFunction = marked.mark === "function" || marked.mark === "inline";
    const frame = isFunction ? openFrame(marked) : undefined;
    if (frame) frames.push(frame);
    else if (frames.length > 0) count(frames.at(-1)!, marked.mark, around?.mark);
    open.push({ ...marked, frame });
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return done.map(toMetrics);
}

const nests = (mark: Mark) => mark === "nesting" || mark === "switch";

function openFrame({ mark, node, start, end }: Marked): Frame {
  const isInline = mark === "inline";
  return { node, start, end, isInline, nesting: 0, score: 0, nestingPoints: 0, cyclomatic: 1, inner: [] };
}

function closeFrame(frames: Frame[], done: Frame[]): void {
  const frame = frames.pop()!;
  settleInner(frame, done);
  const outer = frames.at(-1);
  if (outer && frame.isInline) outer.inner.push({ frame, levels: outer.nesting + 1 });
  else done.push(frame);
}

/** A function that only holds others (a module wrapper, a suite of tests) does not answer for them. */
function settleInner(frame: Frame, done: Frame[]): void {
  const hasStructure = frame.score > 0;
  for (const { frame: inner, levels } of frame.inner) {
    if (!hasStructure) {
      done.push(inner);
      continue;
    }
    frame.score += inner.score + inner.nestingPoints * levels;
    frame.nestingPoints += inner.nestingPoints;
    frame.cyclomatic += inner.cyclomatic - 1;
  }
}

function count(frame: Frame, mark: Mark, around: Mark | undefined): void {
  if (nests(mark)) {
    frame.score += 1 + frame.nesting;
    frame.nestingPoints++;
    frame.nesting++;
    if (mark === "nesting") frame.cyclomatic++;
  } else if (mark === "else" || mark === "jump") {
    frame.score++;
  } else if (mark === "elseif") {
    frame.score++;
    frame.cyclomatic++;
  } else if (mark === "case") {
    frame.cyclomatic++;
  } else if (LOGICAL.has(mark)) {
    frame.cyclomatic++;
    // A run of like operators is read as one: only its outermost costs.
    if (around !== mark && mark !== "coalesce") frame.score++;
  }
}

function toMetrics({ node, isInline, score, cyclomatic }: Frame): FunctionMetrics {
  const lines = node.endPosition.row - node.startPosition.row + 1;
  return { node, isInline, cognitive: score, cyclomatic, lines };
}
