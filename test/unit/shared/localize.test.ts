import { afterEach, expect, test } from "vitest";
import { t, useTranslations } from "../../../src/shared/localize.ts";

afterEach(() => useTranslations(undefined));

test("fills values in, and leaves what has none", () => {
  expect(t("{0} of {1}: {0}, {2}", 1, "two")).toBe("1 of two: 1, {2}");
});

test("translates a text by its English, with the values in the language's own order", () => {
  useTranslations({ "{0} of {1}": "von {1} {0}" });
  expect(t("{0} of {1}", 3, 4)).toBe("von 4 3");
  expect(t("no translation")).toBe("no translation");
});

test("values are not read as texts, and names of objects' own things are no translations", () => {
  expect(t("{0}", "{1}")).toBe("{1}");
  expect(t("constructor")).toBe("constructor");
});
