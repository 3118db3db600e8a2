import uPlot from "uplot";
import type { RunDetails } from "../../shared/panelProtocol.ts";

export interface FlowChart {
  draw(flow: RunDetails["flow"]): void;
  dispose(): void;
}

const heightPx = 88;

/** A step line of requests in flight with a dashed one for the limit, as wide as `frame`, in the theme's colours. */
export function createFlowChart(frame: HTMLElement): FlowChart {
  let plot: uPlot | null = null;
  let newest: uPlot.AlignedData = [[], [], []];

  function build() {
    plot?.destroy();
    plot = new uPlot(chartOptions(frame), newest, frame);
  }

  const resized = new ResizeObserver(() => plot?.setSize({ width: frame.clientWidth, height: heightPx }));
  resized.observe(frame);
  // A canvas keeps the colours it was drawn with: a change of theme draws it anew.
  const themed = new MutationObserver(build);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  themed.observe(document.body, { attributes: true, attributeFilter: ["class"] });

  return {
    draw(flow) {
      const seconds = flow.inFlight.map((_, step) => (step * flow.stepMs) / 1000);
      newest = [seconds, [...flow.inFlight], [...flow.limit]];
      if (plot) plot.setData(newest);
      else build();
    },
    dispose() {
      resized.disconnect();
      themed.disconnect();
      plot?.destroy();
    },
  };
}

function chartOptions(frame: HTMLElement): uPlot.Options {
  const style = getComputedStyle(document.body);
  const color = (name: string) => style.getPropertyValue(name).trim() || style.color;
  const paid = color("--vscode-charts-blue");
  const text = color("--vscode-foreground");
  const font = `11px ${style.fontFamily}`;
  const steps = uPlot.paths.stepped?.({ align: 1 });
  const axis = { stroke: text, font, ticks: { show: false }, gap: 4 } satisfies uPlot.Axis;
  return {
    width: frame.clientWidth,
    height: heightPx,
    padding: [6, 8, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(2, Math.ceil(most * 1.1))] } },
    axes: [
      { ...axis, grid: { show: false }, size: 20, space: 48, values: (_, splits) => splits.map((one) => `${one} s`) },
      {
        ...axis,
        grid: { stroke: color("--vscode-charts-lines"), width: 0.5 },
        size: 24,
        space: 24,
        incrs: [1, 2, 4, 8, 16, 32, 64],
      },
    ],
    series: [
      {},
      {
        stroke: paid,
        width: 1.5,
        fill: `color-mix(in srgb, ${paid} 14%, transparent)`,
        ...stepped(steps),
        points: { show: false },
      },
      { stroke: text, width: 1, dash: [3, 3], ...stepped(steps), points: { show: false } },
    ],
  };
}

function stepped(paths: uPlot.Series.PathBuilder | undefined): { paths?: uPlot.Series.PathBuilder } {
  return paths ? { paths } : {};
}
