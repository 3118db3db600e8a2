import fc from "fast-check";
import { expect, test } from "vitest";
import { readFilter } from "../../../src/webview/report/readFilter.ts";

test("a page that remembers nothing shows everything", () => {
  const filter = readFilter({}, false);
  expect([filter.text, filter.order]).toEqual(["", "severity"]);
  expect(Object.values(filter.hidden).every((values) => values.size === 0)).toBe(true);
  expect(readFilter({}, true).order).toBe("arrival");
});

test("what was filtered and chosen is back", () => {
  const filter = readFilter(
    { text: "refund", hidden: { severity: ["info"], status: ["cached"] }, order: "path" },
    true,
  );
  expect([filter.text, filter.order]).toEqual(["refund", "path"]);
  expect([...filter.hidden.severity, ...filter.hidden.status]).toEqual(["info", "cached"]);
});

test("whatever was kept, a filter comes of it", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (text, hidden, order) => {
      const filter = readFilter({ text, hidden, order }, false);
      expect(typeof filter.text).toBe("string");
      for (const values of Object.values(filter.hidden)) expect(values).toBeInstanceOf(Set);
    }),
  );
});
