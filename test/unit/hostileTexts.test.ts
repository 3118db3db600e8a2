// What others wrote, at its worst, in every sink that is no page: each check is also shown to fail without the guard.
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createPalette } from "../../src/cli/palette.ts";
import { renderGithub } from "../../src/cli/githubReporter.ts";
import { renderPretty } from "../../src/cli/prettyReporter.ts";
import { toDiagnosticModel } from "../../src/extension/diagnosticModel.ts";
import { findingAsMarkdown, hoverMarkdown } from "../../src/extension/editor/findingText.ts";
import { describeRow } from "../../src/extension/findingsLabels.ts";
import { describeFailure } from "../../src/extension/problems.ts";
import { escapeText } from "../../src/shared/escapeText.ts";
import type { Finding } from "../../src/shared/report.ts";
import { reportMarkdown } from "../../src/shared/reportMarkdown.ts";
import { asStreamed, hostileReply } from "../support/hostileReply.ts";
import { hostileTexts } from "../support/hostileTexts.ts";
import { sampleFile, sampleFinding, sampleReport } from "../support/sampleReport.ts";
import { buildFindingsModel, fileReport, finding } from "./extension/fixtures.ts";

const texts = hostileTexts.map(({ text }) => text);
const everywhere = (text: string): Partial<Finding> => ({
  path: `src/${text}`,
  rule: text,
  title: text,
  detail: `${text}\n\n${text}`,
  quote: text,
});

function reportOf(text: string) {
  const run = { complete: false, stoppedBy: "error", error: { code: text, message: text }, model: text } as const;
  const files = [
    sampleFile(`src/${text}`, "reviewed", { findings: 1, model: text }),
    sampleFile(`failed/${text}`, "failed", { reason: text }),
    sampleFile(`skipped/${text}`, "skipped", { reason: text }),
  ];
  return sampleReport({ run, files, findings: [sampleFinding(everywhere(text))] });
}

/** Nothing of it acts on a terminal, turns reading round or is unseen. */
const isSeen = (text: string) => escapeText(text) === text;

/** Markdown outside code that is left when what is escaped is taken away. */
function liveMarkdown(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})[^\n`]*\n[^]*?\n\1$/gm, "")
    .replaceAll(/(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)/g, "")
    .replaceAll(/\\[!-/:-@[-`{-~]/g, "")
    .replaceAll(/&#\d+;/g, "");
}

/** Beginnings of links, pictures, elements, addresses and mentions. */
const ACTS = /[<@]|\]\(|\]\[|!\[|\]:|:\/\/|www\.|\$\(/;

test("there are more than three hundred of them, none twice, and the checks tell them from harmless text", () => {
  expect(new Set(texts).size).toBeGreaterThan(300);
  expect(new Set(texts).size).toBe(texts.length);
  const unseen = hostileTexts.filter(({ kind }) => kind === "hidden" || kind === "terminal");
  expect(unseen.filter(({ text }) => isSeen(text))).toEqual([]);
  const acting = hostileTexts.filter(({ kind, text }) => kind === "markdown" && ACTS.test(liveMarkdown(text)));
  expect(acting.length).toBeGreaterThan(50);
});

test("a reply that arrives cut anywhere reads like one that arrives whole", () => {
  const whole = hostileReply(texts).filter(({ isWhole }) => isWhole);
  expect(whole.map(({ finding }) => [finding.title, finding.scenario, finding.fix, finding.quote])).toEqual(
    texts.map(asStreamed).map((text) => [text, text, text, text]),
  );
});

const kinds = [...Map.groupBy(hostileTexts, ({ kind }) => kind)].map(
  ([kind, all]) => [kind, all.map(({ text }) => text)] as const,
);

describe.each(kinds)("%s", (kind, all) => {
  test("is plain text in the editor", () => {
    for (const text of all) {
      const shown = finding(everywhere(text));
      const hover = hoverMarkdown(shown, true, fileReport({ model: text, costUsd: 0.1, reason: text }));
      const withoutOurs = hover.replaceAll(/\[\w+…?\]\(command:onceover\.finding\.\w+\?[\w%.-]+\)/g, "");
      for (const markdown of [withoutOurs, findingAsMarkdown(shown)]) {
        expect(isSeen(markdown), text).toBe(true);
        expect(liveMarkdown(markdown)).not.toMatch(ACTS);
      }
      for (const { label, description, tooltip, spoken } of treeRows(text, shown)) {
        for (const line of [label, description, spoken]) expect(line).not.toMatch(/[\n\r\t]/);
        for (const words of [label, description, tooltip, spoken]) expect(isSeen(words), text).toBe(true);
      }
      const { message, code } = toDiagnosticModel(shown);
      const problem = describeFailure({ code: text, message: text });
      for (const words of [message, code, problem.text]) expect(isSeen(words), text).toBe(true);
    }
  });

  test("gives no orders to a terminal, a viewer of Markdown or a workflow's runner", () => {
    for (const text of all) {
      const report = reportOf(text);
      const options = { width: 80, palette: createPalette(false), readLines: () => text.split("\n"), verbose: true };
      expect(isSeen([...renderPretty(report, options)].join("")), text).toBe(true);

      const markdown = reportMarkdown(report);
      expect(isSeen(markdown), text).toBe(true);
      expect(liveMarkdown(markdown)).not.toMatch(ACTS);

      const root = path.resolve("/runner/shop");
      const lines = [...renderGithub(report, { folders: [{ path: root, prefix: "" }], root })].join("").split("\n");
      expect(lines.every(isSeen), text).toBe(true);
      const commands = lines.filter((line) => /^\s*::|##\[/.test(line));
      // Ours: one for what failed, one for the run, one for the finding.
      expect(commands).toHaveLength(3);
      if (kind === "workflow") expect(commands.every((line) => /^::error (title|file)=/.test(line))).toBe(true);
    }
  });
});

function treeRows(text: string, shown: Finding) {
  const model = buildFindingsModel(
    [
      { path: `src/${text}`, status: "reviewed", reason: null, findings: [shown] },
      { path: `f/${text}`, status: "failed", reason: text, findings: [] },
    ],
    { isShown: () => true, isUnsaved: () => false },
  );
  expect(model.roots).toHaveLength(2);
  const failed = { path: text, status: "failed", reason: text, findings: [] } as const;
  return [
    ...model.roots.map(describeRow),
    describeRow({ kind: "finding", finding: shown, position: 0, within: "" }),
    describeRow({ kind: "entry", branch: "failed", file: failed }),
  ];
}
