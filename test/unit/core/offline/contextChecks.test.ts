import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTestText } from "../../../../src/core/offline/contextChecks.ts";

describe("isTestText", () => {
  it("answers for the text in hand, whichever was asked about before", () => {
    const texts = [
      { text: "import pytest\n", isTest: true },
      { text: "import pytesz\n", isTest: false },
      { text: 'import { it } from "vitest";\n', isTest: true },
      { text: "", isTest: false },
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...texts)), (order) => {
        expect(order.map(({ text }) => isTestText(text))).toEqual(order.map(({ isTest }) => isTest));
      }),
    );
  });
});
