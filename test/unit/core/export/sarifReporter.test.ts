import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import type { Folder } from "../../../../src/core/engine.ts";
import { renderSarif } from "../../../../src/core/export/sarifReporter.ts";
import { createLineReader } from "../../../../src/core/export/sourceLines.ts";
import type { Report } from "../../../../src/shared/report.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../../support/sampleReport.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const REFUND = "async function refundOrder(order: Order) {\n  gateway.refund(order);\n}\n";
const WORK: readonly Folder[] = [{ path: path.resolve("/work space/shop"), prefix: "" }];

function text(report: Report, folders = WORK): string {
  return [...renderSarif(report, { folders, readLines: () => REFUND.split("\n") })].join("");
}

function runOf(report: Report, folders = WORK) {
  const log = JSON.parse(text(report, folders)) as Log;
  expect(log.version).toBe("2.1.0");
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

describe("a result", () => {
  test("says what, where and how grave, with the quoted code and a stable fingerprint", () => {
    const run = runOf(sampleReport());
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.results).toEqual([
      {
        ruleId: "unawaited-call",
        ruleIndex: run.tool.driver.rules!.findIndex((rule) => rule.id === "unawaited-call"),
        level: "error",
        message: {
          text: "Refund is not awaited, so an order counts as refunded even if the gateway fails. The promise is dropped. A rejection ends as an unhandled one, and the next line marks the order as refunded.",
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "src/payments/refund.ts", uriBaseId: "SRCROOT" },
              region: {
                startLine: 2,
                startColumn: 3,
                endLine: 2,
                endColumn: 25,
                snippet: { text: "gateway.refund(order);" },
              },
            },
          },
        ],
        partialFingerprints: { "onceoverFinding/v1": "f-src/payments/refund.ts-2-" },
        properties: { category: "bug", confidence: 0.9, source: "model" },
      },
    ]);
  });

  test.each([
    ["error", "error"],
    ["warning", "warning"],
    ["info", "note"],
  ] as const)("of severity %s has the level %s", (severity, level) => {
    expect(runOf(sampleReport({ findings: [sampleFinding({ severity })] })).results![0]!.level).toBe(level);
  });

  test("carries its fix", () => {
    const edit = { startLine: 2, startColumn: 3, endLine: 2, endColumn: 3, newText: "await " };
    const [result] = runOf(sampleReport({ findings: [sampleFinding({ fix: { edits: [edit] } })] })).results!;
    expect(result!.fixes).toEqual([
      {
        description: { text: "Apply the suggested change." },
        artifactChanges: [
          {
            artifactLocation: { uri: "src/payments/refund.ts", uriBaseId: "SRCROOT" },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 3 },
                insertedContent: { text: "await " },
              },
            ],
          },
        ],
      },
    ]);
  });

  test("holds no link that a model made, and shows what cannot be seen", () => {
    const finding = sampleFinding({ title: "See [this](https://example.invalid)\u202e", detail: "a\u0007b" });
    const written = text(sampleReport({ findings: [finding] }));
    expect(JSON.parse(written).runs[0].results[0].message.text).toBe(
      "See [this] (https://example.invalid)\\u{202e}. a\\u{7}b",
    );
    for (const hidden of ["\u202e", "\u0007"]) expect(written).not.toContain(hidden);
  });

  test("leaves out the code of a line that holds a secret", () => {
    const line = 'const key = "AKIAQWERTYUIOPASDFGH1234";';
    const folder = temporaryFolder({ "a.ts": `${line}\nsend(key);\n` });
    const place = { path: "a.ts", startLine: 1, endLine: 1 };
    const secret = sampleFinding({ ...place, rule: "hardcoded-secret", startColumn: 14, endColumn: 18, quote: "AKIA" });
    const other = sampleFinding({ ...place, rule: "bug", startColumn: 1, endColumn: line.length + 1, quote: line });
    const report = sampleReport({ files: [sampleFile("a.ts", "reviewed")], findings: [secret, other] });
    const folders = [{ path: folder, prefix: "" }];
    const written = [...renderSarif(report, { folders, readLines: createLineReader(folders) })].join("");
    expect(written).not.toContain("QWERTYUIOP");
    expect((JSON.parse(written) as Log).runs[0]!.results).toHaveLength(2);
  });
});

describe("addresses", () => {
  test("are relative and percent-encoded, below a base that is the folder", () => {
    const odd = "a b/#100%/c:d?é😀[1].ts";
    const folder = temporaryFolder({ "x.ts": "1" });
    const run = runOf(sampleReport({ findings: [sampleFinding({ path: odd })] }), [{ path: folder, prefix: "" }]);
    const { uri } = run.results![0]!.locations![0]!.physicalLocation!.artifactLocation!;
    expect(uri).toBe("a%20b/%23100%25/c%3Ad%3F%C3%A9%F0%9F%98%80%5B1%5D.ts");
    const base = run.originalUriBaseIds!["SRCROOT"]!.uri!;
    expect(base).toMatch(/^file:\/\/\/.*\/$/);
    expect(fileURLToPath(new URL(uri!, base))).toBe(path.join(folder, ...odd.split("/")));
    expect(fs.existsSync(fileURLToPath(new URL("x.ts", base)))).toBe(true);
  });

  test("of several folders each have their own base", () => {
    const folders = [
      { path: path.resolve("/one"), prefix: "one/" },
      { path: path.resolve("/two"), prefix: "two/" },
    ];
    const findings = [sampleFinding({ path: "one/a.ts" }), sampleFinding({ path: "two/b.ts" })];
    const run = runOf(sampleReport({ findings }), folders);
    expect(Object.keys(run.originalUriBaseIds!)).toEqual(["SRCROOT", "SRCROOT2"]);
    expect(run.results!.map((result) => result.locations![0]!.physicalLocation!.artifactLocation)).toEqual([
      { uri: "a.ts", uriBaseId: "SRCROOT" },
      { uri: "b.ts", uriBaseId: "SRCROOT2" },
    ]);
  });
});

describe("rules", () => {
  test("of the offline engine come with their page, sorted, found or not", () => {
    const rules = runOf(sampleReport({ run: { provider: "offline" }, findings: [] })).tool.driver.rules!;
    const ids = rules.map((rule) => rule.id);
    expect(ids).toEqual(ids.toSorted());
    expect(ids).not.toContain("bug");
    expect(rules.find((rule) => rule.id === "extract-request")).toMatchObject({
      name: "ExtractRequest",
      defaultConfiguration: { level: "error" },
      help: { markdown: expect.stringMatching(/^## What\n[\s\S]*```php/) as string },
      properties: { tags: ["security"], "security-severity": "8.0", precision: "very-high" },
    });
  });

  test("of a model are its categories, and what else a finding names is added", () => {
    const { rules } = runOf(sampleReport()).tool.driver;
    expect(rules!.map((rule) => rule.id)).toEqual(expect.arrayContaining(["bug", "data-loss", "unawaited-call"]));
  });
});

test("the order does not depend on how the run came to its findings", () => {
  const findings = [
    sampleFinding({ path: "b.ts" }),
    sampleFinding({ path: "a.ts", startLine: 2, rule: "x" }),
    sampleFinding({ path: "a.ts", startLine: 1, endLine: 3 }),
    sampleFinding({ path: "a.ts", startLine: 2, rule: "w" }),
  ];
  expect(text(sampleReport({ findings }))).toBe(text(sampleReport({ findings: findings.toReversed() })));
});

describe("a run", () => {
  test("that is complete says so", () => {
    const [invocation] = runOf(sampleReport({ findings: [] })).invocations!;
    expect(invocation).toMatchObject({
      executionSuccessful: true,
      startTimeUtc: "2026-11-21T14:32:00.000Z",
      endTimeUtc: "2026-11-21T14:32:31.700Z",
      toolExecutionNotifications: [{ level: "note", message: { text: "1 file skipped: minified." } }],
    });
  });

  test("about changes alone says so", () => {
    const run = runOf(sampleReport({ run: { since: "main" }, findings: [] }));
    expect(run.properties).toMatchObject({ since: "main" });
    expect(run.invocations![0]!.toolExecutionNotifications![0]!.message.text).toBe(
      "Only files that differ from main were looked at.",
    );
  });

  test("names what it did not review, and is no success then", () => {
    const report = sampleReport({
      run: { complete: false, stoppedBy: "budget" },
      files: [
        sampleFile("a.ts", "failed", { reason: "The server broke off." }),
        sampleFile("b.ts", "pending", { reason: "the budget was reached" }),
        sampleFile("c.ts", "pending", { reason: "the budget was reached" }),
      ],
      findings: [],
      suppressed: { dismissed: 2 },
    });
    const run = runOf(report);
    expect(run.results).toEqual([]);
    expect(run.properties).toMatchObject({ complete: false, stoppedBy: "budget", coverage: report.coverage });
    const [invocation] = run.invocations!;
    expect(invocation!.executionSuccessful).toBe(false);
    const told = invocation!.toolExecutionNotifications!.map(({ level, message, locations, descriptor }) => [
      level,
      run.tool.driver.notifications![descriptor!.index!]!.id,
      message.text,
      (locations ?? []).map((location) => location.physicalLocation!.artifactLocation!.uri),
    ]);
    expect(told).toEqual([
      [
        "error",
        "run-incomplete",
        "Partial, budget of $1.00 reached: 2 files are pending. Run again with a higher --budget to go on; finished work is kept.",
        [],
      ],
      ["error", "file-failed", "Not reviewed: The server broke off.", ["a.ts"]],
      ["warning", "files-pending", "2 files not reviewed: the budget was reached.", ["b.ts", "c.ts"]],
      ["note", "findings-hidden", "Hidden: 2 dismissed.", []],
    ]);
  });
});
