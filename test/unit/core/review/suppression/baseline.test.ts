import { describe, expect, it } from "vitest";
import { parseBaseline, readBaseline } from "../../../../../src/core/review/suppression/baseline.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

describe("the baseline", () => {
  it("is a list of ids", () => {
    expect(parseBaseline('{"schema":"onceover.baseline/1","findings":["a","b"]}')).toEqual(["a", "b"]);
  });

  it.each([
    ["[", /not valid JSON/],
    ["null", /not an object/],
    ['{"findings":[]}', /schema/],
    ['{"schema":"onceover.baseline/1","findings":[1]}', /list of ids/],
  ])("says what is wrong with %s", (text, message) => {
    expect(() => parseBaseline(text)).toThrow(message);
  });

  it("may be missing; one that cannot be read hides nothing and says so", () => {
    expect(readBaseline(temporaryFolder())).toEqual({ ids: new Set(), problem: null });
    const broken = readBaseline(temporaryFolder({ ".onceover/baseline.json": "{" }));
    expect(broken.ids.size).toBe(0);
    expect(broken.problem).toMatch(/baseline\.json does not count: it is not valid JSON/);
  });
});
