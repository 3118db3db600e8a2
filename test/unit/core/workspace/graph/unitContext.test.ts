import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contextLimit, unitContext, type OutlinedFile } from "../../../../../src/core/workspace/graph/unitContext.ts";
import { createImportResolver } from "../../../../../src/core/workspace/imports/importResolver.ts";
import { createPathIndex } from "../../../../../src/core/workspace/imports/pathIndex.ts";
import type { OutlineImport, OutlineSymbol } from "../../../../../src/core/workspace/outline/outline.ts";

const symbol = (name: string, patch: Partial<OutlineSymbol> = {}): OutlineSymbol => ({
  name,
  kind: "function",
  container: "",
  exported: true,
  start: 0,
  end: 0,
  nameStart: 0,
  doc: "",
  signature: `function ${name}()`,
  ...patch,
});

const SIZE = 10_000;

interface Sketch {
  readonly symbols?: readonly OutlineSymbol[];
  readonly imports?: readonly OutlineImport[];
  readonly free?: readonly string[];
  readonly properties?: readonly string[];
  readonly defaultExport?: string;
}

function contextIn(files: Record<string, Sketch>, path: string, language = "typescript") {
  const paths = Object.keys(files);
  const index = createPathIndex(paths);
  const looked: string[] = [];
  const find = (at: string): OutlinedFile | undefined => {
    looked.push(at);
    const sketch = files[at];
    return (
      sketch && {
        language,
        sizeBytes: SIZE,
        outline: { symbols: [], imports: [], free: [], namespaces: [], properties: [], defaultExport: "", ...sketch },
      }
    );
  };
  const resolver = createImportResolver({ paths, readConfig: () => undefined });
  const context = unitContext(path, find(path)!, { resolver, find, inFolder: (folder) => index.inFolder(folder) });
  return { ...context, looked };
}

const uses = (source: string, ...used: string[]): OutlineImport => ({ source, names: [], used, members: [] });
const passesOn = (source: string, name: string): OutlineImport => ({
  source,
  names: [{ name, local: "" }],
  used: [name],
  members: [],
});

describe("a unit's context", () => {
  it("is the signatures of what is used, with the members of what is used", () => {
    const inClass = { container: "K", kind: "method" };
    const { text, symbols, consulted } = contextIn(
      {
        "a.ts": { imports: [uses("./b", "K"), uses("./c", "none")], properties: ["m"] },
        "b.ts": {
          symbols: [
            symbol("f"),
            symbol("K", { signature: "class K" }),
            symbol("m", { ...inClass, signature: "m()" }),
            symbol("unasked", inClass),
            symbol("hidden", { ...inClass, exported: false }),
            symbol("n", { container: "Other" }),
          ],
        },
        "c.ts": { symbols: [symbol("g")] },
      },
      "a.ts",
    );
    expect(text).toBe("class K\n  m()");
    expect(symbols.map(({ path, name }) => [path, name])).toEqual([["b.ts", "K"]]);
    expect(consulted).toEqual(["b.ts", "c.ts"]);
  });

  it("finds the default export under its own name, and what another file passes on", () => {
    const files = {
      "a.ts": { imports: [uses("./main", "default"), uses("./index", "deep")] },
      "main.ts": { symbols: [symbol("start", { exported: false }), symbol("other")], defaultExport: "start" },
      "index.ts": { imports: [passesOn("./all", "*"), passesOn("./no", "shallow")] },
      "all.ts": { imports: [passesOn("./deep", "deep")] },
      "deep.ts": { symbols: [symbol("deep"), symbol("unused")] },
      "no.ts": { symbols: [symbol("shallow")] },
    };
    const { text, consulted } = contextIn(files, "a.ts");
    expect(text).toBe("function deep()\n\nfunction start()");
    expect(consulted).toEqual(["all.ts", "deep.ts", "index.ts", "main.ts"]);
  });

  it("takes of a file that is used as a whole what is named here", () => {
    const files = {
      "a.c": { imports: [uses("h.h", "*")], free: ["open", "other"] },
      "h.h": { symbols: [symbol("open"), symbol("close")] },
    };
    expect(contextIn(files, "a.c", "c").text).toBe("function open()");
  });

  it("knows that a package's files see each other", () => {
    const files = {
      "p/a.go": { free: ["helper"] },
      "p/b.go": { symbols: [symbol("helper", { exported: false }), symbol("unrelated")] },
      "q/c.go": { symbols: [symbol("helper")] },
    };
    expect(contextIn(files, "p/a.go", "go").text).toBe("function helper()");
  });

  it("ends where files pass on to each other in a circle", () => {
    const files = {
      "a.ts": { imports: [uses("./b", "x")] },
      "b.ts": { imports: [passesOn("./c", "*")] },
      "c.ts": { imports: [passesOn("./b", "*")] },
    };
    expect(contextIn(files, "a.ts").text).toBe("");
  });

  it("depends on the texts alone: neither on the files' names nor on their order, and stays within its bound", () => {
    const block = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), fc.nat(), (blocks, seed) => {
        const build = (name: (at: number) => string, reversed: boolean) => {
          const entries = blocks.map((sizes, at): [string, Sketch] => [
            `${name(at)}.ts`,
            { symbols: sizes.map((size, n) => symbol(`s${at}_${n}`, { signature: `s${at}_${n}`.padEnd(size, "x") })) },
          ]);
          const imports = blocks.map((sizes, at) => uses(`./${name(at)}`, ...sizes.map((_, n) => `s${at}_${n}`)));
          const files = Object.fromEntries(reversed ? entries.toReversed() : entries);
          return contextIn({ ...files, "unit.ts": { imports: reversed ? imports.toReversed() : imports } }, "unit.ts");
        };
        const one = build((at) => `f${at}`, false);
        const other = build((at) => `g${(at * 7 + seed) % 1000}_${at}`, true);
        expect(other.text).toBe(one.text);
        expect(one.text.length).toBeLessThanOrEqual(contextLimit(SIZE));
      }),
      { numRuns: 100 },
    );
  });
});
