import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { formatPercent } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { knownRuns } from "./knownRuns.ts";
import type { PanelState } from "./panelState.ts";
import { PlotFrame } from "./plotFrame.tsx";

/** With fewer there is no course to see. */
const runsForPlot = 3;

/** Do the caches get better or worse from run to run? Layer upon layer, and the provider's own beside them. */
export function CacheCourse({ state }: { readonly state: PanelState }): JSX.Element | null {
  const { view, details, recent } = state;
  const shares = useMemo(
    () =>
      knownRuns({ view, details, recent })
        .flatMap(({ cache }) => cache ?? [])
        .toReversed(),
    [view, details, recent],
  );
  const data = useMemo(
    () =>
      [
        shares.map((_, index) => index + 1 - shares.length),
        shares.map(({ memory, stored }) => memory + stored),
        shares.map(({ memory }) => memory),
        shares.map(({ provider }) => provider),
      ] satisfies [number[], number[], number[], (number | null)[]],
    [shares],
  );
  if (shares.length < runsForPlot) return null;
  const { memory, stored } = shares.at(-1)!;
  const known = formatPercent(memory + stored);
  const runs = tCount(shares.length, "{0} run", "{0} runs");
  return (
    <>
      <PlotFrame
        title={t("Cache from run to run")}
        figure={t("{0} hits", known)}
        label={t(
          "Answered from caches, {0}: first {1}, now {2}.",
          runs,
          formatPercent(shares[0]!.memory + shares[0]!.stored),
          known,
        )}
        data={data}
        load={async () => (await import("./cacheChart.ts")).createCacheChart}
      />
      <ul class="legend course">
        <li>
          <i class="swatch fill-saved" /> {t("stored answers")}
        </li>
        {shares.some((one) => one.memory > 0) && (
          <li>
            <i class="swatch fill-paid" /> {t("of them from memory")}
          </li>
        )}
        {shares.some(({ provider }) => provider !== null) && (
          <li>
            <i class="swatch dashed" /> {t("provider's cache, of input")}
          </li>
        )}
      </ul>
    </>
  );
}
