/** A session made up for the test: three questions about one workspace, with edits in between. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openEngine } from "../../../support/engineFixture.ts";
import { initRepository } from "../../../support/gitRepository.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";
import { openEngineTools } from "../../../support/toolsFixture.ts";

type Entry =
  | { readonly tool: string; readonly parameters: object }
  | { readonly edit: string }
  | { readonly warm: true };

const SESSION = fs
  .readFileSync(path.join(import.meta.dirname, "fixtures/session.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Entry);

const WORKSPACE = Object.fromEntries(
  ["money", "bill", "tax", "cart", "shop"].map((name) => [
    `src/${name}.ts`,
    `import { round } from "./money.ts";\nexport const ${name} = (value: number) => round(value).toFixed(2);\n`,
  ]),
);

test("seven of ten calls are answered without running once the session is warm", async () => {
  const folder = temporaryFolder({
    ...WORKSPACE,
    "test/money.test.ts": "test('rounds', () => {});\n",
    "README.md": "# Shop\n\n## Rounding\nHalf up.\n",
  });
  initRepository(folder);
  const tools = await openEngineTools(await openEngine(), folder);
  const sources: string[] = [];
  for (const entry of SESSION) {
    if ("edit" in entry) fs.appendFileSync(path.join(folder, entry.edit), "// edited\n");
    else if ("warm" in entry) sources.length = 0;
    else sources.push((await tools.call(entry.tool, entry.parameters)).source);
  }
  const hits = sources.filter((source) => source !== "made").length;
  expect(sources.length).toBeGreaterThan(50);
  expect(hits / sources.length).toBeGreaterThanOrEqual(0.7);
  // Edits are in it: not everything can be a hit.
  expect(hits).toBeLessThan(sources.length);
});
