import { afterEach, expect, test } from "vitest";
import { useTranslations } from "../../../src/shared/localize.ts";
import { TIME_STEPS, timeMark } from "../../../src/webview/panel/timeAxis.ts";

afterEach(() => useTranslations(undefined, "en"));

const marks = (...seconds: readonly number[]) => seconds.map(timeMark).map((mark) => mark.replaceAll("\u202f", " "));

test("marks are short, and of the unit that they are whole in", () => {
  expect(marks(0, 0.5, 30, 60, 90, 900, 3_600, 5_400, 86_400)).toEqual([
    "0 s",
    "0.5 s",
    "30 s",
    "1 min",
    "90 s",
    "15 min",
    "1 h",
    "90 min",
    "24 h",
  ]);
});

test("are written as it is usual in the reader's language", () => {
  useTranslations({}, "de");
  expect(marks(2.5)).toEqual(["2,5 s"]);
});

test("steps of a minute and more stay whole minutes at every mark", () => {
  const long = TIME_STEPS.filter((step) => step >= 60);
  expect(long.length).toBeGreaterThan(5);
  for (const step of long) for (const mark of marks(step, 2 * step, 7 * step)) expect(mark).toMatch(/^\d+ (min|h)$/);
});
