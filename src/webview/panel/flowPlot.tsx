import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { RunDetails } from "../../shared/panelProtocol.ts";
import { formatDuration } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import type { FlowChart } from "./flowChart.ts";

export interface FlowPlotProps {
  readonly flow: RunDetails["flow"];
  readonly isRunning: boolean;
}

/** With fewer steps there is no course to see. */
const stepsForPlot = 6;

/** Did the provider slow the run down? Requests in flight over time, and the limit they were held to. */
export function FlowPlot({ flow, isRunning }: FlowPlotProps): JSX.Element | null {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<FlowChart | null>(null);
  const newest = useRef(flow);
  newest.current = flow;
  const peak = Math.max(0, ...flow.inFlight);
  const isDrawn = flow.inFlight.length >= stepsForPlot && peak > 1;

  useEffect(() => {
    if (!isDrawn) return;
    let isGone = false;
    // Loaded with the first plot: most panels never draw one.
    void import("./flowChart.ts").then(({ createFlowChart }) => {
      if (isGone || !frame.current) return;
      chart.current = createFlowChart(frame.current);
      chart.current.draw(newest.current);
    });
    return () => {
      isGone = true;
      chart.current?.dispose();
      chart.current = null;
    };
  }, [isDrawn]);
  useEffect(() => chart.current?.draw(flow), [flow]);

  if (!isDrawn) return null;
  const limit = flow.limit.findLast((one) => one !== null) ?? null;
  const now = isRunning ? t("{0} now", flow.inFlight.at(-1) ?? 0) : t("peak {0}", peak);
  const length = formatDuration(flow.inFlight.length * flow.stepMs);
  return (
    <figure class="plot">
      <figcaption>
        <h3>{t("Requests in flight")}</h3>
        <span>{limit === null ? now : t("{0}, limit {1}", now, limit)}</span>
      </figcaption>
      <div
        ref={frame}
        class="frame"
        role="img"
        aria-label={
          limit === null
            ? t("Requests in flight over {0}: peak {1}.", length, peak)
            : t("Requests in flight over {0}: peak {1}, limit {2} at the end.", length, peak, limit)
        }
      />
    </figure>
  );
}
