/** Settings as the core takes them: already validated, with units in their names. */
import type { Provider, Severity } from "./report.ts";

/** Dollars per million tokens. */
export interface PriceOverride {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  readonly cachedInputUsdPerMillion?: number;
}

/** `flex-or-default`: at the usual price where flex is refused for long. */
export const SERVICE_TIERS = ["default", "flex", "flex-or-default"] as const;

export type ServiceTier = (typeof SERVICE_TIERS)[number];

export interface Settings {
  readonly provider: Provider;
  /** null: the provider's default. */
  readonly model: string | null;
  /** Reviews what is complex or security-sensitive, by its content; null: `model` reviews everything. */
  readonly strongModel: string | null;
  /** null: the provider's own endpoint. */
  readonly baseUrl: string | null;
  /** Further servers with the same model, asked in turn with the one above. */
  readonly endpoints: readonly string[];
  readonly prices: Readonly<Record<string, PriceOverride>>;
  /** Where the provider offers it: flex costs half, answers slowly, and is refused at busy times. */
  readonly serviceTier: ServiceTier;
  /** Wall per run; null: none. */
  readonly budgetUsd: number | null;
  /** Wall per calendar day, for what all runs of the store spend together; null: none. */
  readonly dailyBudgetUsd: number | null;
  readonly concurrency: number;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly maxFileKb: number;
  readonly minimumSeverity: Severity;
  /** Errors that a model claims are asked about once more before they count as errors. */
  readonly refuter: boolean;
  /** Where the database lies; null: the platform's data folder. */
  readonly storeFolder: string | null;
  /** Where a team shares what it has paid for; null: nowhere. Absolute. */
  readonly teamFolder: string | null;
  /** For stored answers in memory. */
  readonly cacheMemoryMb: number;
  /** For what is stored and can be computed again. */
  readonly cacheDiskMb: number;
  /** False: no stored answer is reused. What is paid for is stored all the same. */
  readonly useCache: boolean;
  /** False: what was submitted for the night is asked for, and paid, again. */
  readonly waitForBatches: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  provider: "offline",
  model: null,
  strongModel: null,
  baseUrl: null,
  endpoints: [],
  prices: {},
  serviceTier: "default",
  budgetUsd: 1,
  dailyBudgetUsd: null,
  concurrency: 16,
  include: [],
  exclude: [],
  maxFileKb: 512,
  minimumSeverity: "info",
  refuter: true,
  storeFolder: null,
  teamFolder: null,
  cacheMemoryMb: 64,
  cacheDiskMb: 512,
  useCache: true,
  waitForBatches: true,
};
