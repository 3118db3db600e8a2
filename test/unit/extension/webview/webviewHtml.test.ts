import { expect, test } from "vitest";
import { webviewHtml } from "../../../../src/extension/webview/webviewHtml.ts";

const html = webviewHtml({
  title: 'Report of "a" <b>',
  scriptUri: "https://host/panel.js?a&b",
  styleUri: "https://host/panel.css",
  cspSource: "https://host",
  nonce: "abc",
});

test("the policy allows the view's own script and style sheet, and nothing else", () => {
  expect(/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]).toBe(
    "default-src 'none'; script-src 'nonce-abc'; style-src https://host; font-src https://host; base-uri 'none'; form-action 'none'",
  );
});

test("nothing is inline, and what is put in is escaped", () => {
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('<script type="module" nonce="abc" src="https://host/panel.js?a&amp;b"></script>');
  expect(html).not.toMatch(/<style|style=| on\w+=/);
  expect(html).toContain("<title>Report of &quot;a&quot; &lt;b&gt;</title>");
});
