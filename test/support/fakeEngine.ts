/** An engine that plays a script, for tests of what stands before the engine. Records how it was asked. */
import type { CreateEngine, Engine, PlanSummary, RunOptions, RunRequest } from "../../src/core/engine.ts";
import type { Ports } from "../../src/core/ports.ts";
import type { RunEvent, RunEventBody } from "../../src/shared/events.ts";
import type { Report } from "../../src/shared/report.ts";
import type { Settings } from "../../src/shared/settings.ts";

export interface FakeEngineScript {
  /** Before the report; heads are added. */
  readonly events?: readonly RunEventBody[];
  readonly report?: Report;
  readonly plan?: PlanSummary;
  /** Replaces the playing of the script. */
  readonly run?: (emit: (body: RunEventBody) => void, options: RunOptions, ports: Ports) => Promise<Report>;
  readonly dismissals?: Partial<Engine["dismissals"]>;
  readonly overnight?: Partial<Engine["overnight"]>;
  readonly cache?: Partial<Engine["cache"]>;
  readonly eraseAll?: Engine["eraseAll"];
}

export interface FakeEngine {
  readonly createEngine: CreateEngine;
  readonly settings: Settings[];
  readonly requests: RunRequest[];
  readonly ports: Ports[];
  disposals: number;
}

export function createFakeEngine(script: FakeEngineScript): FakeEngine {
  const fake: FakeEngine = {
    settings: [],
    requests: [],
    ports: [],
    disposals: 0,
    createEngine: async (ports, settings) => {
      fake.settings.push(settings);
      fake.ports.push(ports);
      return engineOf(script, fake, ports);
    },
  };
  return fake;
}

const missing = (what: string) => () => Promise.reject(new Error(`The script has no ${what}.`));

function engineOf(script: FakeEngineScript, fake: FakeEngine, ports: Ports): Engine {
  return {
    async estimate(request) {
      fake.requests.push(request);
      return script.plan ?? (await missing("plan")());
    },
    preview: async () => null,
    hotSpots: missing("hotSpots"),
    openTools: missing("tools"),
    async run(request, options = {}) {
      fake.requests.push(request);
      const emit = createEmit(options);
      if (script.run) return script.run(emit, options, ports);
      for (const body of script.events ?? []) emit(body);
      const report = script.report ?? (await missing("report")());
      emit({ type: "run-end", stoppedBy: report.run.stoppedBy, error: report.run.error, report });
      return report;
    },
    repeat: async () => null,
    isUnchanged: async () => false,
    async keepStanding() {},
    lastReport: async () => null,
    branches: async () => [],
    dismissals: {
      list: async () => [],
      add: missing("dismissals.add"),
      remove: missing("dismissals.remove"),
      share: missing("dismissals.share"),
      ...script.dismissals,
    },
    overnight: {
      submit: missing("overnight.submit"),
      status: async () => ({ batches: [], outstanding: 0 }),
      collect: missing("overnight.collect"),
      cancel: missing("overnight.cancel"),
      ...script.overnight,
    },
    spending: missing("spending"),
    cache: {
      inMemory: () => ({ bytes: 0, count: 0 }),
      forgetInMemory: missing("cache.forgetInMemory"),
      stats: missing("cache.stats"),
      verify: missing("cache.verify"),
      prune: missing("cache.prune"),
      clear: missing("cache.clear"),
      ...script.cache,
    },
    eraseAll: script.eraseAll ?? missing("eraseAll"),
    onDidErase: () => ({ dispose() {} }),
    async dispose() {
      fake.disposals++;
    },
  };
}

function createEmit(options: RunOptions): (body: RunEventBody) => void {
  let seq = 0;
  return (body) => options.onEvent?.({ runId: "run-1", seq: ++seq, monotonicMs: seq * 10, ...body } as RunEvent);
}
