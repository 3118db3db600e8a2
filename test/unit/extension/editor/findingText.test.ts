import { describe, expect, it } from "vitest";
import { FINDING_COMMANDS, findingAsMarkdown, hoverMarkdown } from "../../../../src/extension/editor/findingText.ts";
import { fileReport, finding } from "../fixtures.ts";

const fix = { edits: [{ startLine: 3, startColumn: 5, endLine: 3, endColumn: 9, newText: "x" }] };

describe("the hover", () => {
  it("says what is known of the cost, and no more", () => {
    const of = (file: Parameters<typeof hoverMarkdown>[2]) => hoverMarkdown(finding(), false, file);
    expect(of(fileReport({ model: "small", costUsd: 0.25 }))).toMatch(
      /Found by small\. The last run paid &#36;0&#46;25\d* /,
    );
    expect(of(fileReport({ model: "small", costUsd: 0.25, reason: "edited" }))).toMatch(/ for this file: edited\./);
    expect(of(fileReport({ model: "small", costUsd: null }))).toContain("What the file cost is not known.");
    expect(of(fileReport({ model: "small", status: "cached" }))).toContain("paid nothing for this file");
    expect(of(undefined)).toMatch(/Found by a model\.\n/);
    expect(hoverMarkdown(finding({ source: "offline" }), false, fileReport())).toContain("free");
  });

  it("says what a second look came to, with the code that it rests on; nothing of it is live", () => {
    const of = (evidence: string | null) =>
      hoverMarkdown(
        finding({ secondLook: { verdict: "confirmed", reason: "Never [checked](command:x).", evidence } }),
        false,
        undefined,
      );
    expect(of(null)).toContain("Confirmed by a second look&#58; Never &#91;checked&#93;&#40;command&#58;x&#41;&#46;");
    expect(of("if (other)")).toMatch(/It rests on:\n\n```+\w*\nif \(other\)\n/);
    expect(of(finding().quote)).not.toContain("It rests on:");
  });

  it("links to our own commands alone, and offers no fix for other code", () => {
    const hostile = finding({ rule: "[r](command:evil)", quote: "```\n[q](command:evil)", fix });
    const live = (isStale: boolean) =>
      [
        ...hoverMarkdown(hostile, isStale, undefined)
          .replaceAll(/(`{3,})[^]*\n\1/g, "")
          .matchAll(/\]\(([^)?]*)/g),
      ].map(([, target]) => target!.slice("command:".length));
    const { applyFix, dismiss, explain, copy } = FINDING_COMMANDS;
    expect(live(false)).toEqual([applyFix, dismiss, explain, copy]);
    expect(live(true)).toEqual([dismiss, explain, copy]);
  });

  it("names the finding so that the command finds it", () => {
    const path = "src/a (1)/b?c.ts";
    const [, given] = /dismiss\?([^)]*)\)/.exec(hoverMarkdown(finding({ path, id: "i" }), false, undefined))!;
    expect(JSON.parse(decodeURIComponent(given!))).toEqual([{ path, id: "i" }]);
  });
});

describe("a finding on the clipboard", () => {
  it("is whole, and nothing of it is live", () => {
    const text = findingAsMarkdown(finding({ title: "A <b>", detail: "See https://x.example\n\nand more" }));
    expect(text).toMatch(
      /^### A &#60;b&#62;\n\nsrc&#47;a&#46;ts:3 · Warning · bug · unawaited&#45;call\n\n```\ncall\n```/,
    );
    expect(text).not.toContain("://");
  });
});
