import fs from "node:fs";
import { createRequire } from "node:module";
import type { Locator } from "playwright-core";

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core finds in the document that holds `root`: one line per broken rule.
 *
 * @param root its `html` element, of a page or of a frame in it
 */
export async function accessibilityProblems(root: Locator): Promise<string[]> {
  // Half a megabyte to compile, so once for each document. As an expression: a function that evaluates the text would be
  // stopped by the document's content policy.
  if (!(await root.evaluate(() => "axe" in globalThis))) await root.evaluate(axeSource);
  return root.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    }
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary ?? ""}`);
  });
}
