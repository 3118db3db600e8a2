import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { createPalette } from "../../../src/cli/palette.ts";
import { displayWidth } from "../../../src/cli/displayWidth.ts";
import { renderPretty } from "../../../src/cli/prettyReporter.ts";
import type { Finding, Report } from "../../../src/shared/report.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";

const REFUND = "async function refundOrder(order: Order) {\n  gateway.refund(order);\n  return done(order);\n}\n";

interface Options {
  readonly sources?: Readonly<Record<string, string>>;
  readonly width?: number;
  readonly isColourful?: boolean;
  readonly verbose?: boolean;
}

function render(report: Report, options: Options = {}): string {
  const sources = options.sources ?? { "src/payments/refund.ts": REFUND };
  return [
    ...renderPretty(report, {
      width: options.width ?? 80,
      palette: createPalette(options.isColourful ?? false),
      readLines: (path) => sources[path]?.split("\n"),
      verbose: options.verbose ?? false,
    }),
  ].join("");
}

test("a finding, its code and what the run cost", () => {
  expect(render(sampleReport())).toBe(`src/payments/refund.ts ───────────────────────────────────────────────── 1 error

  ✖ Refund is not awaited, so an order counts as refunded even if the gateway
    fails
    src/payments/refund.ts:2:3 · error · bug · unawaited-call

    1 │ async function refundOrder(order: Order) {
    2 │   gateway.refund(order);
      │   ^^^^^^^^^^^^^^^^^^^^^^
    3 │   return done(order);

    The promise is dropped. A rejection ends as an unhandled one, and the next
    line marks the order as refunded.

────────────────────────────────────────────────────────────────────────────────
1 error in 1 file
3 files · 1 cached · 1 reviewed · 1 skipped
  skipped: 1 minified
$0.09 spent · $0.75 saved · 50 % cached · 42 requests · 297 k tokens in · 31.7 s
`);
});

test("glyph and underline have the severity's colour; without colour there is no control code", () => {
  const report = sampleReport();
  const colourful = render(report, { isColourful: true });
  expect(colourful).toContain("\u001b[31m✖\u001b[39m");
  expect(colourful).toContain(`\u001b[31m${"^".repeat(22)}\u001b[39m`);
  expect(stripVTControlCharacters(colourful)).toBe(render(report));
  expect(render(report)).not.toContain("\u001b");
});

test.each([40, 60, 120])("no line is wider than %i columns", (width) => {
  const findings = [
    sampleFinding(),
    sampleFinding({
      path: "src/会话/令牌.ts",
      startLine: 1,
      endLine: 1,
      startColumn: 300,
      endColumn: 305,
      quote: "WRONG",
      severity: "warning",
    }),
  ];
  const sources = {
    "src/payments/refund.ts": REFUND,
    "src/会话/令牌.ts": `${"令".repeat(299)}WRONG${"b".repeat(300)}`,
  };
  for (const line of render(sampleReport({ findings }), { width, sources, verbose: true }).split("\n")) {
    expect(displayWidth(line)).toBeLessThanOrEqual(width);
  }
});

const finding = (path: string, startLine: number, severity: Finding["severity"]) =>
  sampleFinding({ path, startLine, endLine: startLine, severity, title: `${severity} in ${path}:${startLine}` });

describe("order", () => {
  test("files with the gravest findings first, within a file the gravest first", () => {
    const findings = [
      finding("many-infos.ts", 1, "info"),
      finding("many-infos.ts", 2, "info"),
      finding("worst.ts", 9, "warning"),
      finding("worst.ts", 10, "error"),
      finding("one-warning.ts", 1, "warning"),
    ];
    const text = render(sampleReport({ findings }), { sources: {} });
    const order = [...text.matchAll(/[✖▲●] (.+)/g)].map((match) => match[1]);
    expect(order).toEqual([
      "error in worst.ts:10",
      "warning in worst.ts:9",
      "warning in one-warning.ts:1",
      "info in many-infos.ts:1",
      "info in many-infos.ts:2",
    ]);
  });

  test("50 findings in full, the gravest of all; the rest is summed by file", () => {
    const infos = Array.from({ length: 60 }, (_, index) => finding("a.ts", index + 1, "info"));
    const text = render(
      sampleReport({ findings: [...infos, finding("z.ts", 1, "error"), finding("z.ts", 2, "info")] }),
      { sources: {} },
    );
    expect(text.match(/^ {2}[✖▲●] /gm)).toHaveLength(50);
    expect(text).toContain("✖ error in z.ts:1");
    expect(text).toContain("12 more findings in 1 file\n  a.ts: 12 info\n  All of them: --format json\n");
    expect(text).toContain("1 error · 61 info in 2 files\n");
  });
});

describe("code", () => {
  test("a long range shows its beginning and where it ends", () => {
    const quote = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join("\n");
    const long = sampleFinding({ path: "a.ts", startLine: 1, startColumn: 1, endLine: 12, endColumn: 8, quote });
    const text = render(sampleReport({ findings: [long] }), { sources: { "a.ts": `${quote}\nafter` } });
    expect(text).toContain("     1 │ line 1\n       │ ^^^^^^\n     ⋮ │ 11 more lines, to line 12\n");
    expect(text).not.toContain("line 2");
  });

  test("a file that changed since shows what was reviewed", () => {
    for (const now of ["totally\ndifferent\n", undefined]) {
      const text = render(sampleReport(), { sources: now === undefined ? {} : { "src/payments/refund.ts": now } });
      expect(text).toContain(
        "    2 │ gateway.refund(order);\n      │ ^^^^^^^^^^^^^^^^^^^^^^\n    The file has changed since",
      );
      expect(text).not.toContain("different");
    }
  });

  test("Windows line ends leave no trace", () => {
    const text = render(sampleReport(), { sources: { "src/payments/refund.ts": REFUND.replaceAll("\n", "\r\n") } });
    expect(text).toContain("    2 │   gateway.refund(order);\n");
    expect(text).not.toContain("\\u{d}");
  });
});

describe("secrets", () => {
  // In two parts, so that this file itself holds no key.
  const key = ["sk_live_", "4eC39HqLyjWDarjtT1zdp7dc"].join("");
  const source = `const a = 1;\nconst stripe = "${key}"; // live\nconst other = call(\n  "hunter2hunter2");\n`;

  test.each(["hardcoded-secret", "hardcoded-secret.stripe", "exposed-key"])(
    "%s: the rest of the line is masked, in other frames too",
    (rule) => {
      const secret = sampleFinding({
        path: "k.ts",
        rule,
        startLine: 2,
        startColumn: 17,
        endLine: 2,
        endColumn: 21,
        quote: "sk_l",
      });
      const neighbour = sampleFinding({
        path: "k.ts",
        rule: "other",
        startLine: 3,
        startColumn: 7,
        endLine: 3,
        endColumn: 12,
        quote: "other",
      });
      const text = render(sampleReport({ findings: [secret, neighbour] }), { sources: { "k.ts": source } });
      expect(text).toContain('    2 │ const stripe = "sk_l***\n      │                 ^^^^\n');
      expect(text).not.toContain("4eC39");
      expect(text.match(/const stripe = "sk_l\*\*\*/g)).toHaveLength(2);
    },
  );

  test("a finding that covers a secret, and a file that is gone, tell no more", () => {
    const whole = sampleFinding({
      path: "k.ts",
      rule: "hardcoded-secret",
      startLine: 2,
      startColumn: 17,
      endLine: 2,
      endColumn: 17 + key.length,
      quote: key,
    });
    for (const sources of [{ "k.ts": source }, {}]) {
      const text = render(sampleReport({ findings: [whole] }), { sources });
      expect(text).not.toContain("4eC39");
      expect(text).toContain("sk_l****");
    }
  });

  test("short passwords with odd characters are masked", () => {
    const line = 'password = "p@s$!#"';
    const secret = sampleFinding({
      path: "k.py",
      rule: "hardcoded-secret",
      startLine: 1,
      startColumn: 13,
      endLine: 1,
      endColumn: 14,
      quote: "p",
    });
    expect(render(sampleReport({ findings: [secret] }), { sources: { "k.py": line } })).toContain(
      '    1 │ password = "p***\n',
    );
  });

  test("the body of a private key is never shown", () => {
    const pem = "x\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----\ny\n";
    const marker = sampleFinding({
      path: "k.ts",
      rule: "private-key",
      startLine: 2,
      startColumn: 1,
      endLine: 2,
      endColumn: 5,
      quote: "----",
    });
    const last = sampleFinding({
      path: "k.ts",
      rule: "other",
      startLine: 5,
      startColumn: 1,
      endLine: 5,
      endColumn: 6,
      quote: "-----",
    });
    const text = render(sampleReport({ findings: [marker, last] }), { sources: { "k.ts": pem } });
    expect(text).not.toMatch(/MIIEow|IBAAKC/);
    expect(text).toContain("3 │ ***");
  });
});

test("hostile text is shown, not obeyed", () => {
  const hostile = "\u001b[2J\u001b]8;;https://evil.test\u0007x\u001b]8;;\u0007\u202e\u200b\r\u009b1A";
  const path = `src/${hostile}\n.ts`;
  const code = `a${hostile}b`;
  const finding = sampleFinding({
    path,
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: code.length + 1,
    quote: code,
    title: `Title ${hostile}\nsecond line`,
    detail: `Detail ${hostile}`,
    rule: `rule${hostile}`,
  });
  const files = [
    sampleFile(path, "failed", { reason: `reason ${hostile}` }),
    sampleFile(`b${hostile}`, "skipped", { reason: `skip ${hostile}` }),
  ];
  const run = {
    complete: false,
    stoppedBy: "error" as const,
    error: { code: "server-error", message: `said ${hostile}` },
  };
  const text = render(sampleReport({ findings: [finding], files, run }), { sources: { [path]: code }, width: 400 });
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  const shown = "\\u{1b}[2J\\u{1b}]8;;https://evil.test\\u{7}x\\u{1b}]8;;\\u{7}\\u{202e}\\u{200b}";
  expect(text).toContain(`✖ Title ${shown} \\u{9b}1A second line`);
  expect(text).toContain(`    1 │ a${shown}\\u{d}\\u{9b}1Ab\n`);
  expect(text).toContain(`src/${shown}\\u{d}\\u{9b}1A\\u{a}.ts:1:1 · error`);
  expect(text).toContain(`failed: src/${shown}\\u{d}\\u{9b}1A\\u{a}.ts: reason ${shown} \\u{9b}1A`);
});

const closing = (report: Report, verbose = false) =>
  render(report, { sources: {}, width: 120, verbose }).split("─\n").at(-1)!;

describe("the closing lines", () => {
  const offline = { provider: "offline" as const, model: null };

  test("offline is free and says that nothing left the machine", () => {
    const report = sampleReport({
      run: { ...offline, durationMs: 4_200 },
      findings: [],
      cost: { usd: 0, savedUsd: 0 },
    });
    expect(closing(report)).toBe(
      "No findings in 2 files.\n3 files · 1 cached · 1 reviewed · 1 skipped\n  skipped: 1 minified\nfree, nothing left this machine · 50 % cached · 4.2 s\n",
    );
  });

  test("nothing to review is said plainly", () => {
    expect(closing(sampleReport({ files: [], findings: [], run: offline }))).toMatch(
      /^No file to review there; ignored files are left out\.\n0 files\n/,
    );
    const skipped = sampleReport({
      files: [sampleFile("a", "skipped", { reason: "binary" })],
      findings: [],
      run: offline,
    });
    expect(closing(skipped)).toMatch(/^Nothing to review: every file was skipped\.\n/);
  });

  test("unknown cost is never a number on its own", () => {
    expect(closing(sampleReport({ cost: { usd: 0, unknown: true } }))).toMatch(/\ncost unknown · /);
    expect(closing(sampleReport({ cost: { unknown: true } }))).toContain(
      "at least $0.09 spent, the rest is unknown · ",
    );
    expect(closing(sampleReport({ cost: { maybeBilledUsd: 0.02 } }))).toContain(
      "$0.09 spent · up to $0.02 more may have been billed · ",
    );
  });

  test("what is hidden is counted", () => {
    expect(closing(sampleReport({ suppressed: { dismissed: 3, baseline: 2 } }))).toContain(
      "  hidden: 3 dismissed, 2 in the baseline\n",
    );
    expect(closing(sampleReport())).not.toContain("hidden");
  });

  test("reasons are grouped, failures are listed", () => {
    const files = [
      sampleFile("a", "skipped", { reason: "binary" }),
      sampleFile("b", "skipped", { reason: "minified" }),
      sampleFile("c", "skipped", { reason: "minified" }),
      sampleFile("d.ts", "failed", { reason: "the provider did not answer" }),
    ];
    const text = closing(sampleReport({ files, findings: [], run: { complete: false } }));
    expect(text).toBe(
      [
        "Partial: 1 file failed. Run again to retry; finished work is kept.",
        "No file was reviewed.",
        "4 files · 3 skipped · 1 failed",
        "  skipped: 2 minified, 1 binary",
        "  failed: d.ts: the provider did not answer",
        "$0.09 spent · $0.75 saved · 0 % cached · 42 requests · 297 k tokens in · 31.7 s",
        "",
      ].join("\n"),
    );
  });

  const pending = [sampleFile("a", "reviewed"), sampleFile("b", "pending"), sampleFile("c", "pending")];

  test.each([
    [
      { stoppedBy: "budget" },
      "Partial, budget of $1.00 reached: 2 files are pending. Run again with a higher --budget to go on; finished work is kept.",
    ],
    [{ stoppedBy: "cancel" }, "Partial, cancelled: 2 files are pending. Run again to go on; finished work is kept."],
    [
      { stoppedBy: "error", error: { code: "invalid-key", message: "The key was refused" } },
      "Partial: The key was refused. 2 files are pending. Run again to go on; finished work is kept.",
    ],
    [{}, "Partial: 2 files are pending. Run again to go on; finished work is kept."],
  ] as const)("a partial run says so: %j", (stop, line) => {
    const report = sampleReport({ files: pending, findings: [], run: { complete: false, ...stop } });
    expect(closing(report).split("\n")[0]).toBe(line);
    expect(closing(report)).toContain("No findings in 1 file.");
  });

  test("a run that the daily budget stopped says which one it was, and when it starts anew", () => {
    const base = sampleReport({ files: pending, findings: [], run: { complete: false, stoppedBy: "budget" } });
    const daily = { limitUsd: 5, usedUsd: 4.99, endsAt: "2026-11-22T00:00:00.000Z", reached: true };
    expect(closing({ ...base, cost: { ...base.cost, daily } }).split("\n")[0]).toBe(
      "Partial, daily budget of $5.00 reached: 2 files are pending. Run again after midnight, or with a higher --daily-budget.",
    );
  });

  test("more with --verbose", () => {
    const text = closing(sampleReport(), true);
    expect(text).toContain(
      "  snapshot 60 ms · plan 29 ms · review 31.1 s\n  requests: p50 2.9 s, p95 5.9 s, 3 retries\n  memory: 125 MB at most\n",
    );
  });
});
