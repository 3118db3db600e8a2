import fc from "fast-check";
import { expect, test } from "vitest";
import { webviewHtml } from "../../../src/extension/webview/webviewHtml.ts";
import { pageTranslations } from "../../../src/webview/common/pageTranslations.ts";

const page = (bundle: Readonly<Record<string, string>>) =>
  webviewHtml({
    title: "Onceover",
    scriptUri: "panel.js",
    styleUri: "panel.css",
    cspSource: "'self'",
    nonce: "n",
    translations: { bundle, language: "de" },
  });

/** As a browser reads an attribute. */
const contentOf = (html: string) =>
  /<meta name="onceover-translations" content="([^"]*)">/
    .exec(html)?.[1]
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

test("what goes into the page comes out of it, whatever it holds, and nothing else does", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (bundle) => {
      expect(pageTranslations(contentOf(page(bundle)))).toEqual({ ...bundle });
    }),
  );
  const hostile = page({ a: `"><script>alert(1)</script>` });
  expect(hostile.match(/<script/g)).toHaveLength(1);
  expect(hostile).toContain('<html lang="de">');
});

test.each([null, undefined, "", "{", "[]", '"text"', "null", '{"a":1}', '{"a":{"b":"c"}}'])(
  "%j is not a translation: the page speaks English",
  (content) => {
    expect(pageTranslations(content)).toBeUndefined();
  },
);
