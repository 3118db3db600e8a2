import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import type { Plot } from "./plotTheme.ts";

export interface PlotFrameProps {
  readonly title: string;
  /** Beside the title. */
  readonly figure: string;
  /** What the plot shows, in one sentence with its figures. */
  readonly label: string;
  /** Loaded with the first plot: most panels never draw one. */
  readonly load: () => Promise<(frame: HTMLElement) => Plot>;
  readonly data: uPlot.AlignedData;
}

export function PlotFrame({ title, figure, label, load, data }: PlotFrameProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const newest = useRef(data);
  newest.current = data;

  useEffect(() => {
    let isGone = false;
    void load().then((create) => {
      if (isGone || !frame.current) return;
      plot.current = create(frame.current);
      plot.current.draw(newest.current);
    });
    return () => {
      isGone = true;
      plot.current?.dispose();
      plot.current = null;
    };
  }, []);
  useEffect(() => plot.current?.draw(data), [data]);

  return (
    <figure class="plot">
      <figcaption>
        <h3>{title}</h3>
        <span>{figure}</span>
      </figcaption>
      <div ref={frame} class="frame" role="img" aria-label={label} />
    </figure>
  );
}
