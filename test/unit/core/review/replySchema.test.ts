import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReply } from "../../../../src/core/review/parseReply.ts";
import { REPLY_SCHEMA } from "../../../../src/core/review/replySchema.ts";
import { createStreamedFindings } from "../../../../src/core/review/streamedFindings.ts";

const FINDING = {
  quote: "a();",
  category: "bug",
  severity: "error",
  title: "It breaks",
  scenario: "s",
  explanation: "e",
  fix: null,
  confidence: 1,
  needs: null,
};
const REPLY = JSON.stringify({ summary: "Fine.", findings: [FINDING, { ...FINDING, title: 'Other } " {' }] });

describe("parseReply", () => {
  it("reads a reply, and one in fences with prose around it", () => {
    expect(parseReply(REPLY)?.findings).toHaveLength(2);
    expect(parseReply(`Here it is:\n\`\`\`json\n${REPLY}\n\`\`\`\nDone.`)?.findings).toHaveLength(2);
  });

  it("never takes a cut reply for a whole one", () => {
    for (let length = 0; length < REPLY.length; length++) expect(parseReply(REPLY.slice(0, length))).toBeUndefined();
  });

  it("takes an empty list for an answer, and nothing but nonsense for none", () => {
    expect(parseReply('{"summary":"","findings":[]}')).toEqual({ summary: "", findings: [], malformed: 0 });
    expect(parseReply('{"summary":"","findings":[1,2]}')).toBeUndefined();
    expect(parseReply('{"findings":"none"}')).toBeUndefined();
    expect(parseReply("[]")).toBeUndefined();
  });

  it("leaves out single items that are no findings, and says how many", () => {
    expect(parseReply(JSON.stringify({ summary: "", findings: [FINDING, { title: "x" }] }))).toMatchObject({
      malformed: 1,
    });
  });

  it("forgives fields that servers without strict schemas leave out", () => {
    const { quote, severity, title } = FINDING;
    const parsed = parseReply(JSON.stringify({ findings: [{ quote, severity, title, category: "weird" }] }));
    expect(parsed?.findings[0]).toMatchObject({
      category: "maintainability",
      fix: null,
      confidence: 0.5,
      scenario: "",
    });
  });
});

describe("REPLY_SCHEMA", () => {
  it("is strict at every object", () => {
    const check = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const schema = node as Record<string, unknown>;
      if (schema["type"] === "object") {
        expect(schema["additionalProperties"]).toBe(false);
        expect(schema["required"]).toEqual(Object.keys(schema["properties"] as object));
      }
      Object.values(schema).forEach(check);
    };
    check(REPLY_SCHEMA.schema);
  });
});

describe("createStreamedFindings", () => {
  it("gives each finding when it has its title and when it is closed, however the text is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const seen: [number, boolean, string][] = [];
        const stream = createStreamedFindings(({ finding, position, isWhole }) => {
          seen.push([position, isWhole, finding.title]);
          expect(finding.explanation === "").toBe(!isWhole);
        });
        for (let at = 0, turn = 0; at < REPLY.length; turn++) {
          const size = sizes[turn % sizes.length]!;
          stream.push(REPLY.slice(at, at + size));
          at += size;
          if (at < REPLY.indexOf("Other")) expect(seen.length).toBeLessThanOrEqual(2);
        }
        expect(seen).toEqual([
          [0, false, "It breaks"],
          [0, true, "It breaks"],
          [1, false, 'Other } " {'],
          [1, true, 'Other } " {'],
        ]);
      }),
    );
  });

  it("stays quiet about what is not JSON", () => {
    const stream = createStreamedFindings(() => expect.unreachable());
    for (const piece of ["Sorry, ", "{{{", "]", "}"]) stream.push(piece);
  });
});
