import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDependencyGraph } from "../../../../../src/core/workspace/graph/dependencyGraph.ts";
import { createImportResolver } from "../../../../../src/core/workspace/imports/importResolver.ts";
import type { Outline, OutlineSymbol } from "../../../../../src/core/workspace/outline/outline.ts";

const FILES = ["a.ts", "b.ts", "c.ts", "d.ts", "e.ts"];
const newGraph = () => createDependencyGraph(createImportResolver({ paths: FILES, readConfig: () => undefined }));

/** A file that uses symbols of others. */
const using = (uses: Record<string, string[]>, symbols: OutlineSymbol[] = []): Outline => ({
  symbols,
  imports: Object.entries(uses).map(([path, used]) => ({ source: `./${path}`, names: [], used, members: [] })),
  free: [],
  namespaces: [],
  properties: [],
  defaultExport: "",
});

describe("the dependency graph", () => {
  it("knows users, fan-in and circles, and forgets a changed file's old edges", () => {
    const graph = newGraph();
    graph.set("a.ts", "typescript", using({ "b.ts": ["x", "y"], "c.ts": ["z"] }));
    graph.set("b.ts", "typescript", using({ "c.ts": ["*"] }));
    graph.set("c.ts", "typescript", using({ "a.ts": ["q"] }));
    expect(graph.dependenciesOf("a.ts")).toEqual([
      { path: "b.ts", symbols: ["x", "y"] },
      { path: "c.ts", symbols: ["z"] },
    ]);
    expect(graph.usersOf("c.ts")).toEqual(["a.ts", "b.ts"]);
    expect(graph.cycles()).toEqual([["a.ts", "b.ts", "c.ts"]]);
    graph.set("c.ts", "typescript", using({}));
    expect([graph.fanIn("a.ts"), graph.fanIn("c.ts"), graph.cycles()]).toEqual([0, 2, []]);
    graph.remove("a.ts");
    expect(graph.usersOf("c.ts")).toEqual(["b.ts"]);
  });

  it("is after any changes what it is when made anew, and its circles are those that walking finds", () => {
    const change = fc.tuple(fc.constantFrom(...FILES), fc.uniqueArray(fc.constantFrom(...FILES)));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const changed = newGraph();
        const latest = new Map<string, Outline>();
        for (const [path, used] of changes) {
          latest.set(path, using(Object.fromEntries(used.map((one) => [one, ["x"]]))));
          changed.set(path, "typescript", latest.get(path)!);
        }
        const fresh = newGraph();
        for (const [path, outline] of latest) fresh.set(path, "typescript", outline);
        for (const path of FILES) {
          expect(changed.dependenciesOf(path)).toEqual(fresh.dependenciesOf(path));
          expect(changed.usersOf(path)).toEqual(fresh.usersOf(path));
        }
        const reach = (from: string) => {
          const seen = new Set<string>();
          const visit = (at: string) => {
            for (const { path } of changed.dependenciesOf(at)) if (!seen.has(path)) visit((seen.add(path), path));
          };
          visit(from);
          return seen;
        };
        const walked = FILES.map((a) => FILES.filter((b) => reach(a).has(b) && reach(b).has(a))).filter(
          (g) => g.length > 1,
        );
        expect(new Set(changed.cycles().map(String))).toEqual(new Set(walked.map(String)));
      }),
    );
  });
});
