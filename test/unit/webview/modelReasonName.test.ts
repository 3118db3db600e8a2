import fc from "fast-check";
import { expect, test } from "vitest";
import { strongReason } from "../../../src/core/review/strongReason.ts";
import { modelReasonName } from "../../../src/webview/panel/modelReasonName.ts";

const metrics = (cognitiveComplexity: number, lines: number) => ({
  symbols: [],
  imports: [],
  free: [],
  namespaces: [],
  properties: [],
  defaultExport: "",
  metrics: { lines, functions: 1, cognitiveComplexity },
});

test("says what the engine says, in a sentence", () => {
  expect(modelReasonName(strongReason(10, metrics(99, 10))!)).toBe("It is complex: cognitive complexity 99");
  expect(modelReasonName(strongReason(10, metrics(0, 100_000))!)).toBe("It is large: 100000 lines");
  expect(modelReasonName(strongReason(900_000, undefined)!)).toBe("It is large: 879 KB");
  const imports = [{ source: "crypto", names: [], line: 1 }] as never;
  expect(modelReasonName(strongReason(10, { ...metrics(0, 9), imports })!)).toBe("It touches crypto");
});

test("shows what it does not know as it stands, without hidden characters", () => {
  expect(modelReasonName("the user asked")).toBe("the user asked");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (reason) => {
      expect(modelReasonName(reason)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    }),
  );
});
