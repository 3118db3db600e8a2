import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatBytes, formatCount, formatDuration } from "../../shared/format.ts";
import { displayLanguage, t, tCount } from "../../shared/localize.ts";
import { compareHolders, type MemoryFigures, type MemorySnapshot } from "../../shared/memoryFigures.ts";
import { runCommand } from "../common/host.ts";
import { Facts } from "./facts.tsx";
import { holderName } from "./holderName.ts";
import type { PanelState } from "./panelState.ts";
import { PlotFrame } from "./plotFrame.tsx";
import { Section } from "./section.tsx";
import { toggled } from "./toggled.ts";

/** Less is no course to see. */
const samplesForPlot = 4;
/** Slower than this the line is flat. */
const STEADY_BYTES_PER_MINUTE = 1024 * 1024;

/** Does it leak? What the process holds, which all extensions share, and what of it is ours. */
export function MemorySection({ state }: { readonly state: PanelState }): JSX.Element | null {
  const { memory } = state;
  if (!memory) return null;
  const ours = memory.holders.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Section
      id="Memory"
      title={t("Memory")}
      headline={memory.alert ? t("growing") : t("{0} ours", formatBytes(ours))}
      isOpen={memory.alert !== null}
    >
      <p class="large spread">
        <b>{formatBytes(ours)}</b>
        <span>{t("Onceover's own, of {0} at most", formatBytes(memory.limitBytes))}</span>
      </p>
      <Facts
        facts={memory.holders.map(({ name, bytes, count }) => ({
          name: holderName(name),
          value: `${formatCount(count)} · ${formatBytes(bytes)}`,
        }))}
      />
      <HeapPlot memory={memory} />
      <p class="muted small-text">{t("Heap and process belong to all extensions of this window.")}</p>
      <Snapshots snapshots={memory.snapshots} />
      <p class="links">
        <button type="button" class="link" onClick={() => runCommand("takeMemorySnapshot")}>
          {t("Take Snapshot")}
        </button>
        <button type="button" class="link" onClick={() => runCommand("saveHeapSnapshot")}>
          {t("Save Heap Snapshot…")}
        </button>
      </p>
    </Section>
  );
}

function HeapPlot({ memory }: { readonly memory: MemoryFigures }): JSX.Element | null {
  const { samples, trendBytesPerMinute } = memory;
  const data = useMemo(() => plotData(samples), [samples]);
  if (samples.length < samplesForPlot) return null;
  const now = samples.at(-1)!;
  const trend = trendWords(trendBytesPerMinute);
  const length = formatDuration(now.atMs - samples[0]!.atMs);
  return (
    <>
      <PlotFrame
        title={t("Heap")}
        figure={trend === null ? formatBytes(now.heapBytes) : `${formatBytes(now.heapBytes)}, ${trend}`}
        label={t(
          "Heap of the process over {0}: now {1}. Dots are what full collections left.",
          length,
          formatBytes(now.heapBytes),
        )}
        data={data}
        load={async () => (await import("./memoryChart.ts")).createMemoryChart}
      />
      <Facts
        facts={[
          { name: t("Process"), value: formatBytes(now.rssBytes) },
          { name: t("Outside the heap"), value: formatBytes(now.externalBytes) },
          { name: t("Full collections"), value: formatCount(now.collections) },
        ]}
      />
    </>
  );
}

function plotData(samples: MemoryFigures["samples"]): [number[], number[], (number | null)[]] {
  const startMs = samples[0]?.atMs ?? 0;
  return [
    samples.map(({ atMs }) => (atMs - startMs) / 1_000),
    samples.map(({ heapBytes }) => heapBytes),
    samples.map(({ heapBytes, collections }, index) =>
      index > 0 && collections > samples[index - 1]!.collections ? heapBytes : null,
    ),
  ];
}

function trendWords(bytesPerMinute: number | null): string | null {
  if (bytesPerMinute === null) return null;
  if (Math.abs(bytesPerMinute) < STEADY_BYTES_PER_MINUTE) return t("steady");
  const amount = formatBytes(Math.abs(bytesPerMinute));
  return bytesPerMinute > 0 ? t("growing by {0} a minute", amount) : t("falling by {0} a minute", amount);
}

function Snapshots({ snapshots }: Pick<MemoryFigures, "snapshots">): JSX.Element | null {
  const [chosen, setChosen] = useState<readonly number[]>([]);
  if (snapshots.length === 0) return null;
  const pair = snapshots.filter(({ number }) => chosen.includes(number));
  return (
    <>
      <h3>{t("Snapshots")}</h3>
      <ul class="choices">
        {snapshots.slice(0, 6).map((snapshot) => (
          <li key={snapshot.number}>
            <label class="choice">
              <input
                type="checkbox"
                checked={chosen.includes(snapshot.number)}
                onChange={() => setChosen(toggled(chosen, snapshot.number))}
              />
              <span class="name">{snapshotName(snapshot)}</span>
              <span class="figure">{formatBytes(snapshot.heapBytes)}</span>
            </label>
          </li>
        ))}
      </ul>
      {snapshots.length > 1 && pair.length < 2 && <p class="muted">{t("Choose two to compare them.")}</p>}
      {pair.length === 2 && <Comparison before={pair[1]!} after={pair[0]!} />}
    </>
  );
}

function snapshotName({ number, label, takenAt }: MemorySnapshot): string {
  const time = new Date(takenAt).toLocaleTimeString(displayLanguage(), { hour: "2-digit", minute: "2-digit" });
  return label === "run" ? t("{0}. After the run, {1}", number, time) : t("{0}. Asked for, {1}", number, time);
}

function Comparison({
  before,
  after,
}: {
  readonly before: MemorySnapshot;
  readonly after: MemorySnapshot;
}): JSX.Element {
  const changes = compareHolders(before.holders, after.holders);
  return (
    <Facts
      facts={[
        { name: t("Heap"), value: signed(after.heapBytes - before.heapBytes) },
        { name: t("Process"), value: signed(after.rssBytes - before.rssBytes) },
        ...changes.map(({ name, bytesChange, countChange }) => ({
          name: holderName(name),
          value: countChange === 0 ? signed(bytesChange) : `${signed(bytesChange)} · ${entries(countChange)}`,
        })),
      ]}
    />
  );
}

function entries(change: number): string {
  return `${change < 0 ? "−" : "+"}${tCount(Math.abs(change), "{0} entry", "{0} entries")}`;
}

function signed(bytes: number): string {
  return `${bytes < 0 ? "−" : "+"}${formatBytes(Math.abs(bytes))}`;
}
