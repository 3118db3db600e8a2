/** What a command line asks for, once it is understood. */
import type { ServerProvider } from "../shared/endpoint.ts";
import type { Provider } from "../shared/report.ts";
import type { PriceOverride, ServiceTier } from "../shared/settings.ts";
import type { FailOn } from "./exitStatus.ts";

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
  /** null: the one above reviews everything. */
  readonly strongModel: string | null;
  readonly baseUrl: string | null;
  /** Further servers with the same model. */
  readonly endpoints: readonly string[];
  readonly price: PriceOverride | null;
  /** Errors are asked about once more. */
  readonly refuter: boolean;
  /** null: no wall. */
  readonly budgetUsd: number | null;
  /** null: no wall. */
  readonly dailyBudgetUsd: number | null;
  readonly serviceTier: ServiceTier;
  /** Submit as batches rather than run. */
  readonly overnight: boolean;
  /** False: what was submitted is asked for all the same. */
  readonly waitForBatches: boolean;
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
  /** null: nothing is shared. */
  readonly teamFolder: string | null;
  readonly useCache: boolean;
}

export interface OvernightArguments extends CommonArguments {
  readonly command: "overnight";
  readonly format: Format;
  readonly action: OvernightAction;
  /** To whose origin the environment's key belongs; null: the provider's own. */
  readonly baseUrl: string | null;
  readonly cacheDir: string | null;
}

export type OvernightAction = "status" | "collect" | "cancel";

export interface HotSpotsArguments extends CommonArguments {
  readonly command: "hotspots";
  readonly format: Format;
  readonly paths: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly cacheDir: string | null;
}

export interface ToolArguments extends CommonArguments {
  readonly command: "tool";
  /** As typed: what a tool's parameters are is known when the tools are. */
  readonly argv: readonly string[];
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
  | OvernightArguments
  | HotSpotsArguments
  | ToolArguments
  | CacheArguments
  | ModelsArguments
  | { readonly command: "help"; readonly isAsked: boolean }
  | { readonly command: "version" };
