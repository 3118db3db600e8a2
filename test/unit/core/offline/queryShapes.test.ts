import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const rules = path.join(import.meta.dirname, "../../../../src/core/offline/rules");
/** A list of operators behind an operand that may be anything: each step into a chain of operators multiplies them. */
const MULTIPLIES = /\(_\)(?: @\w+)?\s+operators?: \[/;

describe("a rule's query", () => {
  it("grows with its file, not with the square of the longest chain of operators", () => {
    const files = fs.readdirSync(rules, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".scm"));
    expect(files.length).toBeGreaterThan(100);
    const slow = files.filter((name) => MULTIPLIES.test(fs.readFileSync(path.join(rules, name), "utf8")));
    expect(slow).toEqual([]);
  });
});
