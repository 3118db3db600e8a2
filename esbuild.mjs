// Builds everything that ships into one flat `dist`: the wiring entries, the lazy engine and its chunks, the worker
// entries, the webview and the data files. `--watch` rebuilds on change.
import { build as bundle, context } from "esbuild";
import fs from "node:fs";
import path from "node:path";

const watch = process.argv.includes("--watch");
const production = !watch;

// Chunks are ES modules, but some dependencies are CommonJS and call require() for Node's own modules.
const requireBanner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** What our own code uses of Node's modules whose rest takes long to load. */
const BUILTINS = { "node:fs": "default", "node:crypto": "createHash, hash, randomBytes, randomUUID" };

/**
 * An import of one of Node's modules evaluates all of its exports: of `node:fs` the promises with all that they need, of
 * `node:crypto` the web's. Asked for by name, a module loads what is used (measured: a fifth of what a start adds to an
 * empty process).
 */
const lightBuiltins = {
  name: "light-builtins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(fs|crypto)$/ }, ({ path: name, importer }) =>
      importer.includes(`${path.sep}src${path.sep}`) ? { path: name, namespace: "builtin" } : null,
    );
    onLoad({ filter: /.*/, namespace: "builtin" }, ({ path: name }) => {
      const builtin = `process.getBuiltinModule("${name}")`;
      const names = BUILTINS[name];
      return { contents: names === "default" ? `export default ${builtin}` : `export const { ${names} } = ${builtin}` };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
export const nodeBuild = {
  entryPoints: {
    extension: "src/extension/main.ts",
    cli: "src/cli/main.ts",
    // Never loaded by name: both import it lazily. As an entry its file keeps one name over builds.
    engine: "src/core/engineFactory.ts",
    storeWorker: "src/core/store/storeWorker.ts",
    analysisWorker: "src/core/offline/analysisWorker.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  chunkNames: "[name]-[hash]",
  external: ["vscode"],
  banner: { js: requireBanner },
  plugins: [lightBuiltins],
  minify: production,
  sourcemap: watch,
  metafile: true,
  logLevel: "warning",
};

/** @type {import("esbuild").BuildOptions} */
export const webviewBuild = {
  entryPoints: { panel: "src/webview/panel/main.tsx", report: "src/webview/report/main.tsx" },
  outdir: "dist/webview",
  bundle: true,
  splitting: true,
  chunkNames: "[name]-[hash]",
  format: "esm",
  platform: "browser",
  target: "chrome130",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".ttf": "file" },
  assetNames: "[name]",
  minify: production,
  sourcemap: watch,
  metafile: true,
  logLevel: "warning",
};

/** What a start waits for. */
const JOINED = new Set(["src/extension/main.ts", "src/cli/runProcess.ts", "src/cli/analyzeCommand.ts"]);

/**
 * The chunks that such an entry needs at once are put into it: each file more is another turn on a thread that, while an
 * editor starts, all extensions share (measured: 10 files took half as long again as one), and a millisecond of the
 * command line's start. What is imported lazily stays where it is.
 */
async function joinEntry(file) {
  const lazyStaysOutside = {
    name: "lazy-stays-outside",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\// }, ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : null));
    },
  };
  const { platform, target, format, external, minify, logLevel } = nodeBuild;
  const options = { platform, target, format, external, minify, logLevel, plugins: [lazyStaysOutside] };
  await bundle({ ...options, entryPoints: [file], outfile: file, bundle: true, allowOverwrite: true });
}

function copyAssets() {
  const grammars = "node_modules/@vscode/tree-sitter-wasm/wasm";
  const wanted = [
    "typescript",
    "tsx",
    "javascript",
    "python",
    "go",
    "java",
    "rust",
    "c-sharp",
    "cpp",
    "php",
    "ruby",
    "bash",
    "powershell",
  ];
  fs.mkdirSync("dist/grammars", { recursive: true });
  for (const name of wanted) {
    fs.copyFileSync(path.join(grammars, `tree-sitter-${name}.wasm`), `dist/grammars/tree-sitter-${name}.wasm`);
  }
  fs.copyFileSync("node_modules/web-tree-sitter/web-tree-sitter.wasm", "dist/grammars/web-tree-sitter.wasm");

  // As src/core/offline/ruleAsset.ts packs them, byte for byte: the text is part of cache keys.
  const folder = "src/core/offline/rules";
  const rules = {};
  for (const rule of fs.readdirSync(folder).toSorted()) {
    for (const file of fs.readdirSync(path.join(folder, rule)).toSorted()) {
      rules[`${rule}/${file}`] = fs.readFileSync(path.join(folder, rule, file), "utf8");
    }
  }
  fs.writeFileSync("dist/rules.json", JSON.stringify(rules));

  const queries = "src/core/workspace/outline/queries";
  const outlines = fs.readdirSync(queries).map((file) => [file, fs.readFileSync(path.join(queries, file), "utf8")]);
  fs.writeFileSync("dist/outlines.json", JSON.stringify(Object.fromEntries(outlines)));
}

export async function build() {
  // The packaged extension stays: only what a build makes is made anew.
  for (const name of fs.existsSync("dist") ? fs.readdirSync("dist") : []) {
    if (!name.endsWith(".vsix")) fs.rmSync(`dist/${name}`, { recursive: true, force: true });
  }
  copyAssets();
  const contexts = await Promise.all([context(nodeBuild), context(webviewBuild)]);
  const results = await Promise.all(contexts.map((one) => one.rebuild()));
  fs.mkdirSync("out", { recursive: true });
  fs.writeFileSync("out/meta.json", JSON.stringify(results[0].metafile));
  fs.writeFileSync("out/meta-webview.json", JSON.stringify(results[1].metafile));
  if (watch) {
    await Promise.all(contexts.map((one) => one.watch()));
    return;
  }
  await Promise.all(contexts.map((one) => one.dispose()));
  const { outputs } = results[0].metafile;
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (JOINED.has(entryPoint)) await joinEntry(file);
}

if (process.argv[1] && import.meta.filename === fs.realpathSync(process.argv[1])) await build();
