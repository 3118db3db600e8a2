// What a model claims, seen in a real window: confirmed, refuted and left open.
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatRequest } from "../support/providerSimulator/chatRequest.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { claimsIn } from "../support/providerSimulator/refuterReply.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";

const CODE = `export function first(list: number[]) {
  return list[0].toFixed(2);
}

export function second(list: number[]) {
  if (list.length < 2) throw new Error("too short");
  return list[1].toFixed(2);
}

export function third(find: () => number[]) {
  return find()[2].toFixed(2);
}
`;

const CLAIMS = [
  { quote: "return list[0].toFixed(2);", title: "An empty list ends the program" },
  { quote: "return list[1].toFixed(2);", title: "A list of one ends the program" },
  { quote: "return find()[2].toFixed(2);", title: "A short answer ends the program" },
];

const VERDICTS = [
  { verdict: "confirmed", evidence: "return list[0].toFixed(2);", reason: "Nothing checks the length." },
  {
    verdict: "refuted",
    evidence: 'if (list.length < 2) throw new Error("too short");',
    reason: "The length is checked before.",
  },
  { verdict: "undecided", evidence: null, reason: "What find gives is not shown." },
];

function reply(request: ChatRequest): string {
  const claims = claimsIn(request.lastUserText);
  if (claims.length > 0) {
    const verdicts = claims.map(({ number, quote }) => ({
      claim: number,
      ...VERDICTS[CLAIMS.findIndex((one) => one.quote === quote)],
    }));
    return JSON.stringify({ verdicts });
  }
  const findings = CLAIMS.map((claim) => ({
    ...claim,
    category: "bug",
    severity: "error",
    scenario: "The list is too short.",
    explanation: "Nothing is there to be read.",
    fix: null,
    confidence: 0.8,
    needs: null,
  }));
  return JSON.stringify({ summary: "Reads lists.", findings });
}

let simulator: Simulator;
let editor: Editor;
let workbench: Editor["workbench"];

beforeAll(async () => {
  simulator = await createProviderSimulator({ reply, key: null });
  editor = await openEditor({
    simulator,
    files: { "lists.ts": CODE },
    settings: { "onceover.refuter": true, "editor.hover.delay": 100 },
  });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

test("only confirmed errors are errors in Problems; what is open is a warning, what is refuted is not there", async () => {
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.dialog().getByRole("button", { name: "Review 1 File" }).click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/cached$/);
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 1, infos: 0 });
  expect(simulator.requests).toHaveLength(2);
});

test("the hover of a confirmed error says so, with the reason", async () => {
  await workbench.openFile("lists.ts");
  const hover = await hoverOver("list[0].toFixed");
  const text = (await hover.innerText()).replaceAll(/\s+/g, " ");
  expect(text).toContain("Confirmed by a second look: Nothing checks the length.");
  await workbench.page.screenshot({ path: "out/screenshots/second-look-hover.png" });
  await workbench.page.keyboard.press("Escape");
});

test("the report lists what was refuted, with reason and evidence, apart from the findings", async () => {
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const report = await workbench.webview("section.findings");
  await report.locator("article").first().waitFor();
  expect(await report.locator("article").count()).toBe(2);
  expect(await report.locator("article").first().innerText()).toContain("Confirmed by a second look");
  await report.getByRole("button", { name: "Refuted (1)" }).click();
  const item = report.locator("section.refuted li");
  expect((await item.innerText()).replaceAll(/\s+/g, " ")).toMatch(
    /A list of one ends the program .*lists\.ts:7 .*Why not: The length is checked before\. .*too short/,
  );
  for (const kind of ["light", "high contrast dark", "dark"] as const) {
    await workbench.theme(kind);
    await item.scrollIntoViewIfNeeded();
    await workbench.page.screenshot({ path: `out/screenshots/refuted-${kind.replaceAll(" ", "-")}.png` });
  }
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

test("run again, nothing is asked and the report is the same", async () => {
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/100 % cached$/);
  expect(simulator.requests).toHaveLength(2);
  expect(await workbench.problems()).toEqual({ errors: 1, warnings: 1, infos: 0 });
});

async function hoverOver(code: string): Promise<Locator> {
  const hover = workbench.page.locator(".monaco-hover:visible", { hasText: "Onceover" });
  await expect
    .poll(async () => {
      await workbench.page.mouse.move(5, 5);
      await workbench.page.locator(".view-line", { hasText: code }).hover({ position: { x: 90, y: 8 } });
      return hover.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  return hover;
}
