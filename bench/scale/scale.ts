/** What a million files and a thousand developers would take, worked out from what was measured. Prints what docs/scale.md says. */
import { formatTable } from "../table.ts";
import { constantsTable } from "./constants.ts";
import { filesAtLimit } from "./limits.ts";
import { modelCosts, LANES } from "./modelCosts.ts";
import { offlineCosts } from "./offlineCosts.ts";
import { teamCosts, type Team } from "./teamCosts.ts";

const SIZES = [5_000, 100_000, 1_000_000];
/** The engine's own threads. */
const THREADS = 2;
/** What people see of a model that thinks. */
const REPLY_MS = 10_000;

const TEAM: Team = {
  developers: 1_000,
  editsADay: 20,
  signatureShare: 0.1,
  looksADay: 8,
  keysARequest: 500,
  workingHours: 8,
};

export function scale(): string {
  const sections = [
    ["Measured", constantsTable()],
    ["One machine, offline", offlineTable()],
    [`One machine, every file by a model; ${LANES} requests at once, ${REPLY_MS / 1_000} s a reply`, modelTable()],
    ["Where one process stops", limitsTable()],
    [`A team store for ${count(TEAM.developers)} developers`, teamTable()],
  ] as const;
  return sections.map(([title, table]) => `${title}\n\n${table}`).join("\n\n");
}

function offlineTable(): string {
  const rows = SIZES.map((files) => {
    const cold = offlineCosts(files, "cold");
    const again = offlineCosts(files, "unchanged");
    const costs = [
      duration(cold.cpuMs),
      duration(cold.cpuMs / THREADS),
      bytes(cold.peakRssBytes),
      bytes(cold.storeBytes),
    ];
    return [count(files), ...costs, duration(again.cpuMs), bytes(again.peakRssBytes)];
  });
  return formatTable(["files", "CPU", "at best", "peak RSS", "store", "unchanged, CPU", "peak RSS"], rows);
}

function modelTable(): string {
  const rows = SIZES.map((files) => {
    const { requests, usd, providerMs, cpuMs, peakRssBytes, storeBytes } = modelCosts(files, REPLY_MS);
    return [
      count(files),
      count(requests),
      dollars(usd),
      duration(providerMs),
      duration(cpuMs),
      bytes(peakRssBytes),
      bytes(storeBytes),
    ];
  });
  return formatTable(["files", "requests", "cost", "replies", "CPU", "peak RSS", "store"], rows);
}

function limitsTable(): string {
  const rows = filesAtLimit(REPLY_MS).map(({ what, limit, files }) => [what, limit, count(files)]);
  return formatTable(["what", "limit", "files"], rows);
}

function teamTable(): string {
  const costs = teamCosts(TEAM);
  const rows = [
    ["reviews that become stale in a day", count(costs.staleADay)],
    ["paid for once", `${dollars(costs.sharedUsdADay)} a day`],
    ["paid for by everybody", `${dollars(costs.aloneUsdADay)} a day`],
    ["look-ups and new reviews", `${count(costs.getsADay + costs.putsADay)} requests a day`],
    ["in working hours", `${costs.requestsASecond.toFixed(1)} a second`],
    ["sent out by the store", `${bytes(costs.bytesOutADay)} a day`],
    ["new in the store", `${bytes(costs.newBytesADay)} a day`],
  ];
  return formatTable(["what", "how much"], rows);
}

const count = (value: number) => Math.round(value).toLocaleString("en-US");
const dollars = (value: number) => `$${value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 2 : 0 })}`;

function bytes(value: number): string {
  return value >= 2 ** 30 ? `${(value / 2 ** 30).toFixed(1)} GB` : `${Math.round(value / 2 ** 20)} MB`;
}

function duration(ms: number): string {
  if (ms >= 86_400_000) return `${(ms / 86_400_000).toFixed(1)} days`;
  if (ms >= 3_600_000) return `${(ms / 3_600_000).toFixed(1)} h`;
  return ms >= 120_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 1_000).toFixed(1)} s`;
}
