import { styleText } from "node:util";
import type { Severity } from "../shared/report.ts";
import type { CliIo, OutputStream } from "./io.ts";

type Paint = (text: string) => string;

/** Colour for glyphs and underlines; text itself keeps the terminal's own colour. */
export interface Palette extends Readonly<Record<Severity, Paint>> {
  readonly bold: Paint;
  readonly dim: Paint;
}

export function createPalette(isColourful: boolean): Palette {
  const paint =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      isColourful && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    error: paint("red"),
    warning: paint("yellow"),
    info: paint("blue"),
    bold: paint("bold"),
    dim: paint("dim"),
  };
}

/** A terminal that obeys control codes, unless the person asked for none (no-color.org). */
export function wantsColour(stream: OutputStream, env: CliIo["env"], isRefused: boolean): boolean {
  if (isRefused || env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return true;
  return isTerminal(stream, env);
}

/** A terminal on which a line can be rewritten. */
export function isTerminal(stream: OutputStream, env: CliIo["env"]): boolean {
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

const MINIMUM_WIDTH = 40;
const MAXIMUM_WIDTH = 140;
const WIDTH_OF_FILES = 100;

/** Columns to write in; longer lines than `MAXIMUM_WIDTH` are hard to read. */
export function textWidth(stream: OutputStream, env: CliIo["env"]): number {
  return stream.columns === undefined ? widthWithoutTerminal(env) : readable(stream.columns);
}

/** In a file or a pipe: as wide as COLUMNS says, where it is a number. */
export function widthWithoutTerminal(env: CliIo["env"]): number {
  const given = env["COLUMNS"] ?? "";
  return /^[1-9]\d{0,5}$/.test(given) ? readable(Number(given)) : WIDTH_OF_FILES;
}

function readable(columns: number): number {
  return Math.min(MAXIMUM_WIDTH, Math.max(MINIMUM_WIDTH, columns));
}
