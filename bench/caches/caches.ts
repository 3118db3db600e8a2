/** What stored answers cost to be found, and how well it is chosen which of the others stay. */
import { formatTable } from "../table.ts";
import { evictionQuality, POLICIES } from "./evictionQuality.ts";
import { recordRows } from "./recordRows.ts";
import { measureTiers } from "./tierLatency.ts";
import { makeTraces, type UseTrace } from "./useTraces.ts";

/** Of all that a trace ever asks for. */
const SIZES = [0.1, 0.25, 0.5] as const;

export async function caches(): Promise<void> {
  const tiers = await measureTiers();
  const rows = tiers.map(({ tier, p50Ms, p99Ms, perSecond }) => [
    tier,
    milliseconds(p50Ms),
    milliseconds(p99Ms),
    perSecond.toFixed(0),
  ]);
  console.log(`${formatTable(["hit in", "p50", "p99", "hits a second"], rows)}\n`);
  const traces = makeTraces(await recordRows());
  const header = ["time spared (hits)", "room", ...POLICIES];
  console.log(formatTable(header, traces.flatMap(rowsOf)));
}

function rowsOf(trace: UseTrace): string[][] {
  const all = new Map(trace.days.flat().map((row) => [row.id, row.bytes]));
  const bytes = [...all.values()].reduce((sum, one) => sum + one, 0);
  return SIZES.map((share) => {
    const cells = POLICIES.map((policy) => {
      const { sparedCost, hits } = evictionQuality(trace, policy, bytes * share);
      return `${percent(sparedCost)} (${percent(hits)})`;
    });
    return [trace.name, percent(share), ...cells];
  });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`;
}
