import { hash } from "node:crypto";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContentFinding } from "../../../../src/core/offline/analysis.ts";
import { createAnalyzer, type Analyzer } from "../../../../src/core/offline/analyzer.ts";
import { supportedLanguages } from "../../../../src/core/offline/languages.ts";
import { MAX_PER_FILE, MAX_PER_RULE } from "../../../../src/core/offline/settleFindings.ts";
import { fileType } from "../../../../src/core/workspace/language.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-analyzer-"));
let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await createAnalyzer();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

const analyze = async (name: string, content: string | Uint8Array): Promise<readonly ContentFinding[]> => {
  const { language, kind } = fileType(name)!;
  const result = await analyzer.analyze({ folder, absolutePath: write(name, content), language, kind });
  if (!result.ok) throw new Error(result.message);
  return result.findings;
};

/** What an editor has at the finding's range. */
function textAt(text: string, { startLine, startColumn, endLine, endColumn }: ContentFinding): string {
  const lines = text.split("\n");
  if (startLine === endLine) return lines[startLine - 1]!.slice(startColumn - 1, endColumn - 1);
  const middle = lines.slice(startLine, endLine - 1);
  return [lines[startLine - 1]!.slice(startColumn - 1), ...middle, lines[endLine - 1]!.slice(0, endColumn - 1)].join(
    "\n",
  );
}

function expectSound(text: string, findings: readonly ContentFinding[]): void {
  expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length);
  for (const finding of findings) {
    expect(finding.quote).toBe(textAt(text, finding));
    expect(finding.quote.trim()).not.toBe("");
  }
}

describe("analyze", () => {
  it("reports rule, range, quote and the hash of the bytes", async () => {
    const content = 'const a = 1;\r\n\tif (a === NaN) debugger; // "é😀"\r\n';
    const file = write("one.ts", content);
    const result = await analyzer.analyze({ folder, absolutePath: file, language: "typescript", kind: "source" });
    expect(result).toMatchObject({
      ok: true,
      contentHash: hash("sha256", content, "hex"),
      findings: [
        {
          rule: "nan-comparison",
          startLine: 2,
          startColumn: 6,
          endLine: 2,
          endColumn: 15,
          quote: "a === NaN",
          source: "offline",
          fix: null,
        },
        { rule: "forgotten-debugger", startLine: 2, startColumn: 17, quote: "debugger;" },
      ],
    });
  });

  it("counts columns as an editor does behind a byte order mark, in UTF-16 and behind wide characters", async () => {
    const text = 'const é = "😀"; debugger;\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    for (const content of [text, `\ufeff${text}`, utf16, Buffer.from(utf16).swap16()]) {
      expect(await analyze("wide.js", content)).toMatchObject([{ startLine: 1, startColumn: 17, quote: "debugger;" }]);
    }
  });

  it("reads bytes that are no UTF-8 and still finds what is there", async () => {
    const content = Buffer.concat([Buffer.from('a = "'), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('"; debugger;')]);
    expect(await analyze("latin.js", content)).toMatchObject([{ rule: "forgotten-debugger" }]);
  });

  it("looks at data files and unknown languages for secrets alone", async () => {
    const text = `debugger; const password = "hR7#kQ2${"vLp9wZx4"}";`;
    expect((await analyze("a.json", text)).map(({ rule }) => rule)).toEqual(["hardcoded-secret"]);
    expect((await analyze("a.swift", text)).map(({ rule }) => rule)).toEqual(["hardcoded-secret"]);
  });

  it("says why a file cannot be read, without its path", async () => {
    const gone = await analyzer.analyze({
      folder,
      absolutePath: path.join(folder, "gone.ts"),
      language: "typescript",
      kind: "source",
    });
    expect(gone).toEqual({ ok: false, message: "It no longer exists." });
    const directory = await analyzer.analyze({ folder, absolutePath: folder, language: "typescript", kind: "source" });
    expect(directory).toEqual({ ok: false, message: "Not a regular file." });
  });

  it.skipIf(process.platform === "win32")("does not wait for the writer of a named pipe", async () => {
    const pipe = path.join(folder, "pipe.ts");
    execFileSync("mkfifo", [pipe]);
    const result = await analyzer.analyze({ folder, absolutePath: pipe, language: "typescript", kind: "source" });
    expect(result).toEqual({ ok: false, message: "Not a regular file." });
  });

  it("keeps to the limits, gravest first, in order of position", async () => {
    const lines = [
      "new Promise(async (a) => { await b(); c(); });",
      "list.sort((a, b) => a > b);",
      "debugger;",
      "x = x;",
      "if (a = 1) b();",
      "for (let i = 0; i < n; i--) c();",
      "f(!a in b);",
      "eval(t);",
      "o = { a: 1, a: 2 };",
    ];
    const findings = await analyze("many.js", Array.from({ length: 40 }, () => lines.join("\n")).join("\n"));
    expect(findings).toHaveLength(MAX_PER_FILE);
    const counts = Map.groupBy(findings, (finding) => finding.rule);
    for (const [, group] of counts) expect(group.length).toBeLessThanOrEqual(MAX_PER_RULE);
    expect(counts.get("assignment-in-condition")).toHaveLength(MAX_PER_RULE);
    expect(counts.get("boolean-comparator")).toHaveLength(MAX_PER_RULE);
    expect(findings.map((finding) => finding.startLine)).toEqual(
      findings.map((finding) => finding.startLine).toSorted((a, b) => a - b),
    );
  });

  it("quotes long code by its first line", async () => {
    const body = Array.from({ length: 20 }, (_, index) => `  run(${index});`).join("\n");
    const text = `if (a) {\n${body}\n} else {\n${body}\n}\n`;
    expect(await analyze("long.ts", text)).toMatchObject([
      { rule: "identical-branches", quote: "if (a) {", endLine: 1 },
    ]);
  });

  it("keeps quiet where the parser lost its way", async () => {
    expect(await analyze("broken.ts", "const = = { a: 1, a: ) if (x = 1 {{ debugger (((")).toEqual([]);
  });

  it("reports complex and long functions at their names", async () => {
    const nested =
      "if (a) { for (const b of c) { if (b && d || e) { while (f) { if (g) { if (h) { i(); } else { j(); } } } } } }";
    const complex = await analyze("complex.ts", `const run = (a) => { ${nested} ${nested} };`);
    expect(complex).toMatchObject([
      { rule: "complex-function", quote: "run", severity: "info", category: "maintainability" },
    ]);
    const deep = "  if a:\n    for b in a:\n      if b:\n        while b:\n          if c:\n            c()\n".repeat(
      6,
    );
    const rest = "  c()\n".repeat(163);
    const worse = await analyze("worse.py", `def run(a):\n${deep}${rest}`);
    expect(worse).toMatchObject([{ rule: "complex-function", quote: "run", severity: "info" }]);
    const long = await analyze("long.go", `package a\n\nfunc run() {\n${"\tcall()\n".repeat(220)}}\n`);
    expect(long).toMatchObject([{ rule: "long-function", quote: "run", severity: "info" }]);
  });

  it("counts neither comments, blank lines, tables nor tests as long", async () => {
    expect(await analyze("table.py", `def names():\n  return [\n${"    'a',\n".repeat(220)}  ]\n`)).toEqual([]);
    const commented = `package a\n\nfunc run() {\n${"\t// Why.\n\tcall()\n\n".repeat(120)}}\n`;
    expect(await analyze("commented.go", commented)).toEqual([]);
    const test = `package a\n\nfunc TestRun(t *testing.T) {\n${"\tcall()\n".repeat(220)}}\n`;
    expect(await analyze("run_test.go", test)).toEqual([]);
  });
});

describe("odd input", () => {
  it.each(supportedLanguages())("survives empty, deep and very long files in %s", async (language) => {
    for (const text of [
      "",
      "\n",
      "\0\0\0",
      "(".repeat(3_000),
      "{".repeat(3_000),
      "a(".repeat(2_000),
      "if (a) {".repeat(1_000),
      "é😀".repeat(1_000),
    ]) {
      expectSound(text, await analyzer.analyzeText(text, language, "source"));
    }
  });

  it("reads the first lines of a million, and looks for secrets in all of them", async () => {
    const filler = "a\n".repeat(500_000);
    const key = `AIza${"SyB7x9QmK2pL4vRt8WzN3cHd6Jf5Gg1Ee0Aa".slice(0, 35)}`;
    const text = `breakpoint()\n${filler}breakpoint()\n${filler}key = "${key}"\n`;
    const findings = await analyze("million.py", text);
    expect(findings.map(({ rule, startLine }) => [rule, startLine])).toEqual([
      ["forgotten-debugger", 1],
      ["exposed-key", 1_000_003],
    ]);
  });

  it("quotes what is there, whatever the text", async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "if (a = 1) {",
        "}",
        " else {",
        "debugger;",
        "return 1;",
        "x = x;\n",
        "\r\n",
        "\t",
        "😀",
        'password = "aB3$kd92Lw0q"',
        "a === NaN",
        "try {",
        "catch {}",
        "`${",
        "/*",
        "'",
        '"',
      ),
      fc.string({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.constantFrom("typescript", "python", "go", "java"),
        async (pieces, language) => {
          const text = pieces.join("");
          expectSound(text, await analyzer.analyzeText(text, language, "source"));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("quotes what is there in every source file of this project", async () => {
    const root = path.join(import.meta.dirname, "../../../../src");
    const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const text = fs.readFileSync(path.join(root, file), "utf8");
      expectSound(text, await analyzer.analyzeText(text, fileType(file)!.language, "source"));
    }
  });
});

describe("prepare", () => {
  const secret = `hR7#kQ2${"vLp9wZx4"}`;
  const text = `line one\r\nconst password = "${secret}";\nline three\nline four`;

  it("gives the whole text, redacted, with the hash of the bytes", async () => {
    const file = write("prepare.ts", `\ufeff${text}`);
    const result = await analyzer.prepare({ folder, absolutePath: file });
    if (!result.ok) throw new Error(result.message);
    expect(result.contentHash).toBe(hash("sha256", `\ufeff${text}`, "hex"));
    expect(result.text).toBe(text.replace(secret, "*".repeat(secret.length)));
    expect(result.redactions.map(({ start, end }) => text.slice(start, end))).toEqual([secret]);
  });

  it("cuts to whole lines, with spans that count from the cut", async () => {
    const file = write("cut.ts", text);
    const cut = async (startLine: number, endLine: number) => {
      const result = await analyzer.prepare({ folder, absolutePath: file, startLine, endLine });
      if (!result.ok) throw new Error(result.message);
      return result;
    };
    const lines = text.split(/(?<=\n)/);
    const second = await cut(2, 3);
    expect(second.text).toBe(lines.slice(1, 3).join("").replace(secret, "*".repeat(secret.length)));
    const [span] = second.redactions;
    expect(second.text.slice(span!.start, span!.end)).toBe("*".repeat(secret.length));
    expect(await cut(3, 4)).toMatchObject({ text: "line three\nline four", redactions: [] });
    expect((await cut(4, 99)).text).toBe("line four");
  });

  it("hides the part of a private key that a chunk begins in", async () => {
    const key = [
      "-----BEGIN PRIVATE KEY-----",
      "MIIE" + hash("sha512", "1", "base64").slice(0, 60),
      hash("sha512", "2", "base64").slice(0, 64),
      "-----END PRIVATE KEY-----",
    ];
    const file = write("key.ts", key.join("\n"));
    const result = await analyzer.prepare({ folder, absolutePath: file, startLine: 3, endLine: 3 });
    expect(result).toMatchObject({ ok: true, text: `${"*".repeat(64)}\n` });
  });

  it("says why a file cannot be prepared", async () => {
    expect(await analyzer.prepare({ folder, absolutePath: path.join(folder, "no.ts") })).toEqual({
      ok: false,
      message: "It no longer exists.",
    });
  });
});
