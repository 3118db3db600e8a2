import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { RunDetails } from "../../shared/panelProtocol.ts";
import { formatDuration } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { PlotFrame } from "./plotFrame.tsx";

export interface FlowPlotProps {
  readonly flow: RunDetails["flow"];
  readonly isRunning: boolean;
}

/** With fewer steps there is no course to see. */
const stepsForPlot = 6;

/** Did the provider slow the run down? Requests in flight over time, the limit they were held to, and pauses. */
export function FlowPlot({ flow, isRunning }: FlowPlotProps): JSX.Element | null {
  const marks = useRef(flow.marks);
  marks.current = flow.marks;
  const data = useMemo(
    () =>
      [flow.inFlight.map((_, step) => (step * flow.stepMs) / 1000), [...flow.inFlight], [...flow.limit]] satisfies [
        number[],
        number[],
        (number | null)[],
      ],
    [flow],
  );
  const peak = Math.max(0, ...flow.inFlight);
  if (flow.inFlight.length < stepsForPlot || peak <= 1) return null;
  const limit = flow.limit.findLast((one) => one !== null) ?? null;
  const now = isRunning ? t("{0} now", flow.inFlight.at(-1) ?? 0) : t("peak {0}", peak);
  const length = formatDuration(flow.inFlight.length * flow.stepMs);
  const said =
    limit === null
      ? t("Requests in flight over {0}: peak {1}.", length, peak)
      : t("Requests in flight over {0}: peak {1}, limit {2} at the end.", length, peak, limit);
  const pauses = flow.marks.filter(({ reason }) => reason !== "lease");
  const pauseWords = tCount(pauses.length, "{0} pause", "{0} pauses");
  return (
    <PlotFrame
      title={t("Requests in flight")}
      figure={limit === null ? now : t("{0}, limit {1}", now, limit)}
      label={pauses.length === 0 ? said : `${said} ${pauseWords}.`}
      data={data}
      load={async () => {
        const { createFlowChart } = await import("./flowChart.ts");
        return (frame) => createFlowChart(frame, () => marks.current);
      }}
    />
  );
}
