import { expect, test } from "vitest";
import { quietWarnings } from "../../../src/cli/quietWarnings.ts";

test("only what Node says about SQLite being experimental is kept back", () => {
  const shown: unknown[] = [];
  const target = { emitWarning: (...args: unknown[]) => void shown.push(args) } as Pick<NodeJS.Process, "emitWarning">;
  quietWarnings(target);
  target.emitWarning("SQLite is an experimental feature and might change at any time", "ExperimentalWarning");
  target.emitWarning("SQLite is an experimental feature", { type: "ExperimentalWarning" });
  expect(shown).toEqual([]);
  target.emitWarning("Type stripping is experimental", "ExperimentalWarning");
  target.emitWarning("SQLite is too old", "DeprecationWarning");
  target.emitWarning(new Error("SQLite broke"));
  expect(shown).toHaveLength(3);
});
