import { expect, test } from "vitest";
import { readFindingRef } from "../../../src/extension/findingRef.ts";

test("takes a path and an id, and nothing else that stands beside them", () => {
  expect(readFindingRef({ path: "src/a.ts", id: "f1", more: true })).toEqual({ path: "src/a.ts", id: "f1" });
});

test.each([undefined, null, "f1", [], {}, { path: "src/a.ts" }, { id: "f1", path: 1 }, { path: "a", id: {} }])(
  "%j names no finding",
  (given) => expect(readFindingRef(given)).toBeUndefined(),
);
