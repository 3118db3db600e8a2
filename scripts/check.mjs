// `npm run check`: types, lint, format, unused code. Runs all of them, then says which failed.
import { requireNode } from "./requireNode.mjs";
import { runNode, runTool } from "./runTool.mjs";

requireNode();

const checks = {
  "types (Node)": () => runTool("typescript", ["--noEmit", "-p", "."], "tsc"),
  "types (webview)": () => runTool("typescript", ["--noEmit", "-p", "src/webview"], "tsc"),
  lint: () => runTool("oxlint", ["--deny-warnings"]),
  format: () => runTool("oxfmt", ["--check", "."]),
  "unused code": () => runTool("knip", []),
  translations: () => runNode(["scripts/translations.mjs"]),
};

const failed = Object.entries(checks).filter(([name, check]) => {
  const startedAtMs = performance.now();
  const passed = check();
  console.log(`${passed ? "ok    " : "FAILED"} ${name} (${Math.round(performance.now() - startedAtMs)} ms)`);
  return !passed;
});

if (failed.length > 0) {
  console.error(`check: ${failed.map(([name]) => name).join(", ")} failed`);
  process.exitCode = 1;
}
