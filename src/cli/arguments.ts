/** The command line as typed: parsed, checked, and refused with one line that says what to do. */
import { parseArgs } from "node:util";
import { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { ServerProvider } from "../shared/endpoint.ts";
import type { Provider } from "../shared/report.ts";
import type { PriceOverride } from "../shared/settings.ts";
import type { FailOn } from "./exitStatus.ts";
import { FLAGS, LATER_COMMANDS, type Command } from "./flags.ts";
import { nearestWord } from "./nearestWord.ts";

/** Every command speaks to people and to scripts; the rest is for a review's result. */
export type Format = "pretty" | "json";
export type ReportFormat = Format | "sarif" | "markdown" | "github";

export interface CommonArguments {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noColor: boolean;
}

export interface AnalyzeArguments extends CommonArguments {
  readonly command: "analyze";
  readonly format: ReportFormat;
  readonly paths: readonly string[];
  readonly provider: Provider;
  readonly model: string | null;
  readonly baseUrl: string | null;
  readonly price: PriceOverride | null;
  /** null: no wall. */
  readonly budgetUsd: number | null;
  /** null: no wall. */
  readonly dailyBudgetUsd: number | null;
  readonly estimate: boolean;
  readonly concurrency: number;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** A git revision: only files that differ from it. */
  readonly since: string | null;
  readonly failOn: FailOn;
  readonly output: string | null;
  /** Where a Chrome trace of the run goes; null: none is made. */
  readonly trace: string | null;
  readonly cacheDir: string | null;
  readonly useCache: boolean;
}

export interface HotSpotsArguments extends CommonArguments {
  readonly command: "hotspots";
  readonly format: Format;
  readonly paths: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly cacheDir: string | null;
}

export interface CacheArguments extends CommonArguments {
  readonly command: "cache";
  readonly format: Format;
  readonly action: CacheAction;
  readonly cacheDir: string | null;
  readonly maxMb: number;
}

export interface ModelsArguments extends CommonArguments {
  readonly command: "models";
  readonly format: Format;
  /** Whose models. */
  readonly provider: ServerProvider;
  readonly baseUrl: string | null;
}

export type CacheAction = "stats" | "verify" | "prune" | "clear" | "erase";

export type Invocation =
  | AnalyzeArguments
  | HotSpotsArguments
  | CacheArguments
  | ModelsArguments
  | { readonly command: "help"; readonly isAsked: boolean }
  | { readonly command: "version" };

const COMMANDS: readonly Command[] = ["analyze", "hotspots", "cache", "models"];
const CACHE_ACTIONS: readonly CacheAction[] = ["stats", "verify", "prune", "clear", "erase"];
/** The editor's own models are asked in the editor. */
type CliProvider = "offline" | ServerProvider;

const PROVIDERS: readonly CliProvider[] = ["offline", "openai", "anthropic", "ollama"];
const FORMATS: readonly Format[] = ["pretty", "json"];
const REPORT_FORMATS: readonly ReportFormat[] = [...FORMATS, "sarif", "markdown", "github"];
const FAIL_ON: readonly FailOn[] = ["error", "warning", "info", "never"];

/** Throws `usage`. */
export function parseArguments(argv: readonly string[]): Invocation {
  const given = tokenize(argv);
  if (given.has("help")) return { command: "help", isAsked: true };
  if (given.has("version")) return { command: "version" };
  const [word, ...rest] = given.positionals;
  if (word === undefined) {
    if (given.names.length > 0) throw usage("No command is given.", `Write: onceover analyze ${argv.join(" ")}`);
    return { command: "help", isAsked: false };
  }
  const command = commandOf(word);
  given.checkFor(command);
  if (command === "analyze") return analyzeArguments(given, rest);
  if (command === "hotspots") return hotSpotsArguments(given, rest);
  if (command === "cache") return cacheArguments(given, rest);
  return modelsArguments(given, rest);
}

interface Given {
  readonly positionals: readonly string[];
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The last one counts. */
  value(name: string): string | null;
  values(name: string): readonly string[];
  /** Refuses what is unknown or belongs to another command. */
  checkFor(command: Command): void;
}

function tokenize(argv: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [name, { type: flag.value ? "string" : "boolean" } as const]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const used = tokens.filter((token) => token.kind === "option");
  const values = (name: string) =>
    used.filter((token) => token.name === name).flatMap(({ value }) => (value === undefined ? [] : [value]));
  return {
    positionals,
    names: used.map((token) => token.name),
    has: (name) => used.some((token) => token.name === name),
    value: (name) => values(name).at(-1) ?? null,
    values,
    checkFor(command) {
      for (const { name, rawName, value, inlineValue } of used) {
        // The parser takes whatever follows; another flag is never meant as a value.
        const isFlag = inlineValue === false && value.startsWith("--");
        checkFlag(name, rawName, isFlag ? undefined : value, command);
      }
    },
  };
}

function checkFlag(name: string, rawName: string, value: string | undefined, command: Command): void {
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  if (!flag) throw unknownFlag(name, rawName, command);
  if (!flag.commands.includes(command)) {
    throw usage(`--${name} does not belong to onceover ${command}.`, "See onceover --help.");
  }
  if (flag.value && (value === undefined || value === "")) {
    throw usage(`--${name} needs a value.`, `Write: --${name} ${flag.value}`);
  }
  if (!flag.value && value !== undefined) throw usage(`--${name} takes no value.`, `Write: --${name}`);
}

function unknownFlag(name: string, rawName: string, command: Command): OnceoverError {
  const words = Object.keys(FLAGS).filter((one) => FLAGS[one]!.commands.includes(command));
  const nearest = nearestWord(name, words);
  const advice = nearest ? `Did you mean --${nearest}?` : "See onceover --help.";
  return usage(`There is no flag ${escapeLine(rawName)}.`, advice);
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
    const name = ["model", "base-url", "price"].find((one) => given.has(one));
    if (name) throw usage(`--${name} has no meaning offline.`, "Add: --provider openai");
  }
  if (price && model === null) throw usage("--price needs to know the model.", "Add: --model NAME");
  return {
    command: "analyze",
    format: reportFormatOf(given),
    ...commonArguments(given),
    paths: paths.length > 0 ? paths : ["."],
    provider,
    model,
    baseUrl: baseUrlOf(given.value("base-url"), "--base-url"),
    price,
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
    useCache: !given.has("no-cache"),
  };
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

function oneOf<Word extends string>(
  given: Given,
  name: string,
  words: readonly Word[],
  laterWords: readonly string[] = [],
): Word | null {
  const value = given.value(name);
  const word = words.find((one) => one === value);
  if (value === null || word !== undefined) return word ?? null;
  if (laterWords.includes(value)) throw later(`--${name} ${value}`);
  const nearest = nearestWord(value, words);
  const choices = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  throw usage(
    `--${name} does not know ${escapeLine(value)}.`,
    nearest ? `Did you mean ${nearest}?` : `It is one of ${choices}.`,
  );
}

function budgetOf(given: Given, name: "budget" | "daily-budget", fallback: number | null): number | null {
  const value = given.value(name);
  if (value === null) return fallback;
  if (value === "none") return null;
  const advice = `Write an amount in US dollars, as in --${name} 0.50, or none.`;
  return amount(value.replace(/^\$/, ""), `--${name}`, advice);
}

function priceOf(given: Given): PriceOverride | null {
  const value = given.value("price");
  if (value === null) return null;
  const advice = "Write US dollars per million tokens, as in --price 0.25:2.00 or --price 0.25:2.00:0.025.";
  const [input, output, cached, ...rest] = value.split(":").map((part) => amount(part, "--price", advice));
  if (input === undefined || output === undefined || rest.length > 0) {
    throw usage(`--price does not understand ${escapeLine(value)}.`, advice);
  }
  const base = { inputUsdPerMillion: input, outputUsdPerMillion: output };
  return cached === undefined ? base : { ...base, cachedInputUsdPerMillion: cached };
}

function amount(text: string, name: string, advice: string): number {
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(text) || !Number.isFinite(Number(text))) {
    throw usage(`${name} does not understand ${text === "" ? "an empty amount" : escapeLine(text)}.`, advice);
  }
  return Number(text);
}

function wholeNumber(given: Given, name: string, fallback: number, least: number, most: number): number {
  const value = given.value(name);
  if (value === null) return fallback;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usage(`--${name} does not understand ${escapeLine(value)}.`, `Write a whole number from ${least} to ${most}.`);
}

/** An absolute URL without a key in it; null for null. Throws `usage`. */
export function baseUrlOf(value: string | null, source: string): string | null {
  if (value === null) return null;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw usage(`${source} is not a web address: ${escapeLine(value)}.`, "Write it as in https://api.openai.com/v1.");
  }
  if (url.username || url.password) {
    throw usage(`${source} holds a user name or password.`, "Put the key into ONCEOVER_API_KEY instead.");
  }
  return value;
}

function later(what: string): OnceoverError {
  return usage(`This version does not have ${what} yet.`, "See onceover --help for what it has.");
}

function usage(message: string, advice: string): OnceoverError {
  return new OnceoverError("usage", message, { advice });
}
