/**
 * How long a page's own tasks keep its thread busy while something is done in it: above 50 ms people feel it stand
 * still. Processor time is what counts, so that what else the machine does is not held against the page.
 */
import type { Browser, Page } from "playwright-core";
import type { BenchFigure, Sample } from "./harness.ts";

export const taskFigures: readonly BenchFigure[] = [
  { key: "longTasks", heading: "tasks > 50 ms", format: String },
  { key: "longestMs", heading: "longest task", format: (value) => `${Math.round(value)} ms` },
  { key: "busyMs", heading: "busy", format: (value) => `${Math.round(value)} ms` },
];

/** Of a trace, as the browser writes it. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Of a sample. */
export type TaskFigures = Readonly<Record<"longTasks" | "longestMs" | "busyMs", number>>;

interface TaskSample extends Sample {
  readonly figures: TaskFigures;
}

/** Does something in a page that is the only one of its browser: how long it took until it was drawn, and its tasks. */
export function timeTasks(browser: Browser, page: Page, action: () => Promise<unknown>): Promise<TaskSample> {
  return timeOpening(browser, async () => {
    await action();
    return page;
  });
}

/** The same of what opens the page. */
export async function timeOpening(browser: Browser, open: () => Promise<Page>): Promise<TaskSample> {
  await browser.startTracing(undefined, { categories: ["toplevel", "__metadata"] });
  const startMs = performance.now();
  const page = await open();
  const wallMs = performance.now() - startMs;
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
  const tasksMs = pageTasks(JSON.parse((await browser.stopTracing()).toString("utf8")));
  const figures = {
    longTasks: tasksMs.filter((ms) => ms > 50).length,
    longestMs: Math.max(0, ...tasksMs),
    busyMs: tasksMs.reduce((sum, ms) => sum + ms, 0),
  };
  return { wallMs, figures };
}

/** Of two parts, one after the other. */
export function joinTasks(first: TaskFigures, second: TaskFigures): TaskFigures {
  return {
    longTasks: first.longTasks + second.longTasks,
    longestMs: Math.max(first.longestMs, second.longestMs),
    busyMs: first.busyMs + second.busyMs,
  };
}

function pageTasks({ traceEvents }: { readonly traceEvents: readonly TraceEvent[] }): readonly number[] {
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, tdur }) =>
      ph === "X" && tdur !== undefined && name.endsWith("RunTask") && threads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error("The browser's trace names no task of the page.");
  return tasks.map(({ tdur }) => tdur! / 1_000);
}
