/** Bars: what each way of reviewing has the provider read, for the first time and again. */
import type { CaseResult, RowResult } from "../harness.ts";
import { bar, label, picture, rule, type Tone } from "./svg.ts";

const WIDTH = 760;
const LEFT = 220;
const RIGHT = 60;
const TOP = 70;
const GROUP = 76;
const BAR = 13;

export function peersPlot({ rows }: CaseResult): string {
  const named = new Map(rows.map((row) => [row.name, row]));
  const names = rows.map(({ name }) => name).filter((name) => !name.endsWith(", again"));
  const most = Math.max(1, ...rows.map((row) => row.figures["plain"] ?? 0));
  const scale = (value: number) => (value / most) * (WIDTH - LEFT - RIGHT);
  const height = TOP + names.length * GROUP + 20;
  const ticks = Array.from({ length: Math.floor(most) + 1 }, (_, at) => at);
  const grid = ticks.flatMap((tick) => [
    rule(
      { x: LEFT + scale(tick), y: TOP - 6 },
      { x: LEFT + scale(tick), y: height - 20 },
      tick === 0 ? "axis" : "grid",
    ),
    label({ x: LEFT + scale(tick), y: TOP - 12 }, `${tick}×`, { anchor: "middle", kind: "quiet" }),
  ]);
  const groups = names.flatMap((name, at) => {
    const y = TOP + at * GROUP;
    return [
      label({ x: LEFT - 12, y: y + 32 }, name, { anchor: "end" }),
      ...drawRow(named.get(name), y, scale, false),
      ...drawRow(named.get(`${name}, again`), y + 2 * BAR + 4, scale, true),
    ];
  });
  const description =
    "Input tokens beside the tokens of the source, plain and by price, for each tool, first and again";
  return picture(WIDTH, height, description, [...legend(), ...grid, ...groups]);
}

function drawRow(row: RowResult | undefined, y: number, scale: (value: number) => number, isAgain: boolean): string[] {
  return (["plain", "weighted"] as const).flatMap((key, at) => {
    const value = row?.figures[key] ?? null;
    if (value === null) return [];
    const top = y + at * BAR;
    const width = scale(value);
    return [
      bar({ x: LEFT, y: top }, width, BAR - 2, at === 0 ? "first" : "second", isAgain),
      label({ x: LEFT + width + 6, y: top + BAR - 3 }, value.toFixed(2), { kind: "quiet" }),
    ];
  });
}

function legend(): string[] {
  return [
    label({ x: 20, y: 27 }, "Input ÷ source", { kind: "title" }),
    ...legendEntry(LEFT, "first", false, "tokens"),
    ...legendEntry(LEFT + 90, "second", false, "by price"),
    ...legendEntry(LEFT + 190, "first", true, "again, tokens"),
    ...legendEntry(LEFT + 320, "second", true, "again, by price"),
  ];
}

function legendEntry(x: number, tone: Tone, isFaint: boolean, words: string): string[] {
  return [bar({ x, y: 17 }, 18, BAR - 2, tone, isFaint), label({ x: x + 24, y: 27 }, words)];
}
