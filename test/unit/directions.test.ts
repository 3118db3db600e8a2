import fs from "node:fs";
import path from "node:path";
import { build, type Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { nodeBuild, webviewBuild } from "../../esbuild.mjs";
import { VERSION } from "../../src/shared/version.ts";

/** Packages that cost too much to load with an entry: reachable by dynamic import or from a worker alone. */
const HEAVY =
  /node_modules\/(openai|@anthropic-ai|ollama|bullmq|web-tree-sitter|@vscode\/tree-sitter-wasm|@secretlint|@pydantic|zod|@textlint)\//;

let meta: Metafile;
let webviewMeta: Metafile;

beforeAll(async () => {
  const [node, webview] = await Promise.all(
    [nodeBuild, webviewBuild].map((options) => build({ ...options, write: false, logLevel: "silent" })),
  );
  meta = node!.metafile!;
  webviewMeta = webview!.metafile!;
});

type Follow = "static" | "all";

/** Every source reached from `entry`, with the shortest way to it. */
function reach(metafile: Metafile, entry: string, follow: Follow): Map<string, string[]> {
  const ways = new Map([[entry, [entry]]]);
  for (const [file, way] of ways) {
    for (const edge of metafile.inputs[file]?.imports ?? []) {
      if (follow === "static" && edge.kind === "dynamic-import") continue;
      if (!ways.has(edge.path)) ways.set(edge.path, [...way, edge.path]);
    }
  }
  return ways;
}

function offenders(metafile: Metafile, entry: string, follow: Follow, forbidden: RegExp): string[] {
  return [...reach(metafile, entry, follow)].filter(([file]) => forbidden.test(file)).map(([, way]) => way.join(" → "));
}

/** Without helpers that the bundler itself adds. */
function importsOf(metafile: Metafile, file: string): readonly { readonly path: string }[] {
  return (metafile.inputs[file]?.imports ?? []).filter((edge) => edge.path !== "<runtime>");
}

const sourcesIn = (folder: string) => Object.keys(meta.inputs).filter((file) => file.startsWith(folder));

describe("dependency directions", () => {
  it("shared imports nothing but itself", () => {
    for (const file of [
      ...sourcesIn("src/shared/"),
      ...Object.keys(webviewMeta.inputs).filter((one) => one.startsWith("src/shared/")),
    ]) {
      const metafile = meta.inputs[file] ? meta : webviewMeta;
      for (const { path: target } of importsOf(metafile, file)) expect(target, file).toMatch(/^src\/shared\//);
    }
  });

  it("core imports neither vscode nor the surfaces", () => {
    for (const file of sourcesIn("src/core/")) {
      for (const { path: target } of meta.inputs[file]!.imports)
        expect(target, file).not.toMatch(/^vscode$|^src\/(cli|extension|webview)\//);
    }
  });

  it("the command line never reaches vscode or the extension", () => {
    expect(offenders(meta, "src/cli/main.ts", "all", /^vscode$|^src\/(extension|webview)\//)).toEqual([]);
  });

  it("the extension reaches core by the engine alone, and only dynamically", () => {
    expect(offenders(meta, "src/extension/main.ts", "static", /^src\/core\//)).toEqual([]);
    const doors = sourcesIn("src/extension/").flatMap((file) =>
      meta.inputs[file]!.imports.map((edge) => edge.path).filter((one) => one.startsWith("src/core/")),
    );
    expect([...new Set(doors)]).toEqual(["src/core/engineFactory.ts"]);
  });

  it("the webview imports shared alone", () => {
    for (const file of Object.keys(webviewMeta.inputs).filter((one) => one.startsWith("src/"))) {
      expect(file).toMatch(/^src\/(webview|shared)\//);
    }
  });

  it("entries do not load what is heavy", () => {
    for (const entry of ["src/extension/main.ts", "src/cli/main.ts", "src/core/engineFactory.ts"]) {
      expect(offenders(meta, entry, "static", HEAVY)).toEqual([]);
    }
  });

  it("the database is opened in the store's worker alone", () => {
    for (const entry of ["src/extension/main.ts", "src/cli/main.ts", "src/core/offline/analysisWorker.ts"]) {
      expect(offenders(meta, entry, "all", /^node:sqlite$/)).toEqual([]);
    }
    expect(offenders(meta, "src/core/store/storeWorker.ts", "static", /^node:sqlite$/)).not.toEqual([]);
  });
});

describe("the version", () => {
  it("is the package's", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "../../package.json"), "utf8")) as {
      version: string;
    };
    expect(VERSION).toBe(manifest.version);
  });
});
