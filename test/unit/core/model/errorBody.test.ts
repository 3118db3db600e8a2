import fc from "fast-check";
import { expect, test } from "vitest";
import { excerpt, parseErrorBody } from "../../../../src/core/model/errorBody.ts";

test.each([
  [
    '{"error":{"message":"m","type":"t","param":"p","code":"c"}}',
    { isApiError: true, message: "m", type: "t", param: "p", code: "c" },
  ],
  ['[{"error":{"message":"m","code":400}}]', { isApiError: true, message: "m", code: "400" }],
  [
    '{"object":"error","message":"m","type":"NotFoundError","code":404}',
    { isApiError: true, message: "m", type: "NotFoundError", code: "404" },
  ],
  ['{"error":"words"}', { isApiError: true, message: "words" }],
  ['{"detail":"Not Found"}', { isApiError: false, message: "Not Found" }],
  ["<html></html>", { isApiError: false, message: "" }],
  ["", { isApiError: false, message: "" }],
  ["null", { isApiError: false, message: "" }],
])("%s", (text, expected) => {
  expect(parseErrorBody(text)).toMatchObject(expected);
});

test("whatever a server sends, the excerpt is short, one line, visible and without the key", () => {
  const key = "sk-secret-0123456789";
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
      const shown = excerpt(`${before}${key}${after}`, key);
      expect(shown).not.toContain(key);
      expect(shown.length).toBeLessThanOrEqual(200);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("what a server quotes of the request is left out", () => {
  expect(
    excerpt(
      "[{'type': 'extra_forbidden', 'loc': ('body', 'x'), 'msg': 'Extra inputs', 'input': 'const secret = 1'}]",
      "none!",
    ),
  ).not.toContain("const");
});
