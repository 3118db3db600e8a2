/** One run: told again where nothing has changed, else asked about, carried out, and shown wherever it shows. */
import type { Engine, RunRequest } from "../core/engine.ts";
import type { Logger } from "../core/ports.ts";
import type { RunListener } from "../shared/events.ts";
import type { MemoryAlert } from "../shared/memoryFigures.ts";
import type { Report } from "../shared/report.ts";
import { answerOf } from "./answerOf.ts";
import { mayBeSent } from "./mayBeSent.ts";
import type { RunControllerOptions, RunScope } from "./runController.ts";
import type { RunWatch } from "./runWatch.ts";

/** null: the user did not agree, or cancelled before anything began. */
export async function runOnce(
  options: RunControllerOptions,
  scope: RunScope,
  signal: AbortSignal,
): Promise<Told | null> {
  const inputs = options.readInputs();
  const engine = await options.engines.get(inputs.settings.engine);
  const request: RunRequest = { folders: inputs.folders, trusted: inputs.trusted, ...scope };
  const { memoryLimitBytes } = inputs.settings;
  const again = await repeat(options, { engine, request, signal, memoryLimitBytes });
  if (again) return { report: again, recheck: (again) => engine.isUnchanged(request, again) };
  const sends = inputs.settings.engine.provider !== "offline" && !scope.storedOnly;
  const agreed = sends ? await mayBeSent(options, inputs, engine, request, signal) : {};
  if (!agreed) return null;
  signal.throwIfAborted();
  const watch = await options.watch();
  await options.memory.runStarted(scope);
  options.findings.beginRun(scope.only || scope.under || scope.since !== undefined ? "some-files" : "workspace");
  watch.begin();
  const run = engine.run(request, {
    signal,
    profiler: watch.profiler,
    ...agreed,
    onQuoteReached: (question) => answerOf(() => options.ui.agreeToMore(question), options.mirror, signal),
    onEvent: listener(options, watch, options.held.follow(engine, request)),
  });
  const report = await run.finally(() => noteMemory(watch.end(memoryLimitBytes), options.logger));
  return { report };
}

export interface Told {
  readonly report: Report;
  /** The files were not looked at: whether it really holds. */
  readonly recheck?: (signal: AbortSignal) => Promise<boolean>;
}

interface Asked {
  readonly engine: Engine;
  readonly request: RunRequest;
  readonly signal: AbortSignal;
  readonly memoryLimitBytes: number;
}

/** null: something has changed since the last run, or it is not known that nothing has. */
async function repeat(
  options: RunControllerOptions,
  { engine, request, signal, memoryLimitBytes }: Asked,
): Promise<Report | null> {
  const watch = await options.watch();
  const report = options.held.find(engine, request);
  if (!report) return null;
  // At once: a change between the two would be told of by neither.
  const follow = options.held.follow(engine, request);
  const listen = listener(options, watch, follow);
  let hasBegun = false;
  const run = engine.repeat(request, report, {
    signal,
    profiler: watch.profiler,
    onEvent(event) {
      if (event.type === "run-start") {
        hasBegun = true;
        options.findings.beginRun("workspace");
        watch.begin();
      }
      listen(event);
    },
  });
  return run.finally(() => {
    if (hasBegun) noteMemory(watch.end(memoryLimitBytes), options.logger);
  });
}

function listener(
  { mirror, findings, logger }: RunControllerOptions,
  watch: RunWatch,
  follow: RunListener,
): RunListener {
  return (event) => {
    watch.onEvent(event);
    mirror.push(event);
    findings.apply(event);
    follow(event);
    if (event.type === "notice") logger[event.level === "warning" ? "warn" : event.level](event.message);
  };
}

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** For the log: the panel tells people. */
function noteMemory(alert: MemoryAlert | null, logger: Logger): void {
  if (!alert) return;
  logger.warn(
    `Memory (${alert.kind}): ${alert.holder}, ${megabytes(alert.bytes)} MB, ${megabytes(alert.growthBytes)} MB more.`,
  );
}
