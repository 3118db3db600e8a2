/** The performance panel of a large run, in a real browser: how soon it is there, and whether it stands still. */
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { scheduleTimeout } from "../../src/extension/webview/coalescer.ts";
import { createRunDetailsReader, type RunDetailsReader } from "../../src/extension/webview/runDetails.ts";
import type { ViewFeed } from "../../src/extension/webview/viewFeed.ts";
import type { RunEvent } from "../../src/shared/events.ts";
import { type ScriptedRun, scriptedFinding, scriptedRun, shopRun } from "../../test/support/scriptedRun.ts";
import { type ScriptedSource, scriptedSource } from "../../test/support/scriptedSource.ts";
import { launchBrowser } from "../../test/support/vscode/findBrowser.ts";
import { type HarnessPage, startWebviewHarness, type WebviewHarness } from "../../test/support/webviewHarness.ts";
import { defineCase, type Sample } from "../harness.ts";
import { taskFigures, timeTasks } from "../pageTasks.ts";
import { memory, recent, spending } from "../panel/facts.ts";
import { openView } from "../panel/openView.ts";

const webviews = fileURLToPath(new URL("../../dist/webview", import.meta.url));
const requests = 1_000;
const findingsPerRequest = 10;
const streamMs = 6_000;
const slowdown = 3;
const tokensPerSecond = 2_000;
/** What a finding takes of a reply. */
const tokensPerFinding = 100;

interface Scope extends AsyncDisposable {
  readonly harness: WebviewHarness;
  readonly browser: Browser;
  readonly source: ScriptedSource;
  readonly run: ScriptedRun;
  readonly details: RunDetailsReader;
  view: HarnessPage | null;
  feed: ViewFeed | null;
  sentBytes: number;
  /** The extension host's own work for each message, milliseconds of processor time. */
  hostMs: number[];
}

function addRequest(run: ScriptedRun, index: number): readonly RunEvent[] {
  const before = run.events.length;
  const path = `src/area${index % 40}/module${index}.ts`;
  const requestId = `request-${index}`;
  const severities = ["error", "warning", "info"] as const;
  run.add({ type: "request-start", requestId, paths: [path], attempt: 1, reservedUsd: 0.006 }, 40);
  run.add({ type: "request-first-token", requestId, ms: 480 + (index % 90) }, 40);
  const findings = Array.from({ length: findingsPerRequest }, (_, place) =>
    scriptedFinding({ path, severity: severities[(index + place) % 3]!, startLine: place * 7 + 1, title: `T${place}` }),
  );
  for (const finding of findings) run.add({ type: "finding", finding }, 40);
  const usage = { inputTokens: 7_800, cachedInputTokens: 5_700, cacheWriteTokens: 0, outputTokens: 1_000 };
  const costUsd = 0.0024 + (index % 7) * 0.0003;
  const billed = { outcome: "ok", code: null, usage, costUsd, promptCacheSavedUsd: 0.001, maybeBilledUsd: 0 } as const;
  run.add({ type: "request-end", requestId, paths: [path], ms: 5_200 + (index % 300), ...billed }, 20);
  const money = { spentUsd: index * 0.003, reservedUsd: 0.05, savedUsd: 0.7, maybeBilledUsd: 0, unknown: false };
  run.add({ type: "money", ...money });
  run.add({
    type: "file-end",
    path,
    status: "reviewed",
    reason: "edited",
    language: "typescript",
    sizeBytes: 4_200,
    durationMs: 5_200 + (index % 300),
    model: "gpt-5-mini",
    costUsd,
    summary: null,
    findings,
  });
  return run.events.slice(before);
}

async function openScope(): Promise<Scope> {
  const harness = await startWebviewHarness(webviews);
  const browser = await launchBrowser();
  const source = scriptedSource({ memory, spending, recent });
  const run = scriptedRun("run-1");
  const details = createRunDetailsReader();
  source.onEvent((event) => details.push(event));
  run.add(shopRun().events[0]!);
  run.add({ type: "snapshot", files: requests * 2, skipped: 0 });
  for (let index = 0; index < requests; index += 1) addRequest(run, index);
  for (const event of run.events) source.push(event);
  const scope: Scope = {
    harness,
    browser,
    source,
    run,
    details,
    view: null,
    feed: null,
    sentBytes: 0,
    hostMs: [],
    async [Symbol.asyncDispose]() {
      scope.feed?.dispose();
      await browser.close();
      await harness.dispose();
    },
  };
  return scope;
}

/** The page, and what the extension does for it, until the figures are drawn. */
async function open(scope: Scope): Promise<Sample> {
  const { harness, browser, source, details } = scope;
  const opened = await openView({
    harness,
    browser,
    source,
    details,
    schedule: (run, delayMs) => scheduleTimeout(() => timeHost(scope, run), delayMs),
    onPost: (message) => {
      scope.sentBytes += Buffer.byteLength(JSON.stringify(message));
    },
  });
  Object.assign(scope, { view: opened.view, feed: opened.feed });
  return opened.sample;
}

/** The same in a browser of its own, as it is on a machine that is so many times slower. */
async function openSlowly(scope: Scope): Promise<Sample> {
  const browser = await launchBrowser();
  try {
    const { feed, sample } = await openView({ ...scope, browser, schedule: scheduleTimeout, slowdown });
    feed.dispose();
    return sample;
  } finally {
    await browser.close();
  }
}

function timeHost(scope: Scope, run: () => void): void {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  scope.hostMs.push((user + system) / 1_000);
}

/** With all sections open, and their lists and plots in it. */
async function unfold({ view }: Scope): Promise<void> {
  const closed = view!.page.locator("details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
}

function scroll({ view }: Scope): Promise<void> {
  return view!.page.evaluate(async () => {
    const page = globalThis as unknown as {
      document: {
        documentElement: { scrollHeight: number };
        querySelector(selector: string): { scrollTop: number; scrollHeight: number } | null;
      };
      scrollTo(x: number, y: number): void;
      requestAnimationFrame(callback: () => void): void;
    };
    const files = page.document.querySelector(".file-list");
    for (let step = 1; step <= 40; step += 1) {
      page.scrollTo(0, (page.document.documentElement.scrollHeight * step) / 40);
      if (files) files.scrollTop = (files.scrollHeight * step) / 40;
      for (let frames = 0; frames < 3; frames += 1) {
        await new Promise<void>((resolve) => page.requestAnimationFrame(resolve));
      }
    }
    page.scrollTo(0, 0);
  });
}

/** Findings come as fast as a model writes that many tokens a second. */
async function stream(scope: Scope): Promise<Sample> {
  const { source, run, view } = scope;
  const events: RunEvent[] = [];
  const findings = (streamMs / 1_000) * (tokensPerSecond / tokensPerFinding);
  for (let index = 0; index < findings / findingsPerRequest; index += 1) {
    events.push(...addRequest(run, requests + index));
  }
  scope.sentBytes = 0;
  scope.hostMs = [];
  const perEventMs = streamMs / events.length;
  const { wallMs, figures } = await timeTasks(scope.browser, view!.page, async () => {
    const startMs = performance.now();
    for (const [index, event] of events.entries()) {
      const waitMs = startMs + index * perEventMs - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      source.push(event);
    }
  });
  const kbPerSecond = scope.sentBytes / wallMs;
  return { wallMs, figures: { ...figures, kbPerSecond, hostMs: Math.max(0, ...scope.hostMs) } };
}

export const panel = defineCase<Scope>({
  name: "panel",
  title: "The panel of a run with 10,000 findings and 1,000 requests",
  conditions: "The built page in a browser without a window, 400 × 900, all sections open but for the first row",
  baseline: "first figures",
  figures: [
    ...taskFigures,
    { key: "kbPerSecond", heading: "messages", format: (value) => `${Math.round(value)} KB/s` },
    { key: "hostMs", heading: "host, longest", format: (value) => `${value.toFixed(1)} ms` },
  ],
  openScope,
  rows: [
    { name: "first figures", measure: open },
    { name: `first figures, ${slowdown} × slower`, measure: openSlowly },
    {
      name: "scroll",
      async measure(scope) {
        await unfold(scope);
        return timeTasks(scope.browser, scope.view!.page, () => scroll(scope));
      },
    },
    { name: "stream 2,000 tokens/s", measure: stream },
    {
      name: "scroll meanwhile",
      async measure(scope) {
        let sample: Sample | null = null;
        const streamed = stream(scope).then((one) => (sample = one));
        await scroll(scope);
        await streamed;
        return sample!;
      },
    },
  ],
});
