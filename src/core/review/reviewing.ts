/** What the engine knows about a request before it makes a plan. */
import type { Settings } from "../../shared/settings.ts";
import type { Provider } from "../../shared/report.ts";
import type { RunRequest } from "../engine.ts";
import type { Model } from "../model/model.ts";
import type { PriceBook } from "../model/prices.ts";
import type { AnalysisPool } from "../offline/analysis.ts";
import type { Ports } from "../ports.ts";
import type { EmergencyEntry } from "../store/emergency.ts";
import type { PlanRequest, StrongRecipe } from "../store/plan.ts";
import type { Store } from "../store/store.ts";

/** The model of a run. What is stored, and what the rest would cost, is known without its key. */
export interface ChosenModel {
  readonly name: string;
  readonly provider: Model["provider"];
  /** The preferred one's. */
  readonly origin: string;
  /** Of all endpoints that it is asked at. */
  readonly origins: readonly string[];
  readonly prices: PriceBook;
  /** Where `prices` are those of another service tier; missing: they are the usual ones. */
  readonly usualPrices?: PriceBook;
  readonly priceKnown: boolean;
  /** For sending. The caller closes it. @throws missing-key */
  open(): Promise<Model>;
}

export interface Reviewing {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly store: Store;
  readonly pool: AnalysisPool;
  /** `offline` in untrusted workspaces, whatever the settings say. */
  readonly provider: Provider;
  /** null: the offline engine alone. */
  readonly chosen: ChosenModel | null;
  readonly recipe: string | null;
  /** How errors are asked about once more; null: they are not. */
  readonly refuterRecipe: string | null;
  /** Who reviews what is complex or security-sensitive; null: the one above does. */
  readonly strong: (StrongRecipe & { readonly chosen: ChosenModel }) | null;
  readonly offlineVersion: string;
  readonly userRules: string | undefined;
  readonly workspaceId: string;
  /** For people: the folders' names. */
  readonly workspaceName: string;
  planRequest(request: RunRequest): PlanRequest;
  saveInEmergency(entry: EmergencyEntry): string | undefined;
}

/** Only what a provider could bill has a wall; what the editor's models cost nobody says, and no wall could hold it. */
export function dailyLimitOf({ chosen, settings }: Pick<Reviewing, "chosen" | "settings">): number | null {
  return chosen && chosen.provider !== "vscode" ? settings.dailyBudgetUsd : null;
}
