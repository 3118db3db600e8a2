/** Calls tools: checks parameters, answers from the cache, runs what is left, some at a time and each within its time. */
import pLimit from "p-limit";
import { OnceoverError } from "../../shared/errors.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { onAbort } from "../flow/onAbort.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import type { Clock } from "../ports.ts";
import { canonicalJson } from "./canonicalJson.ts";
import { createFlights } from "./flights.ts";
import type { Dependency } from "./guard.ts";
import { redactResult } from "./redactResult.ts";
import { DEFAULT_TIMEOUT_MS, schemaOf, type Tool, type ToolAccess } from "./tool.ts";
import type { ToolAnswer, ToolCache } from "./toolCache.ts";
import { createToolFigures, type ToolFigures, type ToolSource } from "./toolFigures.ts";

export interface ToolReply {
  /** What the tool says, as compact JSON; secrets are `*`. Control characters are in it as data. */
  readonly json: string;
  readonly source: ToolSource;
  /** From the call to its answer. */
  readonly ms: number;
}

export interface ToolRunner {
  /**
   * @throws usage for what is no such tool or parameter; not-allowed, unreadable-file, timeout, result-too-large,
   * cancelled, or whatever the tool failed with. Failures are not kept.
   */
  call(name: string, parameters: unknown, signal?: AbortSignal): Promise<ToolReply>;
  /** By name; tools that were never called are left out. */
  figures(): readonly ToolFigures[];
  dispose(): void;
}

export interface ToolRunnerOptions {
  readonly tools: readonly Tool[];
  readonly cache: ToolCache;
  readonly clock: Clock;
  readonly generation: () => Promise<number>;
  /** All that a run of a tool can reach; it tells `note` of all that the answer hangs on. */
  readonly accessFor: (signal: AbortSignal, note: (dependency: Dependency) => void) => ToolAccess;
  /** What is looked at for every answer that hangs on git's history. */
  readonly historyDependencies: () => Promise<readonly Dependency[]>;
  readonly redact: (text: string, signal: AbortSignal) => Promise<string>;
  /** So many run at a time; default 8. */
  readonly concurrency?: number;
}

const DEFAULT_RESULT_BYTES = 256 * 1024;
/** Shared answers that turn out to be outdated; then the call runs for itself. */
const SHARED_TRIES = 3;

export function createToolRunner(options: ToolRunnerOptions): ToolRunner {
  const { cache, clock } = options;
  const byName = new Map(options.tools.map((tool) => [tool.name, tool]));
  const lanes = pLimit(options.concurrency ?? 8);
  const flights = createFlights<ToolAnswer>();
  const figures = createToolFigures();

  const runTool = async (tool: Tool, parameters: unknown, settled: unknown, signal: AbortSignal) => {
    const isWide = tool.reads.includes("workspace");
    const generation = isWide ? await options.generation() : null;
    const dependencies: Dependency[] = tool.reads.includes("history") ? [...(await options.historyDependencies())] : [];
    const readsFiles = tool.reads.includes("files");
    const access = options.accessFor(signal, (one) => void (readsFiles && dependencies.push(one)));
    const result = await tool.run(parameters, access, settled);
    const json = JSON.stringify(await redactResult(result, (text) => options.redact(text, signal)));
    checkSize(tool, json);
    return { json, dependencies, generation, expiresAtMs: clock.monotonicMs() + tool.ttlMs };
  };

  const start = (tool: Tool, key: string, parameters: unknown, settled: unknown) => (ended: AbortSignal) =>
    lanes(async (): Promise<ToolAnswer> => {
      ended.throwIfAborted();
      const answer = await withinTime(tool, clock, ended, (signal) => runTool(tool, parameters, settled, signal));
      cache.keep(key, answer);
      return answer;
    });

  const answer = async (tool: Tool, given: unknown, signal: AbortSignal | undefined): Promise<Answered> => {
    const parameters = checkParameters(tool, given);
    const settled = await settle(tool, parameters, options, signal);
    const key = canonicalJson([tool.name, parameters, settled]);
    for (let tries = 0; ; tries++) {
      const known = await unlessAborted(cache.find(key), signal);
      if (known) return { answer: known, source: "cached" };
      // Its own key: nobody else boards it.
      const place = tries < SHARED_TRIES ? key : `${key}\n${tries}:${++alone}`;
      const flight = flights.join(place, start(tool, key, parameters, settled), signal);
      if (flight.isOwn) return { answer: await flight.result, source: "made" };
      // It took off before this call: what it saw may be outdated, and so may its failure.
      const shared = await flight.result.catch(() => signal?.throwIfAborted());
      if (shared && (await unlessAborted(cache.holds(shared), signal))) return { answer: shared, source: "shared" };
    }
  };
  let alone = 0;

  return {
    async call(name, given, signal) {
      const startedMs = clock.monotonicMs();
      const tool = byName.get(name);
      if (!tool) throw unknownTool(name, [...byName.keys()]);
      const elapsedMs = () => clock.monotonicMs() - startedMs;
      try {
        signal?.throwIfAborted();
        const { answer: found, source } = await answer(tool, given, signal);
        const ms = elapsedMs();
        figures.count(name, source, ms, Buffer.byteLength(found.json));
        return { json: found.json, source, ms };
      } catch (error) {
        figures.count(name, null, elapsedMs(), 0);
        throw error;
      }
    },
    figures: () => figures.list(),
    dispose() {
      flights.dispose();
      cache.clear();
    },
  };
}

interface Answered {
  readonly answer: ToolAnswer;
  readonly source: ToolSource;
}

async function settle(
  tool: Tool,
  parameters: unknown,
  { accessFor, clock }: ToolRunnerOptions,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (!tool.settle) return null;
  const controller = new AbortController();
  const stopListening = onAbort(signal, () => controller.abort(signal?.reason));
  const work = (inner: AbortSignal) =>
    tool.settle!(
      parameters,
      accessFor(inner, () => undefined),
    );
  return withinTime(tool, clock, controller.signal, work).finally(stopListening);
}

/** A tool that does not heed its signal is left alone: nobody waits for it. */
async function withinTime<T>(
  { name, timeoutMs = DEFAULT_TIMEOUT_MS }: Tool,
  clock: Clock,
  ended: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = new AbortController();
  const stopListening = onAbort(ended, () => controller.abort(ended.reason));
  clock.sleep(timeoutMs, timer.signal).then(
    () => controller.abort(timedOut(name, timeoutMs)),
    () => undefined,
  );
  try {
    return await unlessAborted(work(controller.signal), controller.signal);
  } finally {
    timer.abort();
    stopListening();
  }
}

function checkParameters({ name, parameters }: Tool, given: unknown): unknown {
  const checked = parameters.safeParse(given ?? {});
  if (checked.success) return checked.data;
  const [first] = checked.error.issues;
  const where = first?.path.join(".");
  throw new OnceoverError(
    "usage",
    `${name}: ${escapeLine(where ? `${where}: ` : "")}${escapeLine(first?.message ?? "wrong parameters")}.`,
    { advice: `Its parameters: ${Object.keys(schemaOf(parameters)["properties"] ?? {}).join(", ") || "none"}.` },
  );
}

function checkSize({ name, maxResultBytes = DEFAULT_RESULT_BYTES }: Tool, json: string): void {
  const bytes = Buffer.byteLength(json);
  if (bytes <= maxResultBytes) return;
  throw new OnceoverError("result-too-large", `The answer of ${name} has ${Math.ceil(bytes / 1024)} KB.`, {
    advice: "Ask for less: fewer lines, a folder, a smaller limit.",
  });
}

function timedOut(name: string, timeoutMs: number): OnceoverError {
  return new OnceoverError("timeout", `${name} took longer than ${timeoutMs / 1000} s.`, {
    advice: "Ask for less: a folder, a smaller limit.",
  });
}

function unknownTool(name: string, names: readonly string[]): OnceoverError {
  return new OnceoverError("usage", `There is no tool ${escapeLine(name)}.`, { advice: `Tools: ${names.join(", ")}.` });
}
