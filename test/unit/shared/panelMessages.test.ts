import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseHostMessage, parseViewMessage } from "../../../src/shared/panelMessages.ts";
import { type HostMessage, PANEL_COMMANDS, type ViewMessage } from "../../../src/shared/panelProtocol.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { createRunDetailsReader } from "../../../src/extension/webview/runDetails.ts";
import { entriesOfEvent } from "../../../src/extension/webview/reportEntries.ts";
import { shopRun } from "../../support/scriptedRun.ts";

const { events } = shopRun({ failed: 1, end: { stoppedBy: null } });

function viewMessage(): HostMessage {
  const reader = createRunReader();
  const details = createRunDetailsReader();
  for (const event of events) {
    reader.push(event);
    details.push(event);
  }
  return {
    type: "view",
    view: reader.view(),
    details: details.details(),
    settings: { provider: "openai", model: null, budgetUsd: 1, keySet: true },
    trusted: true,
    activity: "asking",
    recent: [
      {
        runId: "run-0",
        startedAt: "2026-11-20T10:00:00Z",
        state: "budget",
        model: null,
        durationMs: 1,
        spentUsd: 0,
        costUnknown: false,
        cachedShare: 1,
      },
    ],
    memory: {
      samples: [{ atMs: 1, rssBytes: 3, heapBytes: 2, externalBytes: 1, collections: 0 }],
      trendBytesPerMinute: null,
      holders: [{ name: "findings", bytes: 1, count: 1 }],
      limitBytes: 10,
      snapshots: [
        {
          number: 1,
          takenAt: "2026-11-20T10:00:00Z",
          label: "run",
          rssBytes: 3,
          heapBytes: 2,
          externalBytes: 1,
          holders: [],
        },
      ],
      alert: { kind: "leak", holder: "findings", bytes: 1, growthBytes: 1 },
    },
    overnight: { units: 3, atMostUsd: 0.02, submittedAt: "2026-11-20T21:04:00Z" },
    spending: { today: { usd: 1, runs: 2 }, workspace: { usd: 3, since: null }, unknown: false },
    files: details.files({ order: "slowest", from: 0, count: 2 }),
    monotonicMs: 12.5,
  };
}

const reportMessage: HostMessage & { type: "report" } = {
  type: "report",
  runId: "run-1",
  fromSeq: 0,
  toSeq: events.length,
  entries: [...events.flatMap(entriesOfEvent), { type: "notice", level: "warning", message: "No price is known." }],
};

/** Every part of a message, as the way to it. */
function placesOf(value: unknown, before: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  const places: string[][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const place = before.concat(key);
    places.push(place);
    places.push(...placesOf(inner, place));
  }
  return places;
}

/** A copy with something in that place that is valid nowhere. */
function withoutValue(message: unknown, place: readonly string[]): unknown {
  const copy: unknown = structuredClone(message);
  let holder = copy as Record<string, unknown>;
  for (const key of place.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  holder[place.at(-1)!] = () => undefined;
  return copy;
}

/** One entry of each kind. */
const shortReport: HostMessage = {
  ...reportMessage,
  entries: [...new Map(reportMessage.entries.map((entry) => [entry.type, entry])).values()],
};

describe("messages to a view", () => {
  test.each([
    ["view", viewMessage()],
    ["report", reportMessage],
    ["show-finding", { type: "show-finding", path: "src/a.ts", id: "f1" }],
  ] as const)("%s passes as it was sent", (_, message) => {
    const received: unknown = JSON.parse(JSON.stringify(message));
    expect(parseHostMessage(received)).toEqual(message);
  });

  test("nothing reviewed yet passes", () => {
    expect(parseHostMessage({ ...viewMessage(), view: null, details: null })).not.toBeNull();
  });

  test.each([
    ["view", viewMessage()],
    ["report", shortReport],
    ["show-finding", { type: "show-finding", path: "src/a.ts", id: "f1" }],
  ] as const)("%s is dropped when any one of its parts is not what it should be", (_, message) => {
    for (const place of placesOf(message)) {
      expect([place.join("."), parseHostMessage(withoutValue(message, place))]).toEqual([place.join("."), null]);
    }
  });

  test("a daily budget may be there or not, but not be something else", () => {
    const message = viewMessage();
    const daily = { limitUsd: 5, usedUsd: 1, endsAt: "2026-11-22T00:00:00.000Z", reached: false };
    if (message.type !== "view") throw new Error("It is about a view.");
    const having = (value: unknown) => ({ ...message, view: { ...message.view, daily: value } });
    expect(parseHostMessage(having(daily))).not.toBeNull();
    expect([having(null), having({ ...daily, usedUsd: "1" })].map(parseHostMessage)).toEqual([null, null]);
  });

  test("a number that is none is dropped", () => {
    const message = viewMessage();
    expect(parseHostMessage({ ...message, monotonicMs: Number.NaN })).toBeNull();
    expect(parseHostMessage({ ...message, monotonicMs: "1" })).toBeNull();
  });
});

describe("messages from a view", () => {
  const valid: readonly ViewMessage[] = [
    { type: "ready", runId: null, lastSeq: 0 },
    { type: "ready", runId: "run-1", lastSeq: 12 },
    { type: "open", path: "src/a.ts", line: 1, column: 1 },
    { type: "copy", path: "src/a.ts", id: "f1" },
    ...PANEL_COMMANDS.map((command) => ({ type: "command", command }) as const),
  ];

  test.each(valid)("$type passes", (message) => {
    expect(parseViewMessage(message)).toEqual(message);
  });

  test.each([
    { type: "command", command: "clearCache" },
    { type: "command", command: "workbench.action.terminal.new" },
    { type: "command", command: ["cancel"] },
    { type: "command", command: "openSettings", setting: "apiKey" },
    { type: "command" },
    { type: "open", path: "src/a.ts", line: 0, column: 1 },
    { type: "open", path: "src/a.ts", line: 1.5, column: 1 },
    { type: "open", path: ["src/a.ts"], line: 1, column: 1 },
    { type: "copy", path: "src/a.ts" },
    { type: "copy", path: 1, id: "f1" },
    { type: "ready", runId: null, lastSeq: -1 },
    { type: "ready", lastSeq: 0 },
    { type: "constructor" },
    { type: "__proto__" },
    Object.create({ type: "command", command: "cancel" }),
    null,
    undefined,
    "cancel",
    [],
  ])("%j is dropped", (message) => {
    expect(parseViewMessage(message)).toBeNull();
  });

  test("whatever comes, either it is a message or it is dropped", () => {
    const commands: readonly string[] = PANEL_COMMANDS;
    const nearly = fc.record(
      {
        type: fc.constantFrom("ready", "command", "open", "view", "toString"),
        command: fc.oneof(fc.constantFrom(...commands), fc.anything()),
        path: fc.oneof(fc.string(), fc.anything()),
        line: fc.oneof(fc.integer(), fc.double(), fc.anything()),
        column: fc.oneof(fc.integer(), fc.anything()),
        runId: fc.oneof(fc.string(), fc.anything()),
        lastSeq: fc.oneof(fc.integer(), fc.anything()),
      },
      { requiredKeys: ["type"] },
    );
    fc.assert(
      fc.property(fc.oneof(nearly, fc.anything()), (value) => {
        const message = parseViewMessage(value);
        if (message === null) return;
        expect(message).toBe(value);
        if (message.type === "command") expect(commands).toContain(message.command);
        if (message.type === "open") expect([typeof message.path, message.line >= 1]).toEqual(["string", true]);
        if (message.type === "ready") expect(Number.isSafeInteger(message.lastSeq)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
