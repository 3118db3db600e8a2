/** `onceover tool`: the read-only tools, for people and scripts. Free, and nothing leaves the machine. */
import type { Folder } from "../../core/engine.ts";
import { createSystemPorts } from "../../core/systemPorts.ts";
import { renderJsonValue } from "../../core/export/jsonReporter.ts";
import type { Tools } from "../../core/tools/openTools.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { DEFAULT_SETTINGS } from "../../shared/settings.ts";
import { createEnvironmentSecrets } from "../environmentSecrets.ts";
import { resolveFolders } from "../folders.ts";
import type { ToolArguments } from "../invocation.ts";
import { createCliLogger, type Session } from "../session.ts";
import { listenForCancel } from "../signals.ts";
import { storeFolderOf } from "../storeFolder.ts";
import { usage } from "../usageError.ts";
import { readCalls, runCalls } from "./batch.ts";
import { readToolWords, type ToolWords } from "./toolWords.ts";

/** Some call of a batch failed; the others have their answers. */
const PARTIAL_STATUS = 3;

export async function toolCommand(args: ToolArguments, session: Session): Promise<number> {
  const { describeTools } = await import("../../core/tools/describeTools.ts");
  const descriptions = describeTools();
  const words = readToolWords(args.argv, descriptions);
  if (words.name === "list") {
    const isJson = words.format === "json";
    const text = descriptions
      .map(({ name, description }) => `${session.palette.bold(name)}\n  ${description}\n`)
      .join("");
    await session.stdout.write(isJson ? renderJsonValue({ schema: "onceover.toollist/1", tools: descriptions }) : text);
    return 0;
  }
  return withTools(args, words, session, async (tools, signal) => {
    if (words.name === "batch") {
      const result = await runCalls(tools, readCalls(words.calls ?? missingCalls(), session.io.cwd), signal);
      await session.stdout.write(renderJsonValue(result));
      return result.calls.some((call) => "error" in call) ? PARTIAL_STATUS : 0;
    }
    const { json, source, ms } = await tools.call(words.name, words.parameters, signal);
    await session.stdout.write(renderJsonValue(JSON.parse(json)));
    if (args.verbose) await session.stderr.write(`${escapeLine(words.name)}: ${source}, ${ms.toFixed(1)} ms\n`);
    return 0;
  });
}

async function withTools(
  args: ToolArguments,
  words: ToolWords,
  { io, stderr }: Session,
  work: (tools: Tools, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const folders: readonly Folder[] = resolveFolders(words.paths, io.cwd);
  const cancellation = listenForCancel(io, () => {});
  const logger = createCliLogger((line) => void stderr.write(`${line}\n`).catch(() => {}), args);
  const createEngine = await io.loadEngine();
  const engine = await createEngine(createSystemPorts({ secrets: createEnvironmentSecrets(io.env, null), logger }), {
    ...DEFAULT_SETTINGS,
    exclude: words.exclude,
    storeFolder: storeFolderOf(words.cacheDir, io.cwd),
  });
  try {
    const tools = await engine.openTools({ folders, trusted: true, mayCheckTypes: words.mayCheckTypes });
    try {
      return await work(tools, cancellation.signal);
    } finally {
      tools.dispose();
    }
  } finally {
    await engine.dispose();
    cancellation.stop();
  }
}

function missingCalls(): never {
  throw usage("Which calls?", "Write: onceover tool batch --calls FILE, with a JSON call a line.");
}
