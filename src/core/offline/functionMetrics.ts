/**
 * Cyclomatic complexity, cognitive complexity (SonarSource's definition) and length of each function.
 *
 * The pattern files of the rule `complex-function` mark what counts; nesting follows from which marked span contains
 * which, so that one query and one sorted pass do, however deep the code is nested.
 */
import { Query, type Language, type Node, type Tree } from "web-tree-sitter";
import type { Span } from "./analysis.ts";
import { operatorPoints, type Operator } from "./operatorPoints.ts";

export interface FunctionMetrics {
  readonly node: Node;
  readonly cognitive: number;
  readonly cyclomatic: number;
  /** Without those of the functions that stand in it. */
  readonly lines: number;
  /** Those that the complexity is counted over: with the callbacks that belong to it. */
  readonly countedLines: number;
  /** How many structures (conditions, loops, handlers) stand within each other at the deepest place. */
  readonly depth: number;
}

export interface MetricsReader {
  read(tree: Tree): FunctionMetrics[];
}

/**
 * In the order in which marks on one span count.
 * - `function` stands for itself, `inline` (a lambda) belongs to a function around it that has structure of its own.
 * - `branch` and `choice` (of many cases) cost one and one more per level, `level` is what lies one level deeper;
 *   `nesting` and `switch` are both at once. `else`, `elseif` and `jump` cost one.
 * - `path` is one more way through that costs a reader nothing, as does `default`, an operator that gives a default.
 * - `call` is a callee's name: who calls itself costs one more.
 */
const MARKS = [
  "level",
  "path",
  "function",
  "inline",
  "elseif",
  "else",
  "nesting",
  "switch",
  "branch",
  "choice",
  "case",
  "jump",
  "and",
  "or",
  "default",
  "call",
] as const;
type Mark = (typeof MARKS)[number];

const RANK: ReadonlyMap<Mark, number> = new Map(MARKS.map((mark, index) => [mark, index]));
const NESTS: ReadonlySet<Mark> = new Set<Mark>(["nesting", "switch", "level"]);
/** What an `else if` is besides, but does not cost. */
const OF_ELSE_IF: ReadonlySet<Mark> = new Set<Mark>(["nesting", "branch", "else", "level"]);
const PATHS: ReadonlySet<Mark> = new Set<Mark>(["nesting", "branch", "elseif", "case", "path", "and", "or", "default"]);

interface Marked extends Span {
  readonly mark: Mark;
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
  depth: number;
  cyclomatic: number;
  lines: number;
  /** Of the callbacks that were taken into it. */
  innerLines: number;
  callsItself: boolean;
  /** Callbacks inside it: part of it if it has structure of its own, else functions in their own right. */
  readonly inner: { readonly frame: Frame; readonly levels: number }[];
}

interface Open extends Marked {
  readonly frame: Frame | undefined;
}

export function createMetricsReader(grammar: Language, patterns: string): MetricsReader {
  const query = new Query(grammar, patterns);
  return { read: (tree) => measure(collect(query, tree)) };
}

function collect(query: Query, tree: Tree): Marked[] {
  const byNode = new Map<string, { readonly node: Node; readonly marks: Set<Mark> }>();
  for (const { name, node } of query.captures(tree.rootNode)) {
    const key = `${node.startIndex}:${node.endIndex}:${node.typeId}`;
    const known = byNode.get(key) ?? { node, marks: new Set<Mark>() };
    byNode.set(key, known);
    known.marks.add(name as Mark);
  }
  const marked = [...byNode.values()].flatMap(({ node, marks }) => {
    const counted = [...marks].filter((mark) => !marks.has("elseif") || !OF_ELSE_IF.has(mark));
    return counted.map((mark) => ({ mark, node, start: node.startIndex, end: node.endIndex }));
  });
  return marked.toSorted((a, b) => a.start - b.start || b.end - a.end || RANK.get(a.mark)! - RANK.get(b.mark)!);
}

function measure(marks: readonly Marked[]): FunctionMetrics[] {
  const points = operatorPoints(marks.filter(isOperator));
  const done: Frame[] = [];
  const open: Open[] = [];
  const frames: Frame[] = [];
  const closeUntil = (start: number) => {
    while (open.length > 0 && open.at(-1)!.end <= start) {
      const closed = open.pop()!;
      if (closed.frame) closeFrame(frames, done);
      else if (NESTS.has(closed.mark) && frames.length > 0) frames.at(-1)!.nesting--;
    }
  };
  for (const marked of marks) {
    closeUntil(marked.start);
    const isFunction = marked.mark === "function" || marked.mark === "inline";
    const frame = isFunction ? openFrame(marked) : undefined;
    if (frame) frames.push(frame);
    else if (frames.length > 0) count(frames.at(-1)!, marked, points);
    open.push({ ...marked, frame });
  }
  closeUntil(Number.POSITIVE_INFINITY);
  return done.map(toMetrics);
}

function isOperator(marked: Marked): marked is Marked & { readonly mark: Operator } {
  return marked.mark === "and" || marked.mark === "or" || marked.mark === "default";
}

function openFrame({ mark, node, start, end }: Marked): Frame {
  const lines = lineBreaks(node) + 1;
  const counts = {
    nesting: 0,
    score: 0,
    nestingPoints: 0,
    depth: 0,
    cyclomatic: 1,
    lines,
    innerLines: 0,
    callsItself: false,
  };
  return { node, start, end, isInline: mark === "inline", ...counts, inner: [] };
}

const lineBreaks = (node: Node) => node.endPosition.row - node.startPosition.row;

function closeFrame(frames: Frame[], done: Frame[]): void {
  const frame = frames.pop()!;
  settleInner(frame, done);
  const outer = frames.at(-1);
  if (outer) outer.lines -= lineBreaks(frame.node);
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
    if (inner.depth > 0) frame.depth = Math.max(frame.depth, levels + inner.depth);
    frame.cyclomatic += inner.cyclomatic - 1;
    frame.innerLines += inner.lines - 1 + inner.innerLines;
  }
}

function count(frame: Frame, marked: Marked, points: ReadonlyMap<number, number>): void {
  const { mark, node } = marked;
  if (PATHS.has(mark)) frame.cyclomatic++;
  if (mark === "nesting" || mark === "switch" || mark === "branch" || mark === "choice") {
    frame.score += 1 + frame.nesting;
    frame.nestingPoints++;
    frame.depth = Math.max(frame.depth, frame.nesting + 1);
  } else if (mark === "else" || mark === "elseif" || mark === "jump") {
    frame.score++;
  } else if (mark === "call") {
    countRecursion(frame, node);
  } else if (isOperator(marked)) {
    frame.score += points.get(node.id) ?? 0;
  }
  if (NESTS.has(mark)) frame.nesting++;
}

/** Only the first call: it is the idea of it that has to be understood. */
function countRecursion(frame: Frame, callee: Node): void {
  if (frame.callsItself || functionName(frame.node)?.text !== callee.text) return;
  frame.callsItself = true;
  frame.score++;
}

/** The name in the function's own head: C has it within a declarator, PowerShell without a field. */
export function functionName(node: Node): Node | null {
  const named = node.childForFieldName("name") ?? node.namedChildren.find((child) => child.type === "function_name");
  if (named) return named;
  let declarator = node.childForFieldName("declarator");
  while (declarator?.childForFieldName("declarator")) declarator = declarator.childForFieldName("declarator");
  return declarator?.type.endsWith("identifier") ? declarator : null;
}

function toMetrics({ node, score, cyclomatic, lines, innerLines, depth }: Frame): FunctionMetrics {
  return { node, cognitive: score, cyclomatic, lines, countedLines: lines + innerLines, depth };
}
