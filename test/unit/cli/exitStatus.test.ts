import { expect, test } from "vitest";
import { errorStatus, reportStatus } from "../../../src/cli/exitStatus.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";

const failed = [sampleFile("a.ts", "failed", { reason: "timeout" })];

test("done", () => {
  expect(reportStatus(sampleReport(), "never", false)).toBe(0);
});

test.each([
  ["error", "error", 1],
  ["error", "warning", 0],
  ["warning", "error", 1],
  ["warning", "warning", 1],
  ["warning", "info", 0],
  ["info", "info", 1],
  ["never", "error", 0],
] as const)("failing on %s with one %s is %i", (failOn, severity, status) => {
  expect(reportStatus(sampleReport({ findings: [sampleFinding({ severity })] }), failOn, false)).toBe(status);
});

test("the gravest of several outcomes counts", () => {
  const stop = (code: string, stoppedBy: "error" | "budget" | "cancel" = "error") =>
    sampleReport({ files: failed, run: { complete: false, stoppedBy, error: { code, message: "" } } });
  expect(reportStatus(stop("store-failed"), "info", true)).toBe(130);
  expect(reportStatus(stop("cancelled", "cancel"), "info", false)).toBe(130);
  expect(reportStatus(stop("store-failed", "budget"), "info", false)).toBe(5);
  expect(reportStatus(stop("quota-exhausted", "budget"), "info", false)).toBe(2);
  expect(reportStatus(stop("budget-reached", "budget"), "info", false)).toBe(4);
  expect(reportStatus(stop("unreachable"), "info", false)).toBe(3);
  expect(reportStatus(sampleReport({ files: failed }), "info", false)).toBe(3);
  expect(reportStatus(sampleReport({ files: [sampleFile("a.ts", "pending")] }), "never", false)).toBe(3);
});

test.each([
  ["usage", 2],
  ["invalid-key", 2],
  ["unknown-price", 2],
  ["store-damaged", 5],
  ["unreachable", 3],
  ["internal", 3],
  ["never-heard-of", 3],
  ["constructor", 3],
])("an error %s is %i", (code, status) => {
  expect(errorStatus(code)).toBe(status);
});
