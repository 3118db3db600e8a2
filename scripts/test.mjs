// `npm test [-- PART…]`: everything, or some of check, unit, cli, pages, e2e. Ends with "N passed, N failed" alone on a
// line.
import fs from "node:fs";
import path from "node:path";
import { requireNode } from "./requireNode.mjs";
import { projectFolder, runInBackground, runToolInBackground } from "./runTool.mjs";

requireNode();

const parts = ["check", "unit", "cli", "pages", "e2e"];
const chosen = process.argv.slice(2);
const unknown = chosen.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(", ")}. Choose from ${parts.join(", ")}.`);
  process.exit(2);
}
const wanted = new Set(chosen.length > 0 ? chosen : parts);

/** Tests count one by one; a failed step without tests (types, build, packaging) counts as one failure. */
const total = { passed: 0, failed: 0, skipped: 0 };
/** Named once more at the end: in a long log, a failure a thousand lines up is a failure nobody finds. */
const failures = [];

// A window is a chain of processes that wait for one another: it leaves nearly one core of two to all other tests, which
// give way to it.
const besideOthers = wanted.has("e2e") && wanted.size > 1;
const needNoBuild = testSource();
if (!besideOthers) await needNoBuild;
const isBuilt =
  ["cli", "pages", "e2e"].some((part) => wanted.has(part)) &&
  countStep("build", await runInBackground(["esbuild.mjs"]));
const windows = isBuilt && (await isPackaged()) ? runTests("e2e") : undefined;
await needNoBuild;
for (const project of ["cli", "pages"]) if (isBuilt) await runTests(project, { besideOthers });
await windows;

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function countStep(name, passed) {
  if (!passed) {
    total.failed++;
    failures.push(name);
  }
  return passed;
}

async function testSource() {
  if (wanted.has("check")) countStep("check", await runInBackground(["scripts/check.mjs"], { besideOthers }));
  await runTests("unit", { besideOthers });
}

async function isPackaged() {
  if (!wanted.has("e2e")) return false;
  if (!countStep("package", await runInBackground(["scripts/package.mjs", "--no-build"]))) {
    console.error("e2e: not run, there is no package to install");
    return false;
  }
  countStep("size", await runToolInBackground("size-limit", []));
  return true;
}

async function runTests(project, options) {
  if (!wanted.has(project)) return;
  const report = path.join(projectFolder, "out", `test-${project}.json`);
  fs.rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed = await runToolInBackground("vitest", ["run", "--project", project, ...reporters], options);
  const counts = readCounts(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  total.failed += counts.failed;
  failures.push(...counts.failures);
  // A file that does not load, a failed set-up and an unhandled rejection fail the run without failing a test.
  if (!passed && counts.failed === 0) countStep(project, false);
}

function readCounts(report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 0, skipped: 0, failures: [] };
  const result = JSON.parse(fs.readFileSync(report, "utf8"));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + result.numTodoTests,
    failures: result.testResults.flatMap(describeFailures),
  };
}

function describeFailures({ name, assertionResults }) {
  const file = path.relative(projectFolder, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  return failed.map((test) => `${file} > ${test.fullName}\n${(test.failureMessages ?? []).join("\n").slice(0, 3000)}`);
}
