import { describe, expect, it } from "vitest";
import { toDiagnosticModel } from "../../../src/extension/diagnosticModel.ts";
import { finding } from "./fixtures.ts";

describe("a finding in the Problems view", () => {
  it("counts from 0 and begins with a sentence that stands alone", () => {
    expect(toDiagnosticModel(finding())).toEqual({
      range: { startLine: 2, startCharacter: 4, endLine: 2, endCharacter: 8 },
      message:
        "Refund is not awaited, so an order counts as refunded even if the gateway fails\nThe promise is dropped.",
      severity: "warning",
      code: "unawaited-call",
    });
  });

  it("keeps a title on one line, shows hidden characters and does not say the same twice", () => {
    const { message } = toDiagnosticModel(finding({ title: "Two\nlines\u202e", detail: "d\u0007\ne" }));
    expect(message).toBe("Two lines\\u{202e}\nd\\u{7}\ne");
    expect(toDiagnosticModel(finding({ title: "Same", detail: "Same" })).message).toBe("Same");
  });

  it("is never negative or turned round", () => {
    const odd = finding({ startLine: 0, startColumn: 9, endLine: 0, endColumn: 2 });
    expect(toDiagnosticModel(odd).range).toEqual({ startLine: 0, startCharacter: 8, endLine: 0, endCharacter: 8 });
  });

  it("weighs less once its code was edited, and says so", () => {
    const { message, severity } = toDiagnosticModel(finding({ severity: "error", title: "T", detail: "" }), true);
    expect([message, severity]).toEqual(["Changed since the review: T", "info"]);
  });

  it("is bounded", () => {
    expect(toDiagnosticModel(finding({ detail: "x".repeat(100_000) })).message.length).toBeLessThan(2_400);
  });
});
