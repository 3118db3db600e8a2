import { formatPercent } from "../../shared/format.ts";
import { axis, createPlot, type Plot } from "./plotTheme.ts";

const heightPx = 80;

/** Shares over the last runs, the newest at 0: all layers, of them memory, and dashed the provider's own cache. */
export function createCacheChart(frame: HTMLElement): Plot {
  return createPlot(frame, heightPx, (colours) => ({
    padding: [8, 12, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false }, y: { range: [0, 1] } },
    axes: [
      {
        ...axis(colours),
        grid: { show: false },
        size: 20,
        space: 32,
        incrs: [1, 2, 5],
        values: (_, splits) => splits.map((run) => (run === 0 ? "0" : `−${Math.abs(run)}`)),
      },
      {
        ...axis(colours),
        grid: { stroke: colours.lines, width: 0.5 },
        size: 44,
        space: 20,
        incrs: [0.5, 1],
        values: (_, splits) => splits.map((share) => formatPercent(share)),
      },
    ],
    series: [
      {},
      {
        stroke: colours.saved,
        width: 1.5,
        fill: `color-mix(in srgb, ${colours.saved} 14%, transparent)`,
        points: { show: true, size: 5, fill: colours.saved },
      },
      { stroke: colours.paid, width: 1, points: { show: false } },
      { stroke: colours.text, width: 1, dash: [3, 3], spanGaps: true, points: { show: false } },
    ],
  }));
}
