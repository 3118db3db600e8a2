import { describe, expect, it } from "vitest";
import { describeError, errorCode, isOnceoverError, OnceoverError } from "../../../src/shared/errors.ts";

describe("OnceoverError", () => {
  it("is known by its marker, so that a copy of the class in another chunk counts too", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("onceover.error")]: true, code: "timeout" });
    expect(isOnceoverError(foreign)).toBe(true);
    expect(errorCode(foreign)).toBe("timeout");
    expect(isOnceoverError(new Error("x"))).toBe(false);
    expect(errorCode(new Error("x"))).toBe("internal");
  });

  it("is described in one line, with what to do", () => {
    const error = new OnceoverError("missing-key", "No API key.", { advice: "Set ONCEOVER_API_KEY." });
    expect(describeError(error)).toBe("No API key. Set ONCEOVER_API_KEY.");
    expect(describeError("odd")).toBe("odd");
  });
});
