import uPlot from "uplot";

export interface Plot {
  draw(data: uPlot.AlignedData): void;
  dispose(): void;
}

export interface PlotColours {
  readonly paid: string;
  readonly saved: string;
  readonly warning: string;
  readonly text: string;
  readonly lines: string;
  readonly font: string;
}

/** A plot as wide as `frame`, in the colours of the theme, drawn anew when either changes. */
export function createPlot(
  frame: HTMLElement,
  heightPx: number,
  options: (colours: PlotColours) => Omit<uPlot.Options, "width" | "height">,
): Plot {
  let plot: uPlot | null = null;
  let newest: uPlot.AlignedData | null = null;

  function build() {
    plot?.destroy();
    plot =
      newest && new uPlot({ ...options(themeColours()), width: frame.clientWidth, height: heightPx }, newest, frame);
  }

  const resized = new ResizeObserver(() => plot?.setSize({ width: frame.clientWidth, height: heightPx }));
  resized.observe(frame);
  // A canvas keeps the colours it was drawn with: a change of theme draws it anew.
  const themed = new MutationObserver(build);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  themed.observe(document.body, { attributes: true, attributeFilter: ["class"] });

  return {
    draw(data) {
      newest = data;
      if (plot) plot.setData(data);
      else build();
    },
    dispose() {
      resized.disconnect();
      themed.disconnect();
      plot?.destroy();
    },
  };
}

function themeColours(): PlotColours {
  const style = getComputedStyle(document.body);
  const colour = (name: string) => style.getPropertyValue(name).trim() || style.color;
  return {
    paid: colour("--vscode-charts-blue"),
    saved: colour("--vscode-charts-green"),
    warning: colour("--vscode-problemsWarningIcon-foreground"),
    text: colour("--vscode-foreground"),
    lines: colour("--vscode-charts-lines"),
    font: `11px ${style.fontFamily}`,
  };
}

export function axis({ text, font }: PlotColours): uPlot.Axis {
  return { stroke: text, font, ticks: { show: false }, gap: 4 };
}
