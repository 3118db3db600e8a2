import { describe, expect, test } from "vitest";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { announce, announceAlerts, nothingAnnounced } from "../../../src/webview/panel/announce.ts";
import { type ShopOptions, shopRun } from "../../support/scriptedRun.ts";

const settings = { provider: "openai", model: null, budgetUsd: 1, keySet: true } as const;

function announcementsOf(options: ShopOptions, from = 0): string[] {
  const reader = createRunReader();
  const said: string[] = [];
  let announced = nothingAnnounced;
  for (const [index, event] of shopRun(options).events.entries()) {
    reader.push(event);
    if (index < from) continue;
    const next = announce(announced, { view: reader.view(), settings, trusted: true, activity: "none" });
    announced = next.announced;
    if (next.text !== null) said.push(next.text);
  }
  return said;
}

test("says that a run started, each quarter of it, and how it ended", () => {
  expect(announcementsOf({ end: { stoppedBy: null } })).toEqual([
    "Review started.",
    "25 percent reviewed.",
    "50 percent reviewed.",
    "75 percent reviewed.",
    "Complete: 3 errors, 12 warnings, 13 infos.",
  ]);
});

test("says nothing of a run that had ended before the view was opened", () => {
  expect(
    announcementsOf({ end: { stoppedBy: null } }, shopRun({ end: { stoppedBy: null } }).events.length - 1),
  ).toEqual([]);
});

test("a run that was stopped is said to be", () => {
  const said = announcementsOf({ ended: 10, end: { stoppedBy: "budget" } });
  expect(said.at(-1)).toMatch(/^Stopped at the budget: /);
});

describe("alerts", () => {
  const slow = { kind: "latency", text: "Replies take 9 s now." };
  const many = { kind: "errors", text: "12 of 47 requests failed." };

  test("are said once each, whatever becomes of their figures, and not when the view is opened", () => {
    expect(announceAlerts(null, [slow])).toBeNull();
    expect(announceAlerts([], [slow])).toBe(slow.text);
    expect(announceAlerts(["latency"], [{ ...slow, text: "Replies take 10 s now." }])).toBeNull();
    expect(announceAlerts(["latency"], [slow, many])).toBe(many.text);
    expect(announceAlerts(["latency"], [])).toBeNull();
  });
});
