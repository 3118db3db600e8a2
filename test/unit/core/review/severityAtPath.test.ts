import { describe, expect, it } from "vitest";
import type { ContentFinding } from "../../../../src/core/offline/analysis.ts";
import { severityAtPath } from "../../../../src/core/review/severityAtPath.ts";
import { openEngine, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const finding = (given: Partial<ContentFinding>): ContentFinding => ({
  id: "0",
  severity: "error",
  category: "security",
  rule: "private-key",
  title: "",
  detail: "",
  quote: "",
  fix: null,
  confidence: 1,
  source: "offline",
  startLine: 1,
  endLine: 1,
  startColumn: 1,
  endColumn: 2,
  ...given,
});

describe("severity at a path", () => {
  it.each(["test/a.go", "pkg/a_test.go", "demo/a.go", "fixtures/a.go", "vendor/a.go", "db/migrate/1_a.rb"])(
    "is a remark in %s",
    (path) => {
      expect(severityAtPath(finding({}), path)).toBe("info");
    },
  );

  it("stays in the product, and in tests for what is about tests", () => {
    expect(severityAtPath(finding({}), "src/a.go")).toBe("error");
    expect(severityAtPath(finding({ category: "test" }), "test/a.go")).toBe("error");
  });

  it("stays in scripts but for what harms only who runs them", () => {
    expect(severityAtPath(finding({}), "scripts/a.js")).toBe("error");
    expect(severityAtPath(finding({ rule: "shell-injection", severity: "warning" }), "scripts/a.js")).toBe("info");
    expect(severityAtPath(finding({ rule: "complex-function", severity: "warning" }), "tools/a.py")).toBe("info");
    expect(severityAtPath(finding({ rule: "shell-injection", severity: "warning" }), "src/a.js")).toBe("warning");
  });

  it("is a remark in a library that is kept under an ordinary name, in a run of all files and of one", async () => {
    const text = "export function f(a: number) {\n  if (a = 1) {\n    return 1;\n  }\n  return 2;\n}\n";
    const kept = "src/editor/lib/recreate/step.ts";
    const files = { "src/a.ts": text, [kept]: text, "src/editor/lib/recreate/LICENSE": "MIT", LICENSE: "MIT" };
    const folder = temporaryFolder(files);
    const engine = await openEngine();
    const severities = async (only?: string[]) => {
      const { findings } = await engine.run({ ...requestFor(folder), ...(only && { only }) });
      return findings.map(({ path, severity }) => [path, severity]);
    };
    expect(await severities()).toEqual([
      ["src/a.ts", "warning"],
      [kept, "info"],
    ]);
    expect(await severities([kept])).toEqual([[kept, "info"]]);
    expect(await severities(["src/a.ts"])).toEqual([["src/a.ts", "warning"]]);
  });

  it("changes no identity, also when the same content comes from the store", async () => {
    const text = "export function f(a: number) {\n  if (a = 1) {\n    return 1;\n  }\n  return 2;\n}\n";
    const folder = temporaryFolder({ "src/a.ts": text, "test/a.ts": text });
    const engine = await openEngine();
    for (let run = 0; run < 2; run++) {
      const { findings } = await engine.run(requestFor(folder));
      const shown = (path: string) => findings.filter((one) => one.path === path);
      expect(shown("src/a.ts").map(({ severity }) => severity)).toEqual(["warning"]);
      expect(shown("test/a.ts").map(({ severity }) => severity)).toEqual(["info"]);
      expect(shown("test/a.ts")[0]!.id).toBe(shown("src/a.ts")[0]!.id);
    }
    const strict = await openEngine({ settings: { minimumSeverity: "warning" } });
    const graver = await strict.run(requestFor(folder));
    expect(graver.findings.map(({ path }) => path)).toEqual(["src/a.ts"]);
  });
});
