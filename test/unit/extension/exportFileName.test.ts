import { expect, test } from "vitest";
import { exportFileName } from "../../../src/extension/exportFileName.ts";

test("names the run by when it began, on the clock that its report has", () => {
  expect(exportFileName("2026-11-21T09:30:59.123Z", "markdown")).toBe("onceover-2026-11-21-0930.md");
  expect(exportFileName("2026-11-21T09:30:59.123Z", "json")).toBe("onceover-2026-11-21-0930.json");
  expect(exportFileName("2026-11-21T09:30:59.123Z", "sarif")).toBe("onceover-2026-11-21-0930.sarif");
});

test("a time that is none gets into no file name", () => {
  expect(exportFileName("../../x", "json")).toBe("onceover-report.json");
});
