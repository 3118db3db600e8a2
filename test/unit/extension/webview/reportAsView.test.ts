import { expect, test } from "vitest";
import { reportAsView, reportDetails } from "../../../../src/extension/webview/reportAsView.ts";
import { parseHostMessage } from "../../../../src/shared/panelMessages.ts";
import type { Report } from "../../../../src/shared/report.ts";
import { fileReport, finding, report } from "../fixtures.ts";

/** What the panel is sent of a stored report, and whether it takes it. */
function isTaken(stored: Report): boolean {
  const message = {
    type: "view",
    view: reportAsView(stored),
    details: reportDetails(stored),
    settings: { provider: "offline", model: null, budgetUsd: 1, keySet: true },
    trusted: true,
    activity: "none",
    recent: [],
    spending: null,
    overnight: null,
    monotonicMs: 0,
  };
  return parseHostMessage(JSON.parse(JSON.stringify(message))) !== null;
}

const stored = report({ files: [fileReport()], findings: [finding()] });

test("a report of before later fields were kept is shown as well", () => {
  expect(isTaken(stored)).toBe(true);
  const { error: _, ...run } = stored.run;
  const { memory, ...rest } = stored;
  expect(isTaken({ ...rest, run: run as Report["run"], memory })).toBe(true);
});

test("how many requests failed is the report's, and not known of one that does not say", () => {
  expect(reportAsView({ ...stored, usage: { ...stored.usage, requests: 30, failed: 5 } }).requests).toMatchObject({
    started: 30,
    failed: 5,
  });
  expect(reportAsView(stored).requests.failed).toBeNull();
});
