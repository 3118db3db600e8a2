import { afterEach, expect, test } from "vitest";
import { displayLanguage, numberInLanguage, t, tCount, useTranslations } from "../../../src/shared/localize.ts";

afterEach(() => useTranslations(undefined, "en"));

test("fills values in, and leaves what has none", () => {
  expect(t("{0} of {1}: {0}, {2}", 1, "two")).toBe("1 of two: 1, {2}");
});

test("translates a text by its English, with the values in the language's own order", () => {
  useTranslations({ "{0} of {1}": "von {1} {0}" }, "de");
  expect(t("{0} of {1}", 3, 4)).toBe("von 4 3");
  expect(t("no translation")).toBe("no translation");
});

test("values are not read as texts, and names of objects' own things are no translations", () => {
  expect(t("{0}", "{1}")).toBe("{1}");
  expect(t("constructor")).toBe("constructor");
});

test("a number of things is a phrase of its own, with the number as the language writes it", () => {
  const found = (count: number) => tCount(count, "{0} finding in {1}", "{0} findings in {1}", "a.ts");
  expect([found(0), found(1), found(1_234)]).toEqual([
    "0 findings in a.ts",
    "1 finding in a.ts",
    "1,234 findings in a.ts",
  ]);
  useTranslations({ "{0} finding in {1}": "In {1}: {0} Befund", "{0} findings in {1}": "In {1}: {0} Befunde" }, "de");
  expect([found(1), found(1_234)]).toEqual(["In a.ts: 1 Befund", "In a.ts: 1.234 Befunde"]);
});

test("a language without translations is read in English, figures included", () => {
  useTranslations(undefined, "de");
  expect(displayLanguage()).toBeUndefined();
  expect(tCount(1_234, "{0} file", "{0} files")).toBe("1,234 files");
});

test("a number is written in the language of now and as it is asked for, whatever was written before", () => {
  const price = { style: "currency", currency: "USD", minimumFractionDigits: 3 } as const;
  const all = () => [numberInLanguage(1_234.5), numberInLanguage(1_234.5, price), numberInLanguage(0.5)];
  const english = ["1,234.5", "$1,234.500", "0.5"];
  expect([all(), all()]).toEqual([english, english]);
  useTranslations({}, "de");
  const german = ["1.234,5", "1.234,500\u00a0$", "0,5"];
  expect([all(), all()]).toEqual([german, german]);
});
