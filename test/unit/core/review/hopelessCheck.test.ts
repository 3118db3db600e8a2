import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../../src/shared/errors.ts";
import type { ModelErrorKind } from "../../../../src/core/model/model.ts";
import { ModelError } from "../../../../src/core/model/modelError.ts";
import { createHopelessCheck } from "../../../../src/core/review/hopelessCheck.ts";

const failure = (code: ErrorCode, kind: ModelErrorKind = "transient") => new ModelError({ code, kind, message: "x" });

describe("createHopelessCheck", () => {
  it("gives up at once on what no other request could change", () => {
    expect(createHopelessCheck().isFatal(failure("invalid-key", "terminal"))).toBe(true);
  });

  it.each(["unreachable", "timeout"] as const)("gives up on a server that never answered: %s", (code) => {
    expect(createHopelessCheck().isFatal(failure(code))).toBe(true);
  });

  it.each(["unreachable", "timeout"] as const)("gives up on a server that went away, after three units: %s", (code) => {
    const check = createHopelessCheck();
    check.succeeded();
    expect([1, 2, 3].map(() => check.isFatal(failure(code)))).toEqual([false, false, true]);
  });

  it("goes on where only some units fail", () => {
    const check = createHopelessCheck();
    for (let unit = 0; unit < 10; unit++) {
      expect(check.isFatal(failure("server-error"))).toBe(false);
      check.succeeded();
    }
  });

  it.each([
    ["server-error", "transient"],
    ["request-rejected", "request"],
    ["rate-limited", "rate-limited"],
  ] as const)("gives up on a provider that has only ever answered %s", (code, kind) => {
    const check = createHopelessCheck();
    expect([1, 2, 3].map(() => check.isFatal(failure(code, kind)))).toEqual([false, false, true]);
  });

  it("does not blame the provider for files that are too long", () => {
    const check = createHopelessCheck();
    for (let unit = 0; unit < 10; unit++) expect(check.isFatal(failure("context-too-long", "request"))).toBe(false);
  });
});
