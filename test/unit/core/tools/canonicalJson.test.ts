import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../../src/core/tools/canonicalJson.ts";

test("equal values have equal texts, whatever the order of their fields; others have others", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
      expect(canonicalJson(reversed(a))).toBe(canonicalJson(a));
      expect(canonicalJson(a) === canonicalJson(b)).toBe(isEqual(a, b));
      expect(isEqual(JSON.parse(canonicalJson(a)), JSON.parse(JSON.stringify(a)))).toBe(true);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, field]) => [name, reversed(field)]),
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return JSON.stringify(a)?.includes("-0") === JSON.stringify(b)?.includes("-0");
  } catch {
    return false;
  }
}
