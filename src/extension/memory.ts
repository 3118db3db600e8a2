/** The few facts that survive a reload. Nothing here can start a run. */
import type { FindingsFilter } from "./findingsFilter.ts";
import type { RunScope } from "./runController.ts";
import type { RunSummary } from "../shared/panelProtocol.ts";

/** The part of `vscode.Memento` that is used. */
export interface Memento {
  get<Value>(name: string): Value | undefined;
  update(name: string, value: unknown): PromiseLike<void>;
}

export interface WorkspaceMemory {
  /** Set while a run is under way: still set at the start, it was interrupted. */
  wasInterrupted(): boolean;
  /** True when the store holds a report of this workspace: a never-used extension loads nothing. */
  hasReport(): boolean;
  /** What it was about; all of the workspace where that is not known. */
  interruptedScope(): RunScope;
  runStarted(scope: RunScope): Promise<void>;
  runEnded(outcome: { readonly hasReport: boolean }): Promise<void>;
  forgetReport(): Promise<void>;
  /** The store holds a report, whatever became of the last run. */
  reportStored(): Promise<void>;
  /** Newest first. */
  recentRuns(): readonly RunSummary[];
  saveRecentRuns(runs: readonly RunSummary[]): Promise<void>;
  /** How the findings tree was grouped last; undefined: never chosen. */
  grouping(): string | undefined;
  saveGrouping(grouping: string): Promise<void>;
  /** What the findings tree was narrowed to last; undefined: never. */
  filter(): Partial<FindingsFilter> | undefined;
  saveFilter(filter: FindingsFilter): Promise<void>;
  /** With what changes were compared last; undefined: never. */
  lastRevision(): string | undefined;
  saveRevision(revision: string): Promise<void>;
}

const RUNNING = "onceover.running";
const HAS_REPORT = "onceover.hasReport";
const GROUPING = "onceover.grouping";
const FILTER = "onceover.filter";
const REVISION = "onceover.revision";
const RECENT = "onceover.recentRuns";

export function createWorkspaceMemory(state: Memento): WorkspaceMemory {
  return {
    wasInterrupted: () => state.get<unknown>(RUNNING) !== undefined,
    interruptedScope: () => readScope(state.get<unknown>(RUNNING)),
    hasReport: () => state.get<boolean>(HAS_REPORT) === true,
    async runStarted(scope) {
      await state.update(RUNNING, scope);
    },
    async runEnded({ hasReport }) {
      await state.update(RUNNING, undefined);
      if (hasReport) await state.update(HAS_REPORT, true);
    },
    async forgetReport() {
      await state.update(HAS_REPORT, undefined);
    },
    async reportStored() {
      if (state.get<boolean>(HAS_REPORT) !== true) await state.update(HAS_REPORT, true);
    },
    recentRuns: () => state.get<readonly RunSummary[]>(RECENT) ?? [],
    async saveRecentRuns(runs) {
      await state.update(RECENT, runs);
    },
    grouping: () => state.get<string>(GROUPING),
    async saveGrouping(grouping) {
      await state.update(GROUPING, grouping);
    },
    filter: () => state.get<Partial<FindingsFilter>>(FILTER),
    async saveFilter(filter) {
      await state.update(FILTER, filter);
    },
    lastRevision: () => state.get<string>(REVISION),
    async saveRevision(revision) {
      await state.update(REVISION, revision);
    },
  };
}

/** Earlier versions stored `true`. */
function readScope(stored: unknown): RunScope {
  const { only, under, since } = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<RunScope>;
  return { ...(only && { only }), ...(under && { under }), ...(since !== undefined && { since }) };
}

/** Where the user has agreed to send code: models by origin. */
export interface Consents {
  has(origin: string, model: string): boolean;
  add(origin: string, model: string): Promise<void>;
  /** In the order in which they were first given. */
  list(): readonly { readonly origin: string; readonly models: readonly string[] }[];
  /** Before anything goes there the user is asked again. */
  remove(origin: string): Promise<void>;
}

const CONSENTS = "onceover.consents";

/** Stored format: `{ "https://host": ["model", …] }`, for all workspaces of this user. */
export function createConsents(state: Memento): Consents {
  const read = () => state.get<Readonly<Record<string, readonly string[]>>>(CONSENTS) ?? {};
  return {
    has: (origin, model) => read()[origin]?.includes(model) === true,
    async add(origin, model) {
      const all = read();
      const models = new Set([...(all[origin] ?? []), model]);
      await state.update(CONSENTS, { ...all, [origin]: [...models] });
    },
    list: () => Object.entries(read()).map(([origin, models]) => ({ origin, models })),
    async remove(origin) {
      const { [origin]: _gone, ...rest } = read();
      await state.update(CONSENTS, rest);
    },
  };
}
