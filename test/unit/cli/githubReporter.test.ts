import path from "node:path";
import { describe, expect, test } from "vitest";
import { renderGithub, type GithubOptions } from "../../../src/cli/githubReporter.ts";
import type { Report } from "../../../src/shared/report.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";

const ROOT = path.resolve("/runner/shop");

function lines(report: Report, options: Partial<GithubOptions> = {}): string[] {
  const folders = [{ path: ROOT, prefix: "" }];
  return [...renderGithub(report, { folders, root: ROOT, ...options })].join("").trimEnd().split("\n");
}

const commands = (all: readonly string[], kind: string) => all.filter((line) => line.startsWith(`::${kind} `));

describe("an annotation", () => {
  test("stands at its line with title and reason", () => {
    expect(lines(sampleReport())[0]).toBe(
      "::error file=src/payments/refund.ts,line=2,endLine=2,col=3,endColumn=25,title=Refund is not awaited%2C so an order counts as refunded even if the gateway fails::The promise is dropped. A rejection ends as an unhandled one, and the next line marks the order as refunded.%0A(bug, unawaited-call)",
    );
  });

  test("over several lines has no columns: GitHub takes none then", () => {
    const finding = sampleFinding({ severity: "info", startLine: 2, endLine: 4, rule: "bug" });
    expect(lines(sampleReport({ findings: [finding] }))[0]).toMatch(
      /^::notice file=src\/payments\/refund\.ts,line=2,endLine=4,title=[^:]*::.*%0A\(bug\)$/,
    );
  });

  test("cannot be broken out of, whatever a path or a model holds", () => {
    const finding = sampleFinding({
      severity: "warning",
      path: "a,b:c%0A\n::error::x.ts",
      title: "x::y\r\n::add-mask::z,file=w\u202e",
      detail: "100%\r\n::stop-commands::t\rend\u0085",
    });
    const [first, ...rest] = lines(sampleReport({ findings: [finding] }));
    expect(first).toMatch(/^::warning file=a%2Cb%3Ac%250A\\u{a}%3A%3Aerror%3A%3Ax\.ts,line=2,/);
    expect(first).toContain("title=x%3A%3Ay %3A%3Aadd-mask%3A%3Az%2Cfile=w\\u{202e}::");
    expect(first).toContain("::100%25%0A::stop-commands::t\\u{d}end\\u{85}%0A(bug, unawaited-call)");
    expect(rest.join("\n")).not.toContain("::");
  });

  test("has a path from the repository's top, wherever the reviewed folder is", () => {
    const folders = [
      { path: path.join(ROOT, "packages/a"), prefix: "a/" },
      { path: path.resolve("/elsewhere/b"), prefix: "b/" },
    ];
    const findings = [sampleFinding({ path: "a/x.ts" }), sampleFinding({ path: "b/y.ts" })];
    const all = lines(sampleReport({ findings }), { folders });
    expect(all[0]).toContain("file=packages/a/x.ts,");
    expect(all[1]).toContain("file=b/y.ts,");
  });
});

test("ten of a kind, the worst first, and the rest in one line", () => {
  const many = (severity: "error" | "warning" | "info", count: number) =>
    Array.from({ length: count }, (_, index) => sampleFinding({ severity, path: `${severity}${index + 10}.ts` }));
  const findings = [...many("info", 3), ...many("warning", 12), ...many("error", 11)];
  const all = lines(sampleReport({ findings }));
  expect(commands(all, "error")).toHaveLength(10);
  expect(commands(all, "warning")).toHaveLength(10);
  expect(commands(all, "notice")).toHaveLength(3);
  expect(all[0]).toContain("file=error10.ts");
  expect(all.slice(23)).toEqual([
    "3 more findings (1 error, 2 warnings): GitHub shows ten of a kind for a step; the summary of the job has them all.",
    "11 errors · 12 warnings · 3 info in 26 files",
    "3 files · 1 cached · 1 reviewed · 1 skipped",
    expect.stringContaining("$0.09 spent") as string,
  ]);
});

test("what was not reviewed comes first and never falls to the limit", () => {
  const files = [
    sampleFile("a.ts", "reviewed"),
    ...Array.from({ length: 22 }, (_, index) => sampleFile(`f${index}.ts`, "failed", { reason: "timed out" })),
    sampleFile("p.ts", "pending", { reason: "the run was cancelled" }),
  ];
  const findings = Array.from({ length: 12 }, (_, index) => sampleFinding({ path: `e${index + 10}.ts` }));
  const all = lines(sampleReport({ run: { complete: false, stoppedBy: "cancel" }, files, findings }));
  expect(all[0]).toBe(
    "::error title=Onceover%3A partial review::Partial, cancelled: 1 file is pending. Run again to go on; finished work is kept.",
  );
  expect(all[1]).toMatch(/^::error title=Onceover%3A 22 files failed::f0\.ts: timed out%0A.*%0Aand 2 more files$/);
  expect(commands(all, "error")).toHaveLength(10);
  expect(all.at(-4)).toMatch(/^4 more findings \(4 errors\)/);
});

test("a clean run has no annotation, and says what it looked at", () => {
  const all = lines(sampleReport({ findings: [], suppressed: { inline: 1 } }));
  expect(all.filter((line) => line.startsWith("::"))).toEqual([]);
  expect(all.slice(0, 3)).toEqual([
    "No findings in 2 files.",
    "hidden: 1 by comments in the code",
    "3 files · 1 cached · 1 reviewed · 1 skipped",
  ]);
  const nothing = lines(sampleReport({ run: { since: "::error::main" }, files: [], findings: [] }));
  expect(lines(sampleReport({ run: { since: "main" }, findings: [] }))[1]).toBe(
    "only files that differ from main were looked at",
  );
  expect(nothing[0]).toBe("Nothing to review: no file differs from ::error::main.");
});
