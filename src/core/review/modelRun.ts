/** What every unit of one model run shares. */
import type { Budget } from "../flow/budget.ts";
import type { DailyWall } from "../flow/dailyWall.ts";
import type { Departures } from "../flow/departures.ts";
import type { Limiter } from "../flow/limiter.ts";
import type { Model, ModelReply, ModelRequest } from "../model/model.ts";
import type { ModelError } from "../model/modelError.ts";
import type { AnalysisPool } from "../offline/analysis.ts";
import type { Clock } from "../ports.ts";
import type { CostMeter } from "../profile/costMeter.ts";
import type { Latency } from "../profile/latency.ts";
import type { Profiler } from "../profile/profiler.ts";
import type { EmergencyEntry } from "../store/emergency.ts";
import type { PlannedFile, WorkspaceContext } from "../store/plan.ts";
import type { Store } from "../store/store.ts";
import type { Emit } from "./emitter.ts";
import type { FileTracker } from "./fileTracker.ts";

export interface BoundRequest {
  /** As it is sent: its reply is bounded by what earlier ones have taught. */
  readonly request: ModelRequest;
  /** The most that it can cost; null: the model's price is not known. */
  readonly boundUsd: number | null;
}

export interface ModelRun {
  readonly runId: string;
  readonly recipe: string;
  /** How errors are asked about once more; null: they are not. */
  readonly refuterRecipe: string | null;
  readonly model: Model;
  readonly contexts: readonly WorkspaceContext[];
  readonly useCache: boolean;
  /** False: what was submitted for the night is asked for all the same. */
  readonly waitForBatches: boolean;
  readonly clock: Clock;
  readonly store: Store;
  readonly pool: AnalysisPool;
  readonly tracker: FileTracker;
  readonly emit: Emit;
  readonly emitMoney: () => void;
  readonly profiler: Profiler;
  readonly meter: CostMeter;
  readonly requestTime: Latency;
  readonly firstToken: Latency;
  readonly budget: Budget;
  readonly daily: DailyWall;
  readonly departures: Departures;
  /** What a request waits for together with those that begin alike; null: a wait would save nothing. */
  readonly primedPrefix: (request: ModelRequest) => string | null;
  readonly limiter: Limiter;
  /** Sends again what may succeed when sent again; each attempt takes its own turn in the limiter. */
  readonly retry: <T>(attempt: (number: number) => Promise<T>) => Promise<T>;
  /** Aborted when nothing new may be sent; what is under way ends by itself. */
  readonly dispatchSignal: AbortSignal;
  /** Aborted when what is under way must end too. */
  readonly cancelSignal: AbortSignal;
  /** Whether this failure ends the run rather than its unit. */
  readonly isFatal: (error: ModelError) => boolean;
  /** @param units that the request asks for a review of; 0: it asks for something else */
  readonly bound: (request: ModelRequest, units: number) => BoundRequest;
  /** A reply was cut by what earlier ones had taught: the next ones have all the room there is. */
  readonly giveUpBound: () => void;
  readonly costOf: (reply: ModelReply) => number | null;
  /** What the reply would have cost without the provider's cache. */
  readonly listPriceNano: (reply: ModelReply) => number | null;
  /** A unit was answered by another unit's request in this run, which cost that much; null: unknown. */
  readonly countInFlightHit: (costUsd: number | null) => void;
  /** The same run, as the model sees it that reviews this file. */
  readonly of: (file: Pick<PlannedFile, "strongReason">) => ModelRun;
  readonly saveInEmergency: (entry: EmergencyEntry) => string | undefined;
}
