import { describe, expect, it } from "vitest";
import { addressProblem, keyProblem } from "../../../src/extension/inputProblems.ts";

describe("what is typed", () => {
  it("is an address without name, password or query", () => {
    expect(addressProblem("https://host/v1")).toBeNull();
    for (const bad of ["host", "ftp://host", "https://me:pw@host/v1", "https://host/v1?key=1", "https://host/#a"]) {
      expect(addressProblem(bad)).not.toBeNull();
    }
  });

  it("is a key that a header can carry", () => {
    expect(keyProblem(" abc-123 ")).toBeNull();
    expect(keyProblem("")).toBeNull();
    for (const bad of ["a b", "a\r\nx: y", "schlüssel", "\u200babc"]) expect(keyProblem(bad)).not.toBeNull();
  });
});
