import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchorFinding } from "../../../../src/core/review/anchor.ts";
import type { ReplyFinding } from "../../../../src/core/review/parseReply.ts";
import { heldBytes } from "../../../support/heldBytes.ts";

const TEXT = [
  "function pay(order) {",
  "  gateway.refund(order.id);",
  "  if (order.paid) {",
  "    log(order);",
  "  }",
  "}",
  "",
].join("\n");

function finding(patch: Partial<ReplyFinding>): ReplyFinding {
  return {
    quote: "  gateway.refund(order.id);",
    category: "bug",
    severity: "error",
    title: "Refund is not awaited, so failures vanish",
    scenario: "The gateway rejects.",
    explanation: "The promise is dropped.",
    fix: null,
    confidence: 0.9,
    needs: null,
    ...patch,
  };
}

const anchor = (patch: Partial<ReplyFinding>, text = TEXT) => anchorFinding(finding(patch), { text, redactions: [] });

/** The text at a range, as an editor would select it. */
function textAt(
  text: string,
  range: { startLine: number; startColumn: number; endLine: number; endColumn: number },
): string {
  const lines = text.split("\n").slice(range.startLine - 1, range.endLine);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, range.endColumn - 1);
  lines[0] = lines[0]!.slice(range.startColumn - 1);
  return lines.join("\n");
}

describe("anchorFinding", () => {
  it("points at the quoted code", () => {
    expect(anchor({})).toMatchObject({
      startLine: 2,
      startColumn: 3,
      endLine: 2,
      endColumn: 28,
      quote: "gateway.refund(order.id);",
      detail: "The gateway rejects.\n\nThe promise is dropped.",
    });
  });

  it("forgives line numbers, white space and line breaks of other kinds", () => {
    const numbered = [
      "3|   if (order.paid) {\n4|     log(order);",
      "  if (order.paid) {\n4|     log(order);",
      "3|   if (order.paid) {\n    log(order);",
    ];
    for (const quote of numbered) expect(anchor({ quote })).toMatchObject({ startLine: 3, endLine: 4 });
    expect(anchor({ quote: "if  (order.paid)  {\r\nlog(order);" })).toMatchObject({ startLine: 3, endLine: 4 });
    expect(anchor({}, TEXT.replaceAll("\n", "\r\n"))).toMatchObject({
      startLine: 2,
      quote: "gateway.refund(order.id);",
    });
  });

  it("tells copied numbers from the file's own", () => {
    const text = "const help = `\n1| first\n2| second\n`;\nshow(help);\n";
    expect(anchor({ quote: "2| second", fix: "2| third" }, text)).toMatchObject({
      quote: "2| second",
      fix: { edits: [{ newText: "2| third" }] },
    });
    expect(anchor({ quote: "5| show(help);" }, text)).toMatchObject({ quote: "show(help);" });
    expect(anchor({ fix: "2|   await gateway.refund(order.id);" })?.fix?.edits[0]?.newText).toBe(
      "  await gateway.refund(order.id);",
    );
  });

  it("drops what is not in the file", () => {
    expect(anchor({ quote: "gateway.charge(order.id);" })).toBeUndefined();
    expect(anchor({ quote: "   " })).toBeUndefined();
  });

  it("makes an error without a scenario a warning", () => {
    expect(anchor({ scenario: " " })?.severity).toBe("warning");
  });

  it("replaces whole lines with their indentation kept", () => {
    expect(anchor({ fix: "  await gateway.refund(order.id);" })?.fix?.edits).toEqual([
      { startLine: 2, startColumn: 1, endLine: 2, endColumn: 28, newText: "  await gateway.refund(order.id);" },
    ]);
    expect(anchor({ fix: "await gateway.refund(order.id);" })?.fix?.edits[0]?.newText).toBe(
      "  await gateway.refund(order.id);",
    );
  });

  it("offers no fix where the quote is only a part of its line, or the fix changes nothing", () => {
    expect(anchor({ quote: "gateway.refund", fix: "x" })?.fix).toBeNull();
    expect(anchor({ fix: "  gateway.refund(order.id);" })?.fix).toBeNull();
  });

  it("never quotes what was kept from the model", () => {
    const text = 'const a = 1;\nconst key = "********";\n';
    const start = text.indexOf("*");
    const source = { text, redactions: [{ start, end: start + 8 }] };
    const found = anchorFinding(finding({ quote: 'const key = "********";', fix: "const key = env.KEY;" }), source);
    expect(found).toMatchObject({ quote: 'const key = "', fix: null });
  });

  it("keeps nothing of the text but the quote in memory", async () => {
    const QUOTE = "gateway.refund(order.identifier);";
    const before = await heldBytes();
    const found = Array.from({ length: 40 }, (_, at) => {
      // Read as a file is: a text of its own, in one piece.
      const text = Buffer.from(`// ${at}\n${QUOTE}\n${"x".repeat(500_000)}`).toString();
      return anchor({ quote: QUOTE }, text)!.quote;
    });
    const after = await heldBytes();
    expect(found).toEqual(Array.from({ length: 40 }, () => QUOTE));
    expect(after.data - before.data).toBeLessThan(5_000_000);
  });

  it("always quotes exactly the text at its range", () => {
    const line = fc.string({
      minLength: 0,
      maxLength: 30,
      unit: fc.constantFrom("a", "b", " ", "\t", "(", "é", "😀", "\r"),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.nat({ max: 4 }),
        (lines, from, count) => {
          const text = lines.join("\n");
          const first = from % lines.length;
          const found = anchor({ quote: lines.slice(first, first + count + 1).join("\n"), fix: "x" }, text);
          if (!found) return;
          expect(textAt(text, found)).toBe(found.quote);
          expect(found.quote.trim()).toBe(found.quote);
        },
      ),
    );
  });
});
