/**
 * Settings as the user wrote them → settings as the engine takes them. Pure: reads through `Inspect`, so that which
 * level of the configuration may decide what is tested without an editor.
 */
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import type { Provider, Severity } from "../shared/report.ts";
import { DEFAULT_SETTINGS, SERVICE_TIERS, type PriceOverride, type Settings } from "../shared/settings.ts";

const PROVIDERS: readonly Provider[] = ["offline", "openai", "anthropic", "ollama", "vscode"];

const ON_SAVE: readonly AnalyzeOnSave[] = ["off", "offline", "model"];

/** One setting on every level, as VS Code's `inspect` gives it. */
export interface InspectedSetting {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** Looks up `onceover.<name>`. */
export type InspectSetting = (name: string) => InspectedSetting | undefined;

export interface SettingsSources {
  /** For what only the user decides. */
  readonly user: InspectSetting;
  /** One per folder, for what a repository may decide about itself. */
  readonly folders: readonly InspectSetting[];
  /** False: what the workspace says does not count, and nothing may be sent. */
  readonly trusted: boolean;
}

export interface ExtensionSettings {
  readonly engine: Settings;
  /** Runs that will likely cost more ask first; null: never. */
  readonly confirmAboveUsd: number | null;
  /** What Onceover may hold in the extension host before it lets go of what can be made again. */
  readonly memoryLimitBytes: number;
  /** What looks at a file that was saved. */
  readonly analyzeOnSave: AnalyzeOnSave;
}

export type AnalyzeOnSave = "off" | "offline" | "model";

/** Rejects with `invalid-setting`, naming the setting and what it may be. */
export function buildSettings(sources: SettingsSources): ExtensionSettings {
  const user = userValues(sources.user);
  const folders = sources.folders.length > 0 ? sources.folders : [sources.user];
  const own = folders.map((inspect) => resourceValues(inspect, sources.trusted));
  return {
    engine: {
      ...DEFAULT_SETTINGS,
      ...user.engine,
      provider: sources.trusted ? user.engine.provider : "offline",
      ...combineFolders(own),
    },
    confirmAboveUsd: user.confirmAboveUsd,
    memoryLimitBytes: user.memoryLimitMb * 1024 * 1024,
    // What may be sent without being asked for is nothing that a folder without trust has a say in.
    analyzeOnSave: user.analyzeOnSave === "model" && !sources.trusted ? "offline" : user.analyzeOnSave,
  };
}

function userValues(inspect: InspectSetting) {
  const value = (name: string) => userValue(inspect(name));
  return {
    engine: {
      provider: choice("provider", value("provider"), PROVIDERS, "offline"),
      model: optionalText("model", value("model")),
      strongModel: optionalText("strongModel", value("strongModel")),
      baseUrl: optionalUrl("baseUrl", value("baseUrl")),
      teamFolder: absoluteFolder("teamFolder", value("teamFolder")),
      ...endpointsBeside(value("baseUrl"), value("endpoints")),
      prices: priceTable(value("prices")),
      serviceTier: choice("serviceTier", value("serviceTier"), SERVICE_TIERS, "default"),
      budgetUsd: dollarsOrNone("budgetUsd", value("budgetUsd"), DEFAULT_SETTINGS.budgetUsd),
      dailyBudgetUsd: dollarsOrNone("dailyBudgetUsd", value("dailyBudgetUsd"), DEFAULT_SETTINGS.dailyBudgetUsd),
      refuter: yesOrNo("refuter", value("refuter"), DEFAULT_SETTINGS.refuter),
      concurrency: wholeNumber("concurrency", value("concurrency"), 1, 256, DEFAULT_SETTINGS.concurrency),
      cacheMemoryMb: wholeNumber("cache.memoryMb", value("cache.memoryMb"), 0, 4_096, DEFAULT_SETTINGS.cacheMemoryMb),
      cacheDiskMb: wholeNumber("cache.diskMb", value("cache.diskMb"), 1, 1_048_576, DEFAULT_SETTINGS.cacheDiskMb),
    },
    confirmAboveUsd: dollarsOrNone("confirmAboveUsd", value("confirmAboveUsd"), 0.5),
    memoryLimitMb: wholeNumber("memory.limitMb", value("memory.limitMb"), 16, 8_192, 256),
    analyzeOnSave: choice("analyzeOnSave", value("analyzeOnSave"), ON_SAVE, "off"),
  };
}

/** A workspace never decides these, not even where its settings files were edited by hand. */
function userValue(setting: InspectedSetting | undefined): unknown {
  return firstSet(setting?.globalValue, setting?.defaultValue);
}

function resourceValue(setting: InspectedSetting | undefined, trusted: boolean): unknown {
  if (!trusted) return userValue(setting);
  return firstSet(setting?.workspaceFolderValue, setting?.workspaceValue, userValue(setting));
}

/** null is a value (no budget), so `??` would not do. */
function firstSet(...values: readonly unknown[]): unknown {
  return values.find((value) => value !== undefined);
}

type FolderSettings = Pick<Settings, "include" | "exclude" | "maxFileKb" | "minimumSeverity">;

function resourceValues(inspect: InspectSetting, trusted: boolean): FolderSettings {
  const value = (name: string) => resourceValue(inspect(name), trusted);
  return {
    include: textList("include", value("include")),
    exclude: textList("exclude", value("exclude")),
    maxFileKb: wholeNumber("maxFileKb", value("maxFileKb"), 1, 1024 * 1024, DEFAULT_SETTINGS.maxFileKb),
    minimumSeverity: severity(value("minimumSeverity")),
  };
}

/** What may be shown of one folder's findings. */
export function minimumSeverityOf(inspect: InspectSetting, trusted: boolean): Severity {
  try {
    return severity(resourceValue(inspect("minimumSeverity"), trusted));
  } catch {
    return DEFAULT_SETTINGS.minimumSeverity;
  }
}

const severityOrder: readonly Severity[] = ["info", "warning", "error"];

export function isShown(finding: Severity, minimum: Severity): boolean {
  return severityOrder.indexOf(finding) >= severityOrder.indexOf(minimum);
}

/**
 * A run has one set of globs. Where folders differ, what any of them excludes is left out (and listed as skipped),
 * and the lowest severity is asked for; what is shown is still decided folder by folder.
 */
function combineFolders(folders: readonly FolderSettings[]): FolderSettings {
  const everyFolderIncludes = folders.every((one) => one.include.length > 0);
  const lowest = Math.min(...folders.map((one) => severityOrder.indexOf(one.minimumSeverity)));
  return {
    include: everyFolderIncludes ? unique(folders.flatMap((one) => one.include)) : [],
    exclude: unique(folders.flatMap((one) => one.exclude)),
    maxFileKb: Math.max(...folders.map((one) => one.maxFileKb)),
    minimumSeverity: severityOrder[lowest] ?? "info",
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function invalid(name: string, value: unknown, expected: string): OnceoverError {
  return new OnceoverError("invalid-setting", t("The setting {0} is {1}.", `onceover.${name}`, JSON.stringify(value)), {
    advice: t("It takes {0}.", expected),
  });
}

function choice<Word extends string>(name: string, value: unknown, words: readonly Word[], fallback: Word): Word {
  if (value === undefined || value === null) return fallback;
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid(name, value, t("one of {0}", words.join(", ")));
  return found;
}

function severity(value: unknown): Severity {
  return choice("minimumSeverity", value, ["error", "warning", "info"], DEFAULT_SETTINGS.minimumSeverity);
}

function optionalText(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw invalid(name, value, t("a text"));
  return value.trim() || null;
}

/** What it counts from would be a guess. */
function absoluteFolder(name: string, value: unknown): string | null {
  const text = optionalText(name, value);
  if (text !== null && !/^([\\/]|[a-z]:[\\/])/i.test(text)) throw invalid(name, text, t("a folder's whole path"));
  return text;
}

function optionalUrl(name: string, value: unknown): string | null {
  const text = optionalText(name, value);
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === "https:" || url?.protocol === "http:";
  // A password in the address would end up in logs and reports; what was written is not repeated here either.
  if (url && (url.username || url.password)) {
    throw invalid(
      name,
      t("an address with a user name or password"),
      t("an address without them; keys belong to Set API Key"),
    );
  }
  if (!isHttp) throw invalid(name, text, t("an address that starts with https:// (or http:// on this machine)"));
  return text;
}

/** They belong to the server that is set: whoever goes over to the provider's own, or another one, leaves them behind. */
function endpointsBeside(baseUrl: unknown, value: unknown): Pick<Settings, "endpoints"> {
  const endpoints = textList("endpoints", value, t("a list of addresses"));
  const checked = endpoints.map((url) => optionalUrl("endpoints", url)!);
  return { endpoints: optionalText("baseUrl", baseUrl) === null ? [] : checked };
}

function dollarsOrNone(name: string, value: unknown, fallback: number | null): number | null {
  if (value === undefined) return fallback;
  if (value === null) return null;
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    throw invalid(name, value, t("a number of dollars from 0, or null for none"));
  }
  return value;
}

function wholeNumber(name: string, value: unknown, least: number, most: number, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw invalid(name, value, t("a whole number from {0} to {1}", least, most));
  }
  return value;
}

function yesOrNo(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") throw invalid(name, value, t("true or false"));
  return value;
}

function textList(name: string, value: unknown, expected = t("a list of globs")): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === "string")) {
    throw invalid(name, value, expected);
  }
  return value.map((one) => one.trim()).filter(Boolean);
}

function priceTable(value: unknown): Readonly<Record<string, PriceOverride>> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw invalid("prices", value, t("an object from model names to prices"));
  return Object.fromEntries(Object.entries(value).map(([model, price]) => [model, priceOf(model, price)]));
}

function priceOf(model: string, value: unknown): PriceOverride {
  const expected = t(
    "inputUsdPerMillion and outputUsdPerMillion as numbers from 0, and cachedInputUsdPerMillion if it differs",
  );
  if (!isRecord(value)) throw invalid(`prices.${model}`, value, expected);
  const { inputUsdPerMillion, outputUsdPerMillion, cachedInputUsdPerMillion } = value;
  const isGiven = cachedInputUsdPerMillion !== undefined && cachedInputUsdPerMillion !== null;
  if (
    !isPrice(inputUsdPerMillion) ||
    !isPrice(outputUsdPerMillion) ||
    (isGiven && !isPrice(cachedInputUsdPerMillion))
  ) {
    throw invalid(`prices.${model}`, value, expected);
  }
  return {
    inputUsdPerMillion,
    outputUsdPerMillion,
    ...(isPrice(cachedInputUsdPerMillion) ? { cachedInputUsdPerMillion } : {}),
  };
}

function isPrice(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
