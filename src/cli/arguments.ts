/** The command line as typed: parsed, checked, and refused with one line that says what to do. */
import type { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { ServerProvider } from "../shared/endpoint.ts";
import type { FailOn } from "./exitStatus.ts";
import { LATER_COMMANDS, type Command } from "./flags.ts";
import { baseUrlOf, budgetOf, oneOf, priceOf, wholeNumber } from "./flagValues.ts";
import { readFlags, type Given } from "./givenFlags.ts";
import type {
  AnalyzeArguments,
  CacheAction,
  CacheArguments,
  CommonArguments,
  Format,
  HotSpotsArguments,
  Invocation,
  ModelsArguments,
  OvernightAction,
  OvernightArguments,
  ReportFormat,
} from "./invocation.ts";
import { SERVICE_TIERS } from "../shared/settings.ts";
import { nearestWord } from "./nearestWord.ts";
import { later, usage } from "./usageError.ts";

const COMMANDS: readonly Command[] = ["analyze", "overnight", "hotspots", "tool", "cache", "models"];
const OVERNIGHT_ACTIONS: readonly OvernightAction[] = ["status", "collect", "cancel"];
const CACHE_ACTIONS: readonly CacheAction[] = ["stats", "verify", "prune", "clear", "erase"];
/** The editor's own models are asked in the editor. */
type CliProvider = "offline" | ServerProvider;

const PROVIDERS: readonly CliProvider[] = ["offline", "openai", "anthropic", "ollama"];
const FORMATS: readonly Format[] = ["pretty", "json"];
const REPORT_FORMATS: readonly ReportFormat[] = [...FORMATS, "sarif", "markdown", "github"];
const FAIL_ON: readonly FailOn[] = ["error", "warning", "info", "never"];

/** Throws `usage`. */
export function parseArguments(argv: readonly string[]): Invocation {
  const given = readFlags(argv);
  if (given.has("help")) return { command: "help", isAsked: true };
  if (given.has("version")) return { command: "version" };
  const [word, ...rest] = given.positionals;
  if (word === undefined) {
    if (given.names.length > 0) throw usage("No command is given.", `Write: onceover analyze ${argv.join(" ")}`);
    return { command: "help", isAsked: false };
  }
  const command = commandOf(word);
  if (command === "tool") return { command, argv, ...commonArguments(given) };
  given.checkFor(command);
  if (command === "analyze") return analyzeArguments(given, rest);
  if (command === "overnight") return overnightArguments(given, rest);
  if (command === "hotspots") return hotSpotsArguments(given, rest);
  if (command === "cache") return cacheArguments(given, rest);
  return modelsArguments(given, rest);
}

function commandOf(word: string): Command {
  const command = COMMANDS.find((one) => one === word);
  if (command) return command;
  const shown = escapeLine(word);
  if (LATER_COMMANDS.includes(word)) throw later(`the command ${word}`);
  const nearest = nearestWord(word, COMMANDS);
  if (nearest) throw usage(`There is no command ${shown}.`, `Did you mean onceover ${nearest}?`);
  throw usage(`There is no command ${shown}.`, `To review a folder: onceover analyze ${shown}`);
}

function analyzeArguments(given: Given, paths: readonly string[]): AnalyzeArguments {
  const provider = providerOf(given);
  const model = given.value("model");
  const price = priceOf(given);
  if (provider === "offline") {
    const modelFlags = [
      "model",
      "strong-model",
      "base-url",
      "endpoint",
      "price",
      "no-refute",
      "service-tier",
      "overnight",
      "team-folder",
    ];
    const name = modelFlags.find((one) => given.has(one));
    if (name) throw usage(`--${name} has no meaning offline.`, "Add: --provider openai");
  }
  if (price && model === null) throw usage("--price needs to know the model.", "Add: --model NAME");
  checkHalfPrice(given, provider);
  return {
    command: "analyze",
    serviceTier: oneOf(given, "service-tier", SERVICE_TIERS) ?? "default",
    overnight: given.has("overnight"),
    waitForBatches: !given.has("no-wait-batch"),
    format: reportFormatOf(given),
    ...commonArguments(given),
    paths: paths.length > 0 ? paths : ["."],
    provider,
    model,
    strongModel: given.value("strong-model"),
    baseUrl: baseUrlOf(given.value("base-url"), "--base-url"),
    endpoints: given.values("endpoint").map((url) => baseUrlOf(url, "--endpoint")!),
    price,
    refuter: !given.has("no-refute"),
    budgetUsd: budgetOf(given, "budget", 1),
    dailyBudgetUsd: budgetOf(given, "daily-budget", null),
    estimate: given.has("estimate"),
    concurrency: wholeNumber(given, "concurrency", 16, 1, 256),
    include: given.values("include"),
    exclude: given.values("exclude"),
    since: given.value("since"),
    failOn: oneOf(given, "fail-on", FAIL_ON) ?? "never",
    output: given.value("output"),
    trace: given.value("trace"),
    cacheDir: given.value("cache-dir"),
    teamFolder: given.value("team-folder"),
    useCache: !given.has("no-cache"),
  };
}

function checkHalfPrice(given: Given, provider: CliProvider): void {
  if (given.has("service-tier") && provider !== "openai") {
    throw usage("--service-tier belongs to the provider openai.", "Leave it out, or add: --provider openai");
  }
  if (!given.has("overnight")) return;
  if (provider === "ollama") throw usage("The provider ollama takes no work for the night.", "Leave --overnight out.");
  const name = ["fail-on", "trace"].find((one) => given.has(one));
  if (name) throw usage(`--${name} has no meaning with --overnight: there is no report yet.`, "Leave it out.");
  if (given.has("format") && oneOf(given, "format", REPORT_FORMATS) !== "json" && given.value("format") !== "pretty") {
    throw usage("What was submitted is written as pretty or json.", "Leave --format out.");
  }
}

function overnightArguments(given: Given, [word = "status", ...rest]: readonly string[]): OvernightArguments {
  const action = OVERNIGHT_ACTIONS.find((one) => one === word);
  if (!action) {
    const choices = OVERNIGHT_ACTIONS.join("|");
    throw usage(`There is no onceover overnight ${escapeLine(word)}.`, `Write: onceover overnight ${choices}`);
  }
  refuseMore(rest);
  const baseUrl = baseUrlOf(given.value("base-url"), "--base-url");
  const cacheDir = given.value("cache-dir");
  return { command: "overnight", format: formatOf(given), ...commonArguments(given), action, baseUrl, cacheDir };
}

function hotSpotsArguments(given: Given, paths: readonly string[]): HotSpotsArguments {
  return {
    command: "hotspots",
    format: formatOf(given),
    ...commonArguments(given),
    paths: paths.length > 0 ? paths : ["."],
    include: given.values("include"),
    exclude: given.values("exclude"),
    cacheDir: given.value("cache-dir"),
  };
}

/** What cannot be undone is not done by a slip of the hand. */
function wrongYes(action: CacheAction): OnceoverError {
  if (action !== "erase")
    return usage(`--yes does not belong to onceover cache ${action}.`, "It goes with: onceover cache erase");
  return usage(
    "This erases all reviews, ignored findings, reports and the record of costs, and cannot be undone.",
    "To see how much there is: onceover cache stats. To erase it: onceover cache erase --yes",
  );
}

function cacheArguments(given: Given, [word, ...rest]: readonly string[]): CacheArguments {
  const choices = CACHE_ACTIONS.join("|");
  if (word === undefined) throw usage("What about the cache?", `Write: onceover cache ${choices}`);
  const action = CACHE_ACTIONS.find((one) => one === word);
  if (!action) throw usage(`There is no onceover cache ${escapeLine(word)}.`, `Write: onceover cache ${choices}`);
  refuseMore(rest);
  if (given.has("max-mb") && action !== "prune") {
    throw usage(`--max-mb does not belong to onceover cache ${action}.`, "It goes with: onceover cache prune");
  }
  if (given.has("yes") !== (action === "erase")) throw wrongYes(action);
  const maxMb = wholeNumber(given, "max-mb", 200, 0, 1_000_000);
  const format = formatOf(given);
  return { command: "cache", format, ...commonArguments(given), action, cacheDir: given.value("cache-dir"), maxMb };
}

function modelsArguments(given: Given, rest: readonly string[]): ModelsArguments {
  refuseMore(rest);
  const format = formatOf(given);
  const provider = oneOf(given, "provider", PROVIDERS) ?? "openai";
  if (provider === "offline") throw usage("The provider offline asks no model.", "Write: --provider openai");
  return {
    command: "models",
    format,
    provider,
    ...commonArguments(given),
    baseUrl: baseUrlOf(given.value("base-url"), "--base-url"),
  };
}

function refuseMore([extra]: readonly string[]): void {
  if (extra !== undefined) throw usage(`${escapeLine(extra)} is one word too many.`, "See onceover --help.");
}

function formatOf(given: Given): Format {
  return oneOf(given, "format", FORMATS) ?? "pretty";
}

function reportFormatOf(given: Given): ReportFormat {
  const format = oneOf(given, "format", REPORT_FORMATS) ?? "pretty";
  if (!given.has("estimate") || FORMATS.some((one) => one === format)) return format;
  throw usage(`A plan cannot be written as ${format}.`, "With --estimate the format is pretty or json.");
}

function commonArguments(given: Given): CommonArguments {
  return {
    quiet: given.has("quiet"),
    verbose: given.has("verbose"),
    noColor: given.has("no-color"),
  };
}

function providerOf(given: Given): CliProvider {
  return oneOf(given, "provider", PROVIDERS) ?? "offline";
}
