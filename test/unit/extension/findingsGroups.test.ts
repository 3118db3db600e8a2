import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/shared/report.ts";
import { findingsAsMarkdown } from "../../../src/extension/findingsAsMarkdown.ts";
import { groupings, NO_FILTER, type Grouping } from "../../../src/extension/findingsFilter.ts";
import { describeRow } from "../../../src/extension/findingsLabels.ts";
import { childrenOf, findingsInOrder } from "../../../src/extension/findingsModel.ts";
import type { FindingsNode } from "../../../src/extension/findingsModel.ts";
import { createRows } from "../../../src/extension/findingsRows.ts";
import { chosenRows, findingsOf, pathsOf, scopeOfRows } from "../../../src/extension/chosenRows.ts";
import { findingAt, staysWithin, stepFinding, touches } from "../../../src/extension/nextFinding.ts";
import { buildFindingsModel, finding } from "./fixtures.ts";

const view = { isShown: () => true, isUnsaved: () => false };

function modelOf(findings: readonly Finding[], grouping: Grouping, filter = NO_FILTER) {
  const files = [...Map.groupBy(findings, ({ path }) => path)].map(([path, own]) => {
    return { path, status: "reviewed" as const, reason: null, findings: own };
  });
  return buildFindingsModel(files, { ...view, grouping, filter });
}

const shop = [
  finding({ id: "1", path: "src/a.ts", severity: "error", category: "bug" }),
  finding({ id: "2", path: "src/a.ts", severity: "info", category: "security", startLine: 9, endLine: 9 }),
  ...[1, 2, 3, 4].map((line) =>
    finding({ id: `w${line}`, path: "b.ts", source: "offline", rule: "swallowed", startLine: line, endLine: line }),
  ),
];

const labels = (nodes: readonly FindingsNode[]) => nodes.map((node) => describeRow(node).label);

describe("grouping", () => {
  it("names groups, worst first", () => {
    expect(labels(modelOf(shop, "folder").roots)).toEqual(["src", "(top folder)"]);
    expect(labels(modelOf(shop, "severity").roots)).toEqual(["Errors", "Warnings", "Infos"]);
    expect(labels(modelOf(shop, "category").roots)).toEqual(["bug", "security"]);
    expect(describeRow(modelOf(shop, "category").roots[0]!).description).toBe("5 findings in 2 files");
  });

  it("puts the file that weighs most first, and says why", () => {
    const [first, second] = modelOf(shop, "hotSpots").roots;
    expect(labels([first!, second!])).toEqual(["b.ts", "a.ts"]);
    expect(describeRow(first!).tooltip).toContain("Hot spot 1: weight 12 = 0 × 10 + 4 × 3 + 0 × 1");
  });

  it("shows every finding once, under ids of their own, however it is grouped", () => {
    const one = fc.record({
      path: fc.constantFrom("a.ts", "src/a.ts", "src/b.ts", "lib/x/c.ts"),
      severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
      category: fc.constantFrom("bug", "security"),
      startLine: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(one), fc.constantFrom(...groupings), (changes, grouping) => {
        const findings = changes.map((change) => finding(change));
        const model = modelOf(findings, grouping);
        expect(new Set(findingsInOrder(model))).toEqual(new Set(findings));
        expect(findingsInOrder(model)).toHaveLength(findings.length);
        const all = (nodes: readonly FindingsNode[]): FindingsNode[] =>
          nodes.flatMap((node) => [node, ...all(childrenOf(node))]);
        const ids = all(model.roots).map((node) => describeRow(node).id);
        expect(new Set(ids).size).toBe(ids.length);
        const rows = createRows();
        for (const each of findings) {
          let row = rows.find(model.roots, each);
          expect(row).toMatchObject({ kind: "finding", finding: each });
          while (row && rows.parentOf(row)) row = rows.parentOf(row);
          expect(model.roots).toContain(row);
        }
      }),
    );
  });
});

describe("filter", () => {
  it("narrows by words, severity, category and source, and keeps count of what it hides", () => {
    const left = (change: object) => modelOf(shop, "file", { ...NO_FILTER, ...change });
    expect(left({ text: "SWALLOWED b.ts" })).toMatchObject({ findings: 4, unfiltered: 6, isFiltered: true, errors: 1 });
    expect(left({ severities: ["info"] }).findings).toBe(1);
    expect(left({ categories: ["security"], severities: ["error"] }).findings).toBe(0);
    expect(left({ sources: ["model"] }).findings).toBe(2);
    expect(left({ text: "  " })).toMatchObject({ findings: 6, isFiltered: false });
  });
});

describe("from finding to finding", () => {
  const order = findingsInOrder(modelOf(shop, "file"));

  it("visits all in the order of the rows, in both directions, around the end", () => {
    for (const direction of [1, -1] as const) {
      let last: Finding | undefined;
      const visited = order.map(() => {
        const cursor = last && { path: last.path, line: last.startLine, column: last.startColumn };
        last = order[stepFinding(order, direction, cursor, last)];
        return last;
      });
      expect(visited).toEqual(direction === 1 ? order : order.toReversed());
    }
  });

  it("goes on from where it was when a run has made all findings anew", () => {
    const first = order[0]!;
    const cursor = { path: first.path, line: first.startLine, column: first.startColumn };
    const anew = order.map((finding) => ({ ...finding }));
    expect(stepFinding(anew, 1, cursor, first)).toBe(1);
  });

  it("starts from the cursor", () => {
    const at = (line: number) => ({ path: "b.ts", line, column: 1 });
    expect(order[stepFinding(order, 1, at(2), undefined)]?.id).toBe("w2");
    expect(order[stepFinding(order, -1, at(4), undefined)]?.id).toBe("w3");
    expect(findingAt(order, { path: "b.ts", line: 3, column: 5 })?.id).toBe("w3");
    expect(findingAt(order, at(3))).toBeUndefined();
    expect(stepFinding([], 1, at(1), undefined)).toBe(-1);
  });
});

describe("within a passage", () => {
  const passage = { path: "b.ts", startLine: 2, endLine: 3 };
  const long = finding({ id: "long", path: "b.ts", startLine: 1, endLine: 9, startColumn: 1, endColumn: 9 });

  it("knows what touches it, from outside too", () => {
    const touching = [...shop, long].filter((one) => touches(one, passage)).map((one) => one.id);
    expect(touching).toEqual(["w2", "w3", "long"]);
  });

  it("stays while the cursor is in it or at what it led to, and no longer", () => {
    expect(staysWithin(passage, { path: "b.ts", line: 3, column: 1 }, undefined)).toBe(true);
    expect(staysWithin(passage, { path: "b.ts", line: 1, column: 1 }, long)).toBe(true);
    expect(staysWithin(passage, { path: "b.ts", line: 1, column: 1 }, undefined)).toBe(false);
    expect(staysWithin(passage, { path: "src/a.ts", line: 2, column: 1 }, long)).toBe(false);
    expect(staysWithin(passage, undefined, long)).toBe(false);
  });
});

describe("rows that were chosen", () => {
  const [src, top] = modelOf(shop, "folder").roots;
  const [file] = childrenOf(src!);
  const [one] = childrenOf(file!);

  it("are those selected, else the one that was clicked", () => {
    expect(chosenRows(one, [file, one, "no row"])).toEqual([file, one]);
    expect(chosenRows(one, undefined)).toEqual([one]);
    expect(chosenRows("no row", undefined)).toEqual([]);
  });

  it("stand for each finding and file once", () => {
    expect(findingsOf([src!, file!, one!]).map(({ id }) => id)).toEqual(["1", "2"]);
    expect(pathsOf([src!, file!, one!, top!])).toEqual(["src/a.ts", "b.ts"]);
  });

  it("are reviewed as folders and files; the top folder is the whole workspace", () => {
    expect(scopeOfRows([src!])).toEqual({ under: ["src"] });
    expect(scopeOfRows([src!, ...childrenOf(top!)])).toEqual({ under: ["src"], only: ["b.ts"] });
    expect(scopeOfRows([src!, top!])).toEqual({});
  });
});

describe("as Markdown", () => {
  it("keeps what others wrote text", () => {
    const text = findingsAsMarkdown([finding({ title: "a <img> [b](http://c)\u202e", detail: "one\n# two" })]);
    expect(text).toContain("- **warning** src/a.ts:3: a \\<img\\> \\[b\\](http://c)\\\\u\\{202e\\}");
    expect(text).toContain("\n  one\n  \\# two");
  });
});
