/** Four small plots: what grows with the number of files, offline and with a model. */
import { fitPower, type Point } from "../growth/fitPower.ts";
import type { CaseResult, RowResult } from "../harness.ts";
import { logScale } from "./logScale.ts";
import { label, markedLine, picture, rule, type Place, type Tone } from "./svg.ts";

const WIDTH = 760;
const HEIGHT = 560;
const PANEL = { width: 380, height: 250, left: 56, right: 30, top: 34, bottom: 34 };
const HEADER = 46;

interface Panel {
  readonly title: string;
  valueOf(row: RowResult): number | null;
}

const figure = (key: string, divisor: number) => (row: RowResult) => {
  const value = row.figures[key] ?? null;
  return value === null ? null : value / divisor;
};

const panels: readonly Panel[] = [
  { title: "Wall, s", valueOf: (row) => (row.wallMs ? row.wallMs.median / 1_000 : null) },
  { title: "CPU, s", valueOf: figure("cpuMs", 1_000) },
  { title: "Peak RSS, MB", valueOf: figure("peakRssBytes", 2 ** 20) },
  { title: "Store, MB", valueOf: figure("storeBytes", 2 ** 20) },
];

export function growthPlot(offline: CaseResult, model: CaseResult): string {
  const parts = panels.map((panel, at) => {
    const corner = { x: (at % 2) * PANEL.width, y: HEADER + Math.floor(at / 2) * PANEL.height };
    return drawPanel(panel, corner, pointsOf(offline, panel), pointsOf(model, panel));
  });
  const legend = [
    markedLine(
      [
        { x: 20, y: 24 },
        { x: 50, y: 24 },
      ],
      "first",
    ),
    label({ x: 58, y: 28 }, "offline"),
    markedLine(
      [
        { x: 130, y: 24 },
        { x: 160, y: 24 },
      ],
      "second",
    ),
    label({ x: 168, y: 28 }, "with a model"),
    label({ x: WIDTH - 20, y: 28 }, "against files, both axes logarithmic; n: exponents", {
      anchor: "end",
      kind: "quiet",
    }),
  ];
  const description =
    "Wall time, CPU, peak memory and store size against the number of files, offline and with a model";
  return picture(WIDTH, HEIGHT, description, [...legend, ...parts]);
}

function pointsOf({ rows }: CaseResult, panel: Panel): Point[] {
  return rows.flatMap((row) => {
    const value = panel.valueOf(row);
    const size = row.figures["files"] ?? null;
    return value === null || size === null ? [] : [{ size, value }];
  });
}

function drawPanel({ title }: Panel, corner: Place, first: readonly Point[], second: readonly Point[]): string {
  const all = [...first, ...second];
  const left = corner.x + PANEL.left;
  const right = corner.x + PANEL.width - PANEL.right;
  const top = corner.y + PANEL.top;
  const bottom = corner.y + PANEL.height - PANEL.bottom;
  const x = logScale(
    all.map(({ size }) => size),
    left,
    right,
  );
  const y = logScale(
    all.map(({ value }) => value),
    bottom,
    top,
  );
  const series = (points: readonly Point[], tone: Tone) =>
    points.length === 0
      ? ""
      : markedLine(
          points.map(({ size, value }) => ({ x: x.at(size), y: y.at(value) })),
          tone,
        );
  const exponents = [first, second].map((points) => fitPower(points)?.exponent.toFixed(2) ?? "–");
  return [
    label({ x: left, y: corner.y + 22 }, title, { kind: "title" }),
    label({ x: right, y: corner.y + 22 }, `n ${exponents.join(" and ")}`, { anchor: "end", kind: "quiet" }),
    ...x.ticks.flatMap((tick) => [
      rule({ x: x.at(tick), y: top }, { x: x.at(tick), y: bottom }, "grid"),
      label({ x: x.at(tick), y: bottom + 18 }, tick.toLocaleString("en-US"), { anchor: "middle", kind: "quiet" }),
    ]),
    ...y.ticks.flatMap((tick) => [
      rule({ x: left, y: y.at(tick) }, { x: right, y: y.at(tick) }, "grid"),
      label({ x: left - 8, y: y.at(tick) + 4 }, tick.toLocaleString("en-US"), { anchor: "end", kind: "quiet" }),
    ]),
    rule({ x: left, y: bottom }, { x: right, y: bottom }, "axis"),
    rule({ x: left, y: top }, { x: left, y: bottom }, "axis"),
    series(first, "first"),
    series(second, "second"),
  ].join("\n");
}
