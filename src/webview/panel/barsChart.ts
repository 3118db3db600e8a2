import uPlot from "uplot";
import { formatDuration } from "../../shared/format.ts";
import { axis, createPlot, type Plot } from "./plotTheme.ts";

const heightPx = 80;

/** Columns of how often replies took how long, with lines where the percentiles are. */
export function createBarsChart(frame: HTMLElement, ticksMs: () => readonly number[]): Plot {
  return createPlot(frame, heightPx, (colours) => {
    const bars = uPlot.paths.bars?.({ size: [0.9], align: 1 });
    return {
      padding: [6, 12, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: (plot, least, most) => [least, most + stepOf(plot.data[0])] },
        y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
      },
      axes: [
        {
          ...axis(colours),
          grid: { show: false },
          size: 20,
          space: 56,
          values: (_, splits) => splits.map((ms) => (ms === 0 ? "0" : formatDuration(ms))),
        },
        {
          ...axis(colours),
          grid: { stroke: colours.lines, width: 0.5 },
          size: 24,
          space: 18,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        },
      ],
      series: [
        {},
        { fill: colours.paid, stroke: colours.paid, width: 0, ...(bars && { paths: bars }), points: { show: false } },
      ],
      hooks: { draw: [(plot) => drawTicks(plot, ticksMs(), colours.text)] },
    };
  });
}

function stepOf(xs: ArrayLike<number>): number {
  return xs.length > 1 ? xs[1]! - xs[0]! : 1;
}

function drawTicks(plot: uPlot, ticksMs: readonly number[], colour: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([2 * uPlot.pxRatio, 2 * uPlot.pxRatio]);
  for (const ms of ticksMs) {
    const x = Math.min(plot.valToPos(ms, "x", true), bbox.left + bbox.width);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
