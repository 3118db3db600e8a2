import uPlot from "uplot";
import type { FlowMark } from "../../shared/panelFigures.ts";
import { axis, createPlot, type Plot } from "./plotTheme.ts";
import { TIME_STEPS, timeMark } from "./timeAxis.ts";

const heightPx = 96;

/**
 * A step line of requests in flight with a dashed one for the limit; where requests stood still the ground is hatched,
 * and a triangle stands above where the provider asked for it.
 *
 * @param marks as they are when the plot is drawn
 */
export function createFlowChart(frame: HTMLElement, marks: () => readonly FlowMark[]): Plot {
  return createPlot(frame, heightPx, (colours) => {
    const steps = uPlot.paths.stepped?.({ align: 1 });
    const paths = steps ? { paths: steps } : {};
    return {
      padding: [12, 8, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(2, Math.ceil(most * 1.1))] } },
      axes: [
        {
          ...axis(colours),
          grid: { show: false },
          size: 20,
          space: 48,
          incrs: TIME_STEPS,
          values: (_, splits) => splits.map(timeMark),
        },
        {
          ...axis(colours),
          grid: { stroke: colours.lines, width: 0.5 },
          size: 24,
          space: 24,
          incrs: [1, 2, 4, 8, 16, 32, 64],
        },
      ],
      series: [
        {},
        {
          stroke: colours.paid,
          width: 1.5,
          fill: `color-mix(in srgb, ${colours.paid} 14%, transparent)`,
          ...paths,
          points: { show: false },
        },
        { stroke: colours.text, width: 1, dash: [3, 3], ...paths, points: { show: false } },
      ],
      hooks: { draw: [(plot) => drawMarks(plot, marks(), colours.warning)] },
    };
  });
}

/** Pixels of the canvas, which has more of them than the page where the screen is fine. */
function drawMarks(plot: uPlot, marks: readonly FlowMark[], colour: string): void {
  const { ctx, bbox } = plot;
  const size = 4 * uPlot.pxRatio;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  for (const { atMs, ms, reason } of marks) {
    if (reason === "lease") continue;
    const left = Math.max(bbox.left, plot.valToPos(atMs / 1_000, "x", true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos((atMs + ms) / 1_000, "x", true));
    ctx.globalAlpha = 0.5;
    for (let x = left; x < right; x += size) strokeLine(ctx, x, bbox.top, bbox.top + bbox.height);
    ctx.globalAlpha = 1;
    if (reason === "rate-limit") fillTriangle(ctx, left, bbox.top - size * 2, size);
  }
  ctx.restore();
}

function strokeLine(ctx: CanvasRenderingContext2D, x: number, top: number, bottom: number): void {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
}

function fillTriangle(ctx: CanvasRenderingContext2D, x: number, top: number, size: number): void {
  ctx.beginPath();
  ctx.moveTo(x - size, top);
  ctx.lineTo(x + size, top);
  ctx.lineTo(x, top + size * 1.6);
  ctx.fill();
}
