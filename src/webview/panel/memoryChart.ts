import { formatBytes } from "../../shared/format.ts";
import { axis, createPlot, type Plot } from "./plotTheme.ts";
import { TIME_STEPS, timeMark } from "./timeAxis.ts";

const heightPx = 80;

const INCREMENTS = Array.from({ length: 16 }, (_, power) => 2 ** power * 1024 ** 2);

/** The heap over time; dots are what full collections left. */
export function createMemoryChart(frame: HTMLElement): Plot {
  return createPlot(frame, heightPx, (colours) => ({
    padding: [6, 8, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, most * 1.15] } },
    axes: [
      {
        ...axis(colours),
        grid: { show: false },
        size: 20,
        space: 56,
        incrs: TIME_STEPS,
        values: (_, splits) => splits.map(timeMark),
      },
      {
        ...axis(colours),
        grid: { stroke: colours.lines, width: 0.5 },
        size: 52,
        space: 20,
        // Whole numbers of megabytes as they are written.
        incrs: INCREMENTS,
        values: (_, splits) => splits.map((bytes) => formatBytes(bytes)),
      },
    ],
    series: [
      {},
      { stroke: colours.paid, width: 1.5, points: { show: false } },
      { stroke: colours.text, width: 0, points: { show: true, size: 5, fill: colours.text } },
    ],
  }));
}
