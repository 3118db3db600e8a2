import { expect, test } from "vitest";
import { parseTypescriptProblems } from "../../../../src/core/tools/typescriptProblems.ts";

test("what a type checker says, with what it goes on with", () => {
  const output =
    "src/a(1).ts(3,7): error TS2322: Type 'x'\n  is not 'y'.\nnoise\n  of something\nb.ts(1,1): warning TS1: W\r\n";
  const problems = parseTypescriptProblems(output, "/w");
  expect(problems.get("/w/src/a(1).ts")).toEqual([
    { line: 3, column: 7, severity: "error", source: "typescript", code: "TS2322", message: "Type 'x'\n  is not 'y'." },
  ]);
  expect(problems.get("/w/b.ts")).toMatchObject([{ severity: "warning", message: "W" }]);
});
