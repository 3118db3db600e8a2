import { describe, expect, test } from "vitest";
import { collectTexts } from "../../../tools/collectTexts.ts";
import { fitTranslation, translationProblems } from "../../../tools/translationProblems.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("a translation", () => {
  const source = { "{0} of {1}": "{0} of {1}", go: "[Go](command:onceover.go) to `code` $(key)" };
  const whole = { "{0} of {1}": "von {1} {0}", go: "$(key) `code` [Los](command:onceover.go)" };

  test("may turn a text round", () => {
    expect(translationProblems(source, whole, "de")).toEqual([]);
  });

  test.each([
    ["lacks a text", { go: whole.go }, 'de lacks "{0} of {1}"'],
    ["has an empty one", { ...whole, go: "" }, 'de lacks "go"'],
    ["has one too many", { ...whole, old: "alt" }, 'de has "old", which nothing asks for'],
    ["loses a value", { ...whole, "{0} of {1}": "von {1}" }, 'de does not refer to the same as "{0} of {1}"'],
    ["invents a value", { ...whole, "{0} of {1}": "{0}{1}{2}" }, 'de does not refer to the same as "{0} of {1}"'],
    [
      "links elsewhere",
      { ...whole, go: whole.go.replace("onceover.go", "other") },
      'de does not refer to the same as "go"',
    ],
    ["loses code", { ...whole, go: whole.go.replaceAll("`", "") }, 'de does not refer to the same as "go"'],
  ])("%s", (_, translation, problem) => {
    expect(translationProblems(source, translation, "de")).toEqual([problem]);
  });

  test("is fitted to the texts there are: in their order, new ones empty, old ones gone", () => {
    const fitted = fitTranslation({ a: "a", ...source }, { old: "alt", ...whole });
    expect(Object.entries(fitted)).toEqual([["a", ""], ...Object.entries(whole)]);
  });
});

const project = {
  "tsconfig.json": '{ "compilerOptions": { "noLib": true }, "include": ["src"], "exclude": ["src/webview"] }',
  "src/webview/tsconfig.json": '{ "compilerOptions": { "noLib": true, "jsx": "preserve" }, "include": ["."] }',
};

test("texts are collected from the extension, the views and what they share", () => {
  const folder = temporaryFolder({
    ...project,
    "src/extension/a.ts": 'const f = () => t("b \\"{0}\\"", 1); const g = () => other("no");',
    "src/webview/a.tsx": "const View = () => <p title={t(`c`)}>{tCount(1, '{0} file', '{0} files')}</p>;",
    "src/shared/a.ts": 'function f() { return t("a"); }',
    "src/core/a.ts": 'const f = () => t("the terminal speaks English");',
  });
  expect(collectTexts(folder)).toEqual({ texts: ["a", 'b "{0}"', "c", "{0} file", "{0} files"], problems: [] });
});

test("a text that is no literal, or is looked up before the language is known, is a problem", () => {
  const text = 'const early = t("a"); const f = (x: string) => t(x); const g = () => t("a" + early);';
  expect(collectTexts(temporaryFolder({ ...project, "src/extension/a.ts": text })).problems).toEqual([
    "src/extension/a.ts: t(…) stands outside a function",
    "src/extension/a.ts: t(…) takes its text as a literal, or it cannot be collected",
    "src/extension/a.ts: t(…) takes its text as a literal, or it cannot be collected",
  ]);
});
