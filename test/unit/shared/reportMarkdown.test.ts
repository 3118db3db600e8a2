import { describe, expect, test } from "vitest";
import { reportMarkdown } from "../../../src/shared/reportMarkdown.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";

test("findings by gravity, with place, code and reason", () => {
  const warning = sampleFinding({ severity: "warning", path: "a`b.ts", title: "Second", detail: "One.\n\nTwo." });
  const text = reportMarkdown(sampleReport({ findings: [warning, sampleFinding()] }));
  expect(text).toMatch(/^# Onceover\n\n2 findings in 2 files\.\n\n\| \| \|\n/);
  expect(text).toContain(
    [
      "## Errors (1)",
      "### Refund is not awaited, so an order counts as refunded even if the gateway fails",
      "`src/payments/refund.ts:2:3` (bug, unawaited\\-call, confidence 90 %)",
      "```\ngateway.refund(order);\n```",
      "The promise is dropped\\. A rejection ends as an unhandled one, and the next line marks the order as refunded\\.",
      "## Warnings (1)",
      "### Second",
      "`` a`b.ts:2:3 `` (bug, unawaited\\-call, confidence 90 %)",
    ].join("\n\n"),
  );
  expect(text).toContain("\n\nOne\\.\n\nTwo\\.\n\n## Skipped (1)\n\n- `dist/app.min.js`: minified\n");
});

describe("what is missing", () => {
  test("comes first, with its reason", () => {
    const files = [
      sampleFile("a.ts", "failed", { reason: "timed out" }),
      sampleFile("b.ts", "pending", { reason: "the budget was reached" }),
    ];
    const text = reportMarkdown(sampleReport({ run: { complete: false, stoppedBy: "budget" }, files, findings: [] }));
    expect(text).toMatch(
      /^# Onceover\n\n> \*\*This review is not complete:\*\* the budget was reached\. 1 file failed and 1 file is pending\.\n\nNo file was reviewed\.\n/,
    );
    expect(text).toContain(
      "## Failed (1)\n\n- `a.ts`: timed out\n\n## Pending (1)\n\n- `b.ts`: the budget was reached\n",
    );
  });

  test("is nothing in a complete run", () => {
    const text = reportMarkdown(sampleReport({ findings: [] }));
    expect(text).toContain("No findings in 2 files.");
    expect(text).not.toContain("not complete");
  });
});

test("a review of changes says so", () => {
  expect(reportMarkdown(sampleReport({ run: { since: "main" }, findings: [] }))).toContain(
    "No findings in 2 files.\n\nOnly files that differ from `main` were looked at.\n",
  );
  expect(reportMarkdown(sampleReport({ run: { since: "ma`in" }, files: [], findings: [] }))).toContain(
    "No file differs from `` ma`in ``.",
  );
});

test("what a model or a file says is text alone", () => {
  const finding = sampleFinding({
    title: "# [x](https://example.invalid) <img src=y> @team\n- item\u202e",
    detail: "![a](b) **c** https://example.invalid www.example.invalid | d",
    quote: "```js\n````\n\u202e<script>",
  });
  const text = reportMarkdown(sampleReport({ findings: [finding] }));
  expect(text).toContain(
    "### \\# \\[x\\]\\(https\\://example\\.invalid\\) &#60;img src=y&#62; &#64;team \\- item\\\\u\\{202e\\}\n",
  );
  expect(text).toContain("\\!\\[a\\]\\(b\\) \\*\\*c\\*\\* https\\://example\\.invalid www\\.example\\.invalid \\| d");
  expect(text).toContain("`````\n```js\n````\n\\u{202e}<script>\n`````");
});

test("code of a line that holds a secret is left out", () => {
  const place = { path: "a.ts", startLine: 1, endLine: 1 };
  const findings = [
    sampleFinding({ ...place, rule: "hardcoded-secret", quote: "AKIA" }),
    sampleFinding({ ...place, rule: "bug", quote: "key = AKIAQWERTY" }),
    sampleFinding({ ...place, startLine: 2, endLine: 2, rule: "bug", quote: "send(key)" }),
  ];
  const text = reportMarkdown(sampleReport({ findings }));
  expect(text).not.toContain("AKIA");
  expect(text).toContain("send(key)");
});
