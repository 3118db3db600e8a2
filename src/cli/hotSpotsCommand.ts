/** `onceover hotspots`: where to look first in a repository. Free, and nothing leaves the machine. */
import type { HotSpot, HotSpots } from "../core/engine.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import type { HotSpotsArguments } from "./invocation.ts";
import { createEnvironmentSecrets } from "./environmentSecrets.ts";
import { resolveFolders } from "./folders.ts";
import { renderJsonValue } from "../core/export/jsonReporter.ts";
import { createCliLogger, type Session } from "./session.ts";
import { listenForCancel } from "./signals.ts";
import { storeFolderOf } from "./storeFolder.ts";

/** More than anybody looks at; `--format json` has all. */
const SHOWN_SPOTS = 25;
const SHOWN_CYCLES = 10;
const SHOWN_IN_CYCLE = 6;

export async function hotSpotsCommand(args: HotSpotsArguments, session: Session): Promise<number> {
  const { io, stdout, stderr } = session;
  const folders = resolveFolders(args.paths, io.cwd);
  const cancellation = listenForCancel(io, () => {});
  const logger = createCliLogger((line) => void stderr.write(`${line}\n`).catch(() => {}), args);
  const createEngine = await io.loadEngine();
  const engine = await createEngine(createSystemPorts({ secrets: createEnvironmentSecrets(io.env, null), logger }), {
    ...DEFAULT_SETTINGS,
    include: args.include,
    exclude: args.exclude,
    storeFolder: storeFolderOf(args.cacheDir, io.cwd),
  });
  try {
    const found = await engine.hotSpots({ folders, trusted: true }, { signal: cancellation.signal });
    const isJson = args.format === "json";
    await stdout.write(isJson ? renderJsonValue({ schema: "onceover.hotspots/1", ...found }) : render(found, session));
    return 0;
  } finally {
    await engine.dispose();
    cancellation.stop();
  }
}

function render({ spots, cycles }: HotSpots, { palette }: Session): string {
  const shown = spots.filter(({ reasons }) => reasons.length > 0).slice(0, SHOWN_SPOTS);
  const files = `${spots.length} source ${spots.length === 1 ? "file" : "files"}`;
  if (shown.length === 0) return `Nothing stands out in ${files}.\n`;
  const lines = [`Where to look first, of ${files}`, ""];
  for (const [at, spot] of shown.entries()) lines.push(...spotLines(spot, at + 1, palette));
  if (cycles.length > 0) {
    lines.push("", "Files that use each other in a circle", "");
    for (const cycle of cycles.slice(0, SHOWN_CYCLES)) lines.push(`  ${cycleWords(cycle)}`);
    if (cycles.length > SHOWN_CYCLES) lines.push(`  and ${cycles.length - SHOWN_CYCLES} more circles`);
  }
  return `${lines.join("\n")}\n`;
}

function spotLines({ path, reasons }: HotSpot, place: number, palette: Session["palette"]): string[] {
  return [
    `${String(place).padStart(4)}  ${palette.bold(escapeLine(path))}`,
    `      ${escapeLine(reasons.join(" · "))}`,
  ];
}

function cycleWords(cycle: readonly string[]): string {
  const named = cycle.slice(0, SHOWN_IN_CYCLE).map(escapeLine).join(" ↔ ");
  const rest = cycle.length - SHOWN_IN_CYCLE;
  return rest > 0 ? `${named} and ${rest} more` : named;
}
