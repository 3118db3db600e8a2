import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { commandLine } from "../../support/commandLine.ts";
import { createFakeEngine } from "../../support/fakeEngine.ts";
import { sampleFinding, sampleReport } from "../../support/sampleReport.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const MOST_BYTES = 1024 * 1024;

function withSummary(file: string, report = sampleReport()) {
  const cwd = temporaryFolder();
  return commandLine({
    cwd,
    env: { GITHUB_STEP_SUMMARY: file },
    createEngine: createFakeEngine({ report }).createEngine,
  });
}

test("annotations bring the whole report to the job's page, after what is there", async () => {
  const file = path.join(temporaryFolder({ "summary.md": "Before\n" }), "summary.md");
  const { run, out } = withSummary(file);
  expect(await run("analyze", "--format", "github", "--quiet")).toBe(0);
  const text = fs.readFileSync(file, "utf8");
  expect(text).toMatch(/^Before\n# Onceover\n/);
  expect(text).toContain("gateway.refund(order);");
  expect(out()).toMatch(/^::error /);
});

test("no other format writes there", async () => {
  const file = path.join(temporaryFolder(), "summary.md");
  await withSummary(file).run("analyze", "--format", "markdown", "--quiet");
  expect(fs.existsSync(file)).toBe(false);
});

test("more than GitHub takes is cut, and says so", async () => {
  const file = path.join(temporaryFolder(), "summary.md");
  const findings = Array.from({ length: 40 }, (_, index) =>
    sampleFinding({ startLine: index + 1, detail: "\u00e9".repeat(20_000) }),
  );
  await withSummary(file, sampleReport({ findings })).run("analyze", "--format", "github", "--quiet");
  const bytes = fs.readFileSync(file);
  expect(bytes.length).toBeLessThan(MOST_BYTES);
  expect(bytes.toString("utf8")).toMatch(/\n\n\*\*Cut here: [^\n]*\n\n$/);
  expect(bytes.toString("utf8")).not.toContain("\uFFFD");
});

test("a page that cannot be written is a remark, not a failure", async () => {
  const { run, err } = withSummary(temporaryFolder());
  expect(await run("analyze", "--format", "github")).toBe(0);
  expect(err()).toMatch(/The job's summary could not be written to .* \(EISDIR\)\.\n/);
});
