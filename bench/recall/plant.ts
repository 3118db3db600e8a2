/** Plants a shape in a real file. */
import type { Random } from "./random.ts";
import { fillNames } from "./names.ts";
import type { Position, Positions } from "./positions.ts";
import { familiesOf } from "./mutator.ts";
import type { Shape, StatementShape } from "./mutator.ts";
import { WRAPPERS } from "./wrappers.ts";

export interface Planted {
  readonly text: string;
  /** 1-based first and last line of the defect itself. */
  readonly startLine: number;
  readonly endLine: number;
  /** What was inserted, surroundings and all. */
  readonly snippet: string;
}

export interface PlantOptions {
  readonly text: string;
  readonly language: string;
  readonly positions: Positions;
  readonly shape: Shape;
  readonly random: Random;
}

/** @throws Error when the shape marks no defect, or the file has no place for it */
export function plant({ text, language, positions, shape, random }: PlantOptions): Planted {
  const isDeclaration = typeof shape === "object" && "declaration" in shape;
  const open = isDeclaration ? `${shape.declaration}\n` : wrap(statementOf(shape), language, random);
  const separated = fillNames(open, language, random);
  const position = random.pick(isDeclaration ? positions.declarations : positions.statements);
  const marked = indent(separated, position, indentUnit(text));
  const start = marked.indexOf("«");
  const end = marked.indexOf("»");
  if (start < 0 || end < start) throw new Error(`No defect is marked in: ${separated}`);
  const snippet = `${marked.replaceAll(/[«»]/g, "")}\n`;
  const before = importing(text.slice(0, position.offset), shape);
  const firstLine = before.split("\n").length;
  return {
    text: before + snippet + text.slice(position.offset),
    startLine: firstLine + lineBreaks(marked.slice(0, start)),
    endLine: firstLine + lineBreaks(marked.slice(0, end)),
    snippet,
  };
}

function statementOf(shape: string | StatementShape): string {
  return typeof shape === "string" ? shape : shape.statement;
}

function importing(head: string, shape: Shape): string {
  if (typeof shape === "string" || shape.imports === undefined) return head;
  return head.replace(/^package .*$/m, (clause) => `${clause}\n\n${shape.imports}`);
}

/** One in three statements stands alone: the file's own blocks surround it already. */
function wrap(code: string, language: string, random: Random): string {
  if (random.below(3) === 0) return code;
  const around = random.pick(familiesOf(language).flatMap((family) => WRAPPERS[family]));
  return around.replace(/^( *)@$/m, (_, margin: string) => margin + code.split("\n").join(`\n${margin}`));
}

function indent(code: string, { indent: margin }: Position, unit: string): string {
  const lines = code.split("\n").map((line) => {
    const [space = ""] = /^[ \t]*/.exec(line) ?? [];
    return line.trim() === "" ? "" : margin + unit.repeat(Math.floor(space.length / 2)) + line.slice(space.length);
  });
  return lines.join("\n");
}

function indentUnit(text: string): string {
  if (/^\t+\S/m.test(text)) return "\t";
  return /^ {2}\S/m.test(text) ? "  " : "    ";
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
