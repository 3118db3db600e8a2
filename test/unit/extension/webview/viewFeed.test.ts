import { expect, test } from "vitest";
import { createRunDetailsReader } from "../../../../src/extension/webview/runDetails.ts";
import { createViewFeed } from "../../../../src/extension/webview/viewFeed.ts";
import type { MemoryFigures } from "../../../../src/shared/memoryFigures.ts";
import { parseHostMessage } from "../../../../src/shared/panelMessages.ts";
import type { HostMessage } from "../../../../src/shared/panelProtocol.ts";
import { createRunReader } from "../../../../src/shared/runReader.ts";
import { createReportModel } from "../../../../src/webview/report/reportModel.ts";
import { fakeTimer } from "../../../support/fakeTimer.ts";
import { events as eventsOf, fileReport, finding, report, runStart } from "../fixtures.ts";
import { shopRun } from "../../../support/scriptedRun.ts";
import { scriptedSource } from "../../../support/scriptedSource.ts";

const noMemory: MemoryFigures = {
  samples: [],
  trendBytesPerMinute: null,
  holders: [],
  limitBytes: 1e9,
  snapshots: [],
  alert: null,
};

const { events } = shopRun({ failed: 1, end: { stoppedBy: null } });
const fresh = { type: "ready", runId: null, lastSeq: 0 } as const;

function openReport() {
  const source = scriptedSource();
  const timer = fakeTimer();
  const messages: HostMessage[] = [];
  const feed = createViewFeed({
    source,
    schedule: timer.schedule,
    post: (message) => messages.push(message),
    details: null,
    withReport: true,
  });
  return { source, timer, messages, feed };
}

test("nothing is sent before the view is ready", () => {
  const { source, timer, messages, feed } = openReport();
  for (const event of events.slice(0, 100)) source.push(event);
  timer.advance(1000);
  expect(messages).toEqual([]);
  feed.ready(fresh);
  expect(messages.map((message) => message.type)).toEqual(["view", "report"]);
});

test("a burst of events is sent in one flush within 50 ms", () => {
  const { source, timer, messages, feed } = openReport();
  feed.ready(fresh);
  messages.length = 0;
  for (const event of events.slice(0, 300)) source.push(event);
  expect(messages).toEqual([]);
  timer.advance(50);
  expect(messages.map((message) => message.type)).toEqual(["view", "report"]);
});

test("events that have nothing for the report leave no gap in its numbers", () => {
  const { source, timer, messages, feed } = openReport();
  feed.ready(fresh);
  const model = createReportModel();
  for (const event of events) {
    source.push(event);
    timer.advance(50);
  }
  for (const message of messages) if (message.type === "report") expect(model.apply(message)).toBe(true);
  expect(model.files().length).toBe(412);
});

test("a view that was thrown away and opened again shows the same report", () => {
  const { source, timer, messages, feed } = openReport();
  const half = Math.floor(events.length / 2);
  feed.ready(fresh);
  for (const event of events.slice(0, half)) source.push(event);
  timer.advance(50);
  feed.hidden();
  const before = messages.length;
  for (const event of events.slice(half)) source.push(event);
  timer.advance(500);
  expect(messages.length).toBe(before);

  feed.ready(fresh);
  const reopened = createReportModel();
  for (const message of messages.slice(before)) {
    if (message.type === "report") expect(reopened.apply(message)).toBe(true);
  }
  const whole = openReport();
  for (const event of events) whole.source.push(event);
  whole.feed.ready(fresh);
  const straight = createReportModel();
  for (const message of whole.messages) if (message.type === "report") straight.apply(message);
  expect(reopened.files()).toEqual(straight.files());
  expect(reopened.files().length).toBe(412);
});

test("a view that lost messages says where it stands and is sent only the rest", () => {
  const { source, timer, messages, feed } = openReport();
  feed.ready(fresh);
  const model = createReportModel();
  for (const event of events.slice(0, 200)) source.push(event);
  timer.advance(50);
  for (const message of messages) if (message.type === "report") model.apply(message);
  for (const event of events.slice(200, 300)) source.push(event);
  timer.advance(50); // Lost on the way.
  for (const event of events.slice(300)) source.push(event);
  messages.length = 0;
  timer.advance(50);
  const late = messages.find((message) => message.type === "report");
  expect(late && model.apply(late)).toBe(false);
  messages.length = 0;
  feed.ready({ type: "ready", runId: model.runId, lastSeq: model.lastSeq });
  const rest = messages.filter((message) => message.type === "report");
  expect(rest[0]?.fromSeq).toBe(200);
  for (const message of rest) expect(model.apply(message)).toBe(true);
  expect(model.files().length).toBe(412);
});

test("a new run starts the report anew, at once", () => {
  const { source, timer, messages, feed } = openReport();
  feed.ready(fresh);
  for (const event of events) source.push(event);
  timer.advance(50);
  messages.length = 0;
  source.push(shopRun({ runId: "run-2" }).events[0]!);
  timer.advance(50);
  expect(messages.at(-1)).toMatchObject({ type: "report", runId: "run-2", fromSeq: 0, entries: [] });
});

test("without a run in this window the stored report is shown", () => {
  const end = events.at(-1);
  const report = end?.type === "run-end" ? end.report : null;
  const { source, messages, feed } = openReport();
  source.change({ lastReport: report });
  feed.ready(fresh);
  const model = createReportModel();
  for (const message of messages) if (message.type === "report") expect(model.apply(message)).toBe(true);
  expect(model.files().length).toBe(412);
  expect(model.files().flatMap((file) => file.findings).length).toBe(report?.findings.length);
  expect(messages[0]).toMatchObject({ type: "view", view: { state: "partial", runId: "run-1" } });
  const sent = messages.length;
  feed.ready({ type: "ready", runId: model.runId, lastSeq: model.lastSeq });
  expect(messages.slice(sent).map((message) => message.type)).toEqual(["view", "summary"]);
});

test("everything that is sent passes the view's own check", () => {
  const { source, timer, messages, feed } = openReport();
  const details = createRunDetailsReader();
  const panel: HostMessage[] = [];
  const post = (message: HostMessage) => void panel.push(message);
  createViewFeed({ source, schedule: timer.schedule, post, details, withReport: false }).ready(fresh);
  feed.ready(fresh);
  for (const event of events) {
    source.push(event);
    details.push(event);
    timer.advance(20);
  }
  expect(panel.length).toBeGreaterThan(50);
  expect(
    [...messages, ...panel].filter((message) => parseHostMessage(JSON.parse(JSON.stringify(message))) === null),
  ).toEqual([]);
  expect(panel.slice(1).every((message) => message.type === "view" && message.details !== null)).toBe(true);
});

test("after the end nothing is sent and no timer is left", () => {
  const { source, timer, messages, feed } = openReport();
  feed.ready(fresh);
  source.push(events[0]!);
  feed.dispose();
  const sent = messages.length;
  source.push(events[1]!);
  timer.advance(500);
  expect([messages.length, timer.pending()]).toEqual([sent, 0]);
});

test("a run that was cut off by a reload leaves the stored report in its place", () => {
  const end = events.at(-1);
  if (end?.type !== "run-end") throw new Error("the run has not ended");
  const source = scriptedSource({ lastReport: end.report });
  const cutOff = { ...source, current: () => ({ ...createRunReader().view(), state: "interrupted" as const }) };
  const timer = fakeTimer();
  for (const withReport of [true, false]) {
    const messages: HostMessage[] = [];
    const post = (message: HostMessage) => void messages.push(message);
    createViewFeed({ source: cutOff, schedule: timer.schedule, post, details: null, withReport }).ready(fresh);
    expect(messages[0]).toMatchObject({ type: "view", view: { state: withReport ? "partial" : "interrupted" } });
    expect(messages.some((message) => message.type === "report")).toBe(withReport);
  }
});

test("a finding that is asked for before the page is there is shown once the page has what it is among", () => {
  const { source, messages, feed } = openReport();
  for (const event of events) source.push(event);
  feed.showFinding({ path: "src/a.ts", id: "f1" });
  expect(messages).toEqual([]);
  feed.ready(fresh);
  const shown = { type: "show-finding", path: "src/a.ts", id: "f1" };
  expect(messages.map((message) => message.type).slice(0, 2)).toEqual(["view", "report"]);
  expect(messages.at(-1)).toEqual(shown);
  messages.length = 0;
  feed.ready(fresh);
  expect(messages).not.toContainEqual(shown);
  feed.showFinding({ path: "src/a.ts", id: "f1" });
  expect(messages.at(-1)).toEqual(shown);
});

test("the summary follows the end of a run, once, and again for a page that begins anew", () => {
  const { source, timer, messages, feed } = openReport();
  feed.ready(fresh);
  for (const event of events.slice(0, -1)) source.push(event);
  timer.advance(50);
  expect(messages.some((message) => message.type === "summary")).toBe(false);
  source.push(events.at(-1)!);
  timer.advance(50);
  timer.advance(1000);
  const sent = messages.filter((message) => message.type === "summary");
  expect(sent).toHaveLength(1);
  expect(parseHostMessage(sent[0])).toEqual(sent[0]);
  const report = source.lastReport()!;
  expect(sent[0]).toMatchObject({ runId: report.run.id });
  expect(sent[0]!.summary.lookFirst[0]!.severity).toBe("error");
  expect(sent[0]!.summary.areas[0]!.findings).toBeGreaterThan(0);
  expect(messages.at(-1)).toEqual(sent[0]);
  feed.ready(fresh);
  expect(messages.filter((message) => message.type === "summary")).toHaveLength(2);
});

function openPanel() {
  const source = scriptedSource();
  const details = createRunDetailsReader();
  source.onEvent((event) => details.push(event));
  const timer = fakeTimer();
  const messages: HostMessage[] = [];
  const post = (message: HostMessage) => void messages.push(message);
  const feed = createViewFeed({ source, schedule: timer.schedule, post, details, withReport: false });
  const isWhole = (message: HostMessage) => "memory" in message && "files" in message;
  return { source, timer, messages, feed, isWhole };
}

test("what is large and changes slowly goes along once a second while a run goes on", () => {
  const { source, timer, messages, feed, isWhole } = openPanel();
  feed.ready(fresh);
  messages.length = 0;
  const running = events.slice(0, -1);
  for (const event of running.slice(0, 60)) {
    source.push(event);
    timer.advance(50);
  }
  expect(messages).toHaveLength(60);
  expect(messages.filter(isWhole)).toHaveLength(3);
  expect(messages.every((message) => parseHostMessage(message) !== null)).toBe(true);
  // What was left out last is not left out for ever.
  messages.length = 0;
  timer.advance(2_000);
  expect(messages.map(isWhole)).toEqual([true]);
});

test("it goes along at once when facts change and when the run ends; files that are wished for come alone", () => {
  const { source, timer, messages, feed, isWhole } = openPanel();
  feed.ready(fresh);
  for (const event of events.slice(0, 50)) source.push(event);
  timer.advance(100);
  messages.length = 0;
  feed.wishFiles({ order: "slowest", from: 0, count: 5 });
  expect(messages).toEqual([expect.objectContaining({ files: expect.objectContaining({ from: 0 }) })]);
  expect(messages.pop()).not.toHaveProperty("memory");
  source.change({ recent: [] });
  timer.advance(50);
  for (const event of events.slice(50)) source.push(event);
  timer.advance(50);
  expect(messages.map(isWhole)).toEqual([true, true]);
});

test("a run that failed before its first event says nothing of the one before it", () => {
  const { source, messages, feed, timer } = openPanel();
  for (const event of events) source.push(event);
  feed.ready(fresh);
  feed.wishFiles({ order: "slowest", from: 0, count: 5 });
  expect(messages.at(-1)).toMatchObject({ details: { causes: expect.any(Array) }, files: { order: "slowest" } });
  const failed = {
    ...createRunReader().view(),
    state: "error",
    error: { code: "missing-key", message: "no" },
  } as const;
  source.current = () => failed;
  source.change({ memory: noMemory });
  timer.advance(50);
  expect(messages.at(-1)).toMatchObject({ view: failed, details: null, files: null, memory: noMemory });
});

test("all files of an unchanged workspace come in portions, and a page that comes back amid them lacks none", () => {
  const { source, timer, messages, feed } = openReport();
  const files = Array.from({ length: 1_234 }, (_, at) => fileReport({ path: `src/${at}.ts`, findings: 1 }));
  const told = report({ files, findings: files.map(({ path }) => finding({ path })) });
  const summaries = { "src/7.ts": "What it is for." };
  const all = eventsOf([
    runStart,
    { type: "unchanged", report: told, summaries },
    { type: "run-end", stoppedBy: null, error: null, report: told },
  ]);
  for (const event of all) source.push(event);
  feed.ready(fresh);
  timer.advance(1_000);
  const portions = messages.filter((message) => message.type === "report");
  expect(portions.length).toBeGreaterThan(2);
  for (const { entries } of portions) expect(entries.length).toBeLessThanOrEqual(500);
  const model = createReportModel();
  for (const portion of portions.slice(0, 2)) expect(model.apply(portion)).toBe(true);
  // Thrown away and back again.
  messages.length = 0;
  feed.ready({ type: "ready", runId: model.runId, lastSeq: model.lastSeq });
  timer.advance(1_000);
  for (const message of messages) if (message.type === "report") expect(model.apply(message)).toBe(true);
  expect(model.files()).toHaveLength(1_234);
  expect(model.files().flatMap((file) => file.findings)).toHaveLength(1_234);
  expect(model.files().find(({ path }) => path === "src/7.ts")!.summary).toBe("What it is for.");
});

test("files that are named as what every object has are files like any other, also without a summary", () => {
  const names = ["constructor", "__proto__", "toString", "a.ts"];
  const told = report({ files: names.map((path) => fileReport({ path, status: "cached" })) });
  const { source, timer, messages, feed } = openReport();
  for (const event of eventsOf([
    runStart,
    { type: "unchanged", report: told, summaries: {} },
    { type: "run-end", stoppedBy: null, error: null, report: told },
  ]))
    source.push(event);
  feed.ready(fresh);
  timer.advance(50);
  const model = createReportModel();
  for (const message of messages.filter(({ type }) => type === "report")) {
    expect(parseHostMessage(message)).toEqual(message);
    if (message.type === "report") model.apply(message);
  }
  expect(model.files().map(({ path, summary }) => [path, summary])).toEqual(names.map((path) => [path, null]));
});
