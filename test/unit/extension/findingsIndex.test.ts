import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupings } from "../../../src/extension/findingsFilter.ts";
import { createFindingsIndex } from "../../../src/extension/findingsIndex.ts";
import { describeRow } from "../../../src/extension/findingsLabels.ts";
import { childrenOf, findingsInOrder, type FindingsNode } from "../../../src/extension/findingsModel.ts";
import { createRows } from "../../../src/extension/findingsRows.ts";
import type { FileState } from "../../../src/extension/findingsStore.ts";
import { buildFindingsModel, finding } from "./fixtures.ts";

type Severity = "error" | "warning" | "info";

function file(path: string, severities: readonly Severity[], status: FileState["status"] = "reviewed"): FileState {
  const findings = severities.map((severity, at) =>
    finding({ path, severity, id: `${path}${at}`, startLine: at + 1, category: at % 2 === 0 ? "bug" : "security" }),
  );
  return { path, status, reason: null, findings };
}

const rowsOf = (nodes: readonly FindingsNode[]): unknown[] =>
  nodes.map((node) => [describeRow(node), rowsOf(childrenOf(node))]);

const anySeverities = fc.array(fc.constantFrom<Severity>("error", "warning", "info"), { maxLength: 3 });
const anyChange = fc.record({
  path: fc.constantFrom("a.ts", "src/a.ts", "src/b.ts", "lib/c.ts"),
  severities: fc.option(anySeverities),
  status: fc.constantFrom<FileState["status"]>("reviewed", "pending", "failed", "skipped", "arriving"),
  isUnsaved: fc.boolean(),
});

describe("findings index", () => {
  it("says after any changes what a new one would say, in whatever portions it looked", () => {
    const changes = fc.array(fc.tuple(anyChange, fc.integer({ min: 1, max: 5 })), { maxLength: 20 });
    fc.assert(
      fc.property(changes, fc.constantFrom(...groupings), (steps, grouping) => {
        const files = new Map<string, FileState>();
        const unsaved = new Set<string>();
        const isShown = ({ severity }: { severity: Severity }) => severity !== "info";
        const view = { isShown, isUnsaved: (path: string) => unsaved.has(path), grouping };
        const index = createFindingsIndex(files, view);
        for (const [{ path, severities, status, isUnsaved }, portion] of steps) {
          if (severities) files.set(path, file(path, severities, status));
          else files.delete(path);
          if (isUnsaved) unsaved.add(path);
          else unsaved.delete(path);
          index.touch([path]);
          index.advance(portion);
          index.model();
        }
        while (!index.advance(1));
        const fresh = buildFindingsModel([...files.values()], view);
        const { roots, ...counts } = index.model();
        const { roots: freshRoots, ...freshCounts } = fresh;
        expect(counts).toEqual(freshCounts);
        expect(rowsOf(roots)).toEqual(rowsOf(freshRoots));
      }),
    );
  });

  it("looks at nothing but what changed, and keeps every other row and group", () => {
    const files = new Map(["a/1.ts", "a/2.ts", "b/3.ts"].map((path) => [path, file(path, ["warning"])]));
    const looked: string[] = [];
    const isShown = ({ path }: { path: string }) => looked.push(path) > 0;
    const index = createFindingsIndex(files, { isShown, isUnsaved: () => false, grouping: "folder" });
    index.advance(100);
    const before = index.model().roots;
    looked.length = 0;

    files.set("a/2.ts", file("a/2.ts", ["error"]));
    // Told again, as a report does at the end of a run, but the same.
    files.set("b/3.ts", { ...files.get("b/3.ts")! });
    index.touch(files.keys());
    expect(index.advance(100)).toBe(true);
    const after = index.model().roots;
    expect(looked).toEqual(["a/2.ts"]);
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
    expect(childrenOf(after[0]!)).toContain(
      childrenOf(before[0]!).find((one) => one.kind === "file" && one.path === "a/1.ts"),
    );
  });

  it("stops when its portion is used up", () => {
    const files = new Map(["1.ts", "2.ts", "3.ts"].map((path) => [path, file(path, ["warning", "info"])]));
    const index = createFindingsIndex(files, { isShown: () => true, isUnsaved: () => false });
    expect([index.advance(3), index.advance(3), index.advance(3), index.advance(3)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(index.model().findings).toBe(6);
  });
});

describe("pages of rows", () => {
  const files = Array.from({ length: 1_201 }, (_, at) => file(`f${String(at).padStart(4, "0")}.ts`, ["warning"]));
  const { roots } = buildFindingsModel([...files, file("late.ts", [], "failed")], {
    isShown: () => true,
    isUnsaved: () => false,
  });

  it("shows the first, says how many are left, and opens the next", () => {
    const rows = createRows();
    const shown = rows.top(roots);
    expect(shown).toHaveLength(502);
    expect(shown.slice(-2).map((row) => describeRow(row).label)).toEqual(["Show more (701 left)", "Failed"]);
    rows.openPage("");
    expect(rows.top(roots)).toHaveLength(1_002);
    rows.openPage("");
    expect(rows.top(roots)).toEqual(roots);
  });

  it("opens the page of a finding that is looked for", () => {
    const rows = createRows();
    const last = findingsInOrder({ roots, findings: 0, unfiltered: 0, isFiltered: false, errors: 0 }).at(-1)!;
    const row = rows.find(roots, last);
    expect(rows.top(roots)).toContain(rows.parentOf(row!));
  });
});
