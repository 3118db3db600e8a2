import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { formatCount, formatDuration } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import type { TimeHistogram } from "../../shared/panelFigures.ts";
import type { RunView, Samples } from "../../shared/runView.ts";
import { type Fact, Facts } from "./facts.tsx";
import { PlotFrame } from "./plotFrame.tsx";

/** With fewer samples a tail percentile says nothing. */
const samplesForTail = 20;

export interface ReplyTimesProps {
  readonly view: RunView;
  /** null: not known. */
  readonly histogram: TimeHistogram | null;
  readonly tokensPerSecond: number | null;
}

/** Are replies typically slow, or only some of them? */
export function ReplyTimes({ view, histogram, tokensPerSecond }: ReplyTimesProps): JSX.Element | null {
  const { latencyMs, firstTokenMs } = view;
  if (latencyMs.count === 0) return null;
  const title = t("Time per request");
  const count = tCount(latencyMs.count, "{0} reply", "{0} replies");
  return (
    <>
      {histogram && latencyMs.count >= samplesForTail ? (
        <Distribution title={title} count={count} histogram={histogram} samples={latencyMs} />
      ) : (
        <div class="pair apart">
          <h3>{title}</h3>
          <span>{count}</span>
        </div>
      )}
      <Facts
        facts={[
          ...sampleFacts(latencyMs),
          firstTokenMs.count > 0 ? { name: t("First token, median"), value: formatDuration(firstTokenMs.p50) } : null,
          firstTokenMs.count >= samplesForTail
            ? { name: t("First token, p95"), value: formatDuration(firstTokenMs.p95) }
            : null,
          tokensPerSecond === null
            ? null
            : { name: t("Output, median"), value: t("{0} tokens/s", formatCount(tokensPerSecond)) },
        ]}
      />
    </>
  );
}

interface DistributionProps {
  readonly title: string;
  readonly count: string;
  readonly histogram: TimeHistogram;
  readonly samples: Samples;
}

function Distribution({ title, count, histogram, samples }: DistributionProps): JSX.Element {
  const ticks = useRef<readonly number[]>([]);
  ticks.current = [samples.p50, samples.p95, samples.p99];
  const data = useMemo(
    () =>
      [histogram.counts.map((_, bar) => histogram.fromMs + bar * histogram.stepMs), [...histogram.counts]] satisfies [
        number[],
        number[],
      ],
    [histogram],
  );
  const [p50, p95, p99] = ticks.current.map(formatDuration);
  return (
    <PlotFrame
      title={title}
      figure={count}
      label={t(
        "How long replies took: half of them up to {0}, 95 of 100 up to {1}, 99 of 100 up to {2}.",
        p50!,
        p95!,
        p99!,
      )}
      data={data}
      load={async () => {
        const { createBarsChart } = await import("./barsChart.ts");
        return (frame) => createBarsChart(frame, () => ticks.current);
      }}
    />
  );
}

function sampleFacts({ count, p50, p95, p99, max }: Samples): readonly Fact[] {
  const median = { name: t("Median"), value: formatDuration(p50) };
  if (count < samplesForTail) return [median];
  return [
    median,
    { name: "p95", value: formatDuration(p95) },
    { name: "p99", value: formatDuration(p99) },
    { name: t("Longest"), value: formatDuration(max) },
  ];
}
