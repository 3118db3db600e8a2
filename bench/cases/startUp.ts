/** What the command line and the extension take before they have done anything, beside what an empty Node takes. */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { copyCorpus } from "../../test/support/corpus.ts";
import { activateOnce, writeActivationFolder, type Activation } from "../activation/activation.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { runCommandLine } from "../commandLine.ts";
import { megabytes, milliseconds } from "../formats.ts";
import { defineCase, type BenchRow, type Sample } from "../harness.ts";
import { runNode, type ProcessResult } from "../nodeProcess.ts";
import { median } from "../statistics.ts";

/** One start takes so little that a single one says nothing. */
const starts = 7;
const timeoutMs = 60_000;

interface Scope extends AsyncDisposable {
  /** One file. */
  readonly folder: string;
  /** The extension with a stand-in for the editor. */
  readonly extension: string;
  readonly parent: string;
  stores: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "workspace");
  await mkdir(folder);
  const copy = copyCorpus("express");
  await copyFile(join(copy.folder, "express.js"), join(folder, "express.js"));
  copy.remove();
  const extension = join(parent.path, "extension");
  await writeActivationFolder(extension);
  const dispose = () => parent[Symbol.asyncDispose]();
  return { folder, extension, parent: parent.path, stores: 0, [Symbol.asyncDispose]: dispose };
}

type Start = ProcessResult & Partial<Activation>;

function row(name: string, start: (scope: Scope) => Promise<Start>): BenchRow<Scope> {
  return {
    name,
    async measure(scope): Promise<Sample> {
      const results: Start[] = [];
      for (let at = 0; at < starts; at++) results.push(await start(scope));
      const of = (key: "cpuMs" | "peakRssBytes" | "importMs" | "activateMs") => {
        const values = results.map((result) => result[key] ?? null).filter((value) => value !== null);
        return values.length > 0 ? median(values) : null;
      };
      return {
        wallMs: median(results.map((result) => result.wallMs)),
        figures: {
          importMs: of("importMs"),
          activateMs: of("activateMs"),
          cpuMs: of("cpuMs"),
          peakRssBytes: of("peakRssBytes"),
        },
      };
    },
  };
}

const analyzeInto = ({ folder, parent }: Scope, store: number, env = {}) =>
  runCommandLine(
    ["analyze", folder, "--cache-dir", join(parent, `store-${store}`), "--quiet", "--format", "json"],
    env,
  );

const emptyNode = () => runNode("-e", ["0"], { timeoutMs });
/** The store of the last cold start. */
const warm = (scope: Scope) => analyzeInto(scope, scope.stores);

export const startUp = defineCase<Scope>({
  name: "start-up",
  title: "Start-up of the command line and of the extension",
  conditions: `One small file, offline; the editor is a stand-in; the median of ${starts} starts in each run; the usage is written by a preloaded module in all rows`,
  baseline: "node -e 0",
  figures: [
    { key: "importMs", heading: "import", format: milliseconds },
    { key: "activateMs", heading: "activate()", format: milliseconds },
    { key: "cpuMs", heading: "CPU", format: milliseconds },
    { key: "peakRssBytes", heading: "peak RSS", format: megabytes },
  ],
  openScope,
  rows: [
    row("node -e 0", emptyNode),
    row("--version", () => runCommandLine(["--version"])),
    row("--help", () => runCommandLine(["--help"])),
    row("analyze, fresh store", (scope) => analyzeInto(scope, ++scope.stores)),
    row("analyze, same store", warm),
    row("the same, NODE_COMPILE_CACHE set", (scope) =>
      analyzeInto(scope, scope.stores, { NODE_COMPILE_CACHE: join(scope.parent, "compiled") }),
    ),
    row("the extension, activated", ({ extension }) => activateOnce(extension, "activated")),
    row("the same, with compile cache", ({ extension, parent }) =>
      activateOnce(extension, "activated", { NODE_COMPILE_CACHE: join(parent, "compiled-extension") }),
    ),
    row("the extension, views registered", ({ extension }) => activateOnce(extension, "settled")),
  ],
});
