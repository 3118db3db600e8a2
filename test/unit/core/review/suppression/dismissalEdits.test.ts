// A dismissal lives through edits elsewhere in its file, and falls with its own code. Real files, random edits.
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../../../src/shared/report.ts";
import { createAnalyzer, type Analyzer } from "../../../../../src/core/offline/analyzer.ts";
import { createDismissedCheck } from "../../../../../src/core/review/suppression/dismissed.ts";
import { copyCorpus } from "../../../../support/corpus.ts";

const EDITS = 1_000;
const FOLDERS = [{ prefix: "" }];

interface Reviewed {
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
  /** Whose findings are all dismissed. */
  readonly isDismissed: (finding: Finding) => boolean;
}

const copy = copyCorpus("fastify");
let analyzer: Analyzer;
let reviewed: readonly Reviewed[];

beforeAll(async () => {
  analyzer = await createAnalyzer();
  const files = ["lib/schemas.js", "lib/validation.js"].map((file) => path.join(copy.folder, file));
  reviewed = await Promise.all(files.map((file) => review(fs.readFileSync(file, "utf8").split("\n"))));
});
afterAll(() => copy.remove());

async function find(lines: readonly string[]): Promise<Finding[]> {
  const found = await analyzer.analyzeText(lines.join("\n"), "javascript", "source");
  return found.map((one) => ({ ...one, path: "a.js" }));
}

async function review(lines: readonly string[]): Promise<Reviewed> {
  const findings = await find(lines);
  expect(findings.length).toBeGreaterThan(1);
  const dismissals = findings.map(({ id, path: file, rule, title }) => {
    const person = {
      reason: "wont-fix",
      note: "",
      author: "",
      createdAtMs: 0,
      isMoved: false,
      isShared: false,
    } as const;
    return { id, path: file, rule, title, ...person };
  });
  return { lines, findings, isDismissed: createDismissedCheck(dismissals, FOLDERS) };
}

type Edit = { readonly kind: "insert" | "delete" | "indent"; readonly at: number; readonly from: number };

const edit = fc.record<Edit>({
  kind: fc.constantFrom("insert", "insert", "delete", "indent"),
  at: fc.nat(100_000),
  from: fc.nat(100_000),
});

/** Leaves the findings' own lines as they are; where they are then, in the order of `findings`. */
function apply({ lines, findings }: Reviewed, { kind, at, from }: Edit): { lines: string[]; starts: number[] } {
  const next = [...lines];
  const own = (line: number) => findings.some((one) => one.startLine <= line && line <= one.endLine);
  // 1-based; what is inserted comes before it.
  let line = (at % lines.length) + 1;
  while (own(line)) line = (line % lines.length) + 1;
  if (kind === "insert") next.splice(line - 1, 0, lines[from % lines.length]!);
  else if (kind === "delete") next.splice(line - 1, 1);
  else next[line - 1] = `  ${next[line - 1]}`;
  const by = kind === "insert" ? 1 : kind === "delete" ? -1 : 0;
  return { lines: next, starts: findings.map(({ startLine }) => (startLine >= line ? startLine + by : startLine)) };
}

describe("a dismissal", () => {
  it(`survives ${EDITS} random edits that leave its lines alone`, async () => {
    const edits = fc.sample(fc.tuple(fc.constantFrom(0, 0, 0, 1), edit), { numRuns: EDITS, seed: 20_261_121 });
    let seen = 0;
    let kept = 0;
    for (const [which, one] of edits) {
      const file = reviewed[which]!;
      const { lines, starts } = apply(file, one);
      // An edit may end the defect itself: what is not found needs no dismissal.
      const still = (await find(lines)).filter(({ rule, startLine }) =>
        file.findings.some((before, at) => before.rule === rule && starts[at] === startLine),
      );
      seen += still.length;
      kept += still.filter(file.isDismissed).length;
    }
    expect(seen).toBeGreaterThan(EDITS);
    expect(kept / seen).toBeGreaterThanOrEqual(0.99);
  }, 180_000);

  it("goes stale when its own code changes", async () => {
    for (const file of reviewed) {
      for (const finding of file.findings) {
        const lines = [...file.lines];
        const own = lines[finding.startLine - 1]!;
        // A name in the first line that it quotes is another one.
        lines[finding.startLine - 1] = own.replace(/[A-Za-z_]\w+(?=\W*\()|[A-Za-z_]\w+(?!.*\w)/, "$&Other");
        expect(lines[finding.startLine - 1]).not.toBe(own);
        const there = (await find(lines)).filter(
          ({ rule, startLine }) => rule === finding.rule && startLine === finding.startLine,
        );
        for (const one of there) expect(file.isDismissed(one)).toBe(false);
      }
    }
  });
});
