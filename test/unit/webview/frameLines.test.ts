import { expect, test } from "vitest";
import { frameLines } from "../../../src/webview/report/frameLines.ts";

test("numbers lines as the file does and leaves out the indentation they share", () => {
  const quote = "if (a) {\n      b();\n    }";
  expect(frameLines({ quote, startLine: 7, startColumn: 5 })).toEqual([
    { number: 7, text: "if (a) {" },
    { number: 8, text: "  b();" },
    { number: 9, text: "}" },
  ]);
});

test("a quote from the middle of a line stands where it stood", () => {
  expect(frameLines({ quote: "b(\n  c);", startLine: 1, startColumn: 5 })).toEqual([
    { number: 1, text: "  b(" },
    { number: 2, text: "c);" },
  ]);
});

test("empty lines and tabs do no harm", () => {
  expect(frameLines({ quote: "a(\r\n\r\n\tb);", startLine: 1, startColumn: 3 }).map((line) => line.text)).toEqual([
    "a(",
    "",
    "\tb);",
  ]);
  expect(frameLines({ quote: "", startLine: 1, startColumn: 1 })).toEqual([{ number: 1, text: "" }]);
});
