import { describe, expect, it } from "vitest";
import { describeRow, mainClause } from "../../../src/extension/findingsLabels.ts";
import type { FindingsView } from "../../../src/extension/findingsIndex.ts";
import { childrenOf } from "../../../src/extension/findingsModel.ts";
import type { FileState } from "../../../src/extension/findingsStore.ts";
import { treeSummary } from "../../../src/extension/treeSummary.ts";
import { buildFindingsModel, finding, view } from "./fixtures.ts";

const everything: FindingsView = { isShown: () => true, isUnsaved: () => false };

function file(path: string, status: FileState["status"], severities: readonly ("error" | "warning" | "info")[] = []) {
  const findings = severities.map((severity, at) =>
    finding({ path, severity, id: `${path}${at}`, startLine: 10 - at }),
  );
  return { path, status, reason: status === "reviewed" ? null : `why ${path}`, findings };
}

const rows = (files: readonly FileState[], how = everything) => {
  const model = buildFindingsModel(files, how);
  return model.roots.map((node) => {
    const { label, description } = describeRow(node);
    return `${label} | ${description}`;
  });
};

describe("findings tree", () => {
  it("puts the worst files first and everything that was not reviewed in its own branch", () => {
    const files = [
      file("z.ts", "reviewed", ["info"]),
      file("src/b.ts", "reviewed", ["warning", "warning"]),
      file("src/a.ts", "cached", ["warning", "error"]),
      file("clean.ts", "reviewed"),
      file("p.ts", "pending"),
      file("f.ts", "failed"),
      file("s.ts", "skipped"),
    ];
    expect(rows(files)).toEqual([
      "a.ts | src, 1 error",
      "b.ts | src, 2 warnings",
      "z.ts | 1 info",
      "Pending | 1 file, why p.ts",
      "Failed | 1 file",
      "Skipped | 1 file",
    ]);
  });

  it("lists a file's findings by severity, then line, as main clause and line", () => {
    const [node] = buildFindingsModel([file("a.ts", "reviewed", ["warning", "error", "warning"])], everything).roots;
    const shown = childrenOf(node!).map(describeRow);
    expect(shown.map((row) => row.description)).toEqual([":9", ":8", ":10"]);
    expect(shown[0]).toMatchObject({ label: "Refund is not awaited", spoken: "error: Refund is not awaited, line 9" });
    expect(new Set(shown.map((row) => row.id)).size).toBe(3);
  });

  it("hides what is not severe enough, but never a file that was not reviewed", () => {
    const how = { ...everything, isShown: (one: { severity: string }) => one.severity === "error" };
    expect(rows([file("a.ts", "reviewed", ["info"]), file("b.ts", "failed", ["info"])], how)).toEqual([
      "Failed | 1 file",
    ]);
  });

  it("marks unsaved changes", () => {
    const how = { ...everything, isUnsaved: (path: string) => path === "a.ts" };
    expect(rows([file("a.ts", "reviewed", ["info"])], how)).toEqual(["a.ts | 1 info, unsaved changes"]);
  });

  it("names the reason of each entry, and says how many more there are", () => {
    const many = Array.from({ length: 502 }, (_, at) => file(`src/f${String(at).padStart(4, "0")}.ts`, "skipped"));
    const [branch] = buildFindingsModel(many, everything).roots;
    const entries = childrenOf(branch!).map(describeRow);
    expect(entries).toHaveLength(501);
    expect(entries[0]).toMatchObject({ label: "f0000.ts", description: "src · why src/f0000.ts" });
    expect(entries.at(-1)?.label).toBe("2 more");
  });

  it("shows hidden characters of paths, titles and reasons", () => {
    const bad = "a\u202egnp.ts";
    const state = { ...file(bad, "failed"), reason: "no\u200bthing" };
    const [branch] = buildFindingsModel([state], everything).roots;
    const row = describeRow(childrenOf(branch!)[0]!);
    expect(row.label + row.description + row.tooltip).not.toMatch(/[\u202e\u200b]/);
    expect(row.label).toContain("\\u{202e}");
  });

  it("cuts titles before the consequence", () => {
    expect(mainClause("Limit compares cents with dollars")).toBe("Limit compares cents with dollars");
    expect(mainClause("Token can be guessed, it comes from Math.random")).toBe("Token can be guessed");
  });
});

describe("what stands above the tree", () => {
  const coverage = { files: 412, reviewed: 200, cached: 62, skipped: 3, failed: 0, pending: 147 };
  const partial = buildFindingsModel([file("a.ts", "reviewed", ["info"]), file("p.ts", "pending")], everything);

  it("says of a stopped run how much was reviewed", () => {
    const summary = treeSummary(view({ state: "budget", coverage }), false, partial, 0);
    expect(summary.description).toBe("1, partial");
    expect(summary.message).toBe("262 of 409 files reviewed: the budget was reached.");
  });

  it("is quiet about a whole run with findings and counts none of a whole run without", () => {
    const whole = { ...coverage, pending: 0, files: 265 };
    const clean = buildFindingsModel([file("s.ts", "skipped")], everything);
    expect(treeSummary(view({ coverage: whole }), false, partial, 0)).toMatchObject({
      description: "1",
      message: null,
    });
    expect(treeSummary(view({ coverage: whole }), false, clean, 0).message).toBe(
      "No findings: 262 of 262 files reviewed.",
    );
  });

  it("never calls a run with failed files whole", () => {
    const summary = treeSummary(view({ coverage: { ...coverage, pending: 0, failed: 2 } }), false, partial, 0);
    expect(summary.description).toBe("1, partial");
  });

  it("calls findings that an interrupted run has left as they were older, not partial", () => {
    const summary = treeSummary(view({ state: "interrupted", coverage }), false, partial, 0);
    expect(summary.description).toBe("1");
    expect(summary.message).toContain("These findings are older");
  });

  it("says of a run over no file that the findings are not its own", () => {
    const none = { files: 0, reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0 };
    const failed = treeSummary(view({ state: "error", coverage: none }), false, partial, 0);
    expect(failed).toMatchObject({ description: "1", message: expect.stringContaining("before it began") });
    const empty = treeSummary(view({ state: "complete", coverage: none }), false, partial, 0);
    expect(empty).toMatchObject({ description: "1", message: expect.stringContaining("no file to review") });
  });

  it("says that unsaved changes were not reviewed", () => {
    expect(treeSummary(null, true, partial, 2).message).toBe(
      "2 files have unsaved changes: what is on disk was reviewed.",
    );
  });
});
