/** Settings as the core takes them: already validated, with units in their names. */
import type { Provider, Severity } from "./report.ts";

/** Dollars per million tokens. */
export interface PriceOverride {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  readonly cachedInputUsdPerMillion?: number;
}

export interface Settings {
  readonly provider: Provider;
  /** null: the provider's default. */
  readonly model: string | null;
  /** null: the provider's own endpoint. */
  readonly baseUrl: string | null;
  readonly prices: Readonly<Record<string, PriceOverride>>;
  /** Wall per run; null: none. */
  readonly budgetUsd: number | null;
  /** Wall per calendar day, for what all runs of the store spend together; null: none. */
  readonly dailyBudgetUsd: number | null;
  readonly concurrency: number;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly maxFileKb: number;
  readonly minimumSeverity: Severity;
  /** Where the database lies; null: the platform's data folder. */
  readonly storeFolder: string | null;
  /** For stored answers in memory. */
  readonly cacheMemoryMb: number;
  /** For what is stored and can be computed again. */
  readonly cacheDiskMb: number;
  /** False: no stored answer is reused. What is paid for is stored all the same. */
  readonly useCache: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  provider: "offline",
  model: null,
  baseUrl: null,
  prices: {},
  budgetUsd: 1,
  dailyBudgetUsd: null,
  concurrency: 16,
  include: [],
  exclude: [],
  maxFileKb: 512,
  minimumSeverity: "info",
  storeFolder: null,
  cacheMemoryMb: 64,
  cacheDiskMb: 512,
  useCache: true,
};
