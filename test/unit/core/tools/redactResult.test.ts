import { expect, test } from "vitest";
import { redactResult } from "../../../../src/core/tools/redactResult.ts";

test("texts of an answer come back where they were, keys and numbers untouched", async () => {
  const hide = async (text: string) => text.replaceAll("key", "***");
  const value = { key: ["a key", { deep: "two\nkey" }, 3, null, true], none: "" };
  expect(await redactResult(value, hide)).toEqual({ key: ["a ***", { deep: "two\n***" }, 3, null, true], none: "" });
});
