// The walkthrough: opened by its command, read step by step, and ticked off by what people do.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { ThemeKind, Workbench } from "../support/vscode/workbench.ts";

const patience = { timeout: 60_000 };
const steps = ["review", "findings", "model", "cost", "keep"];

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({ corpus: "express" });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

test("its command opens it with all steps, each with a picture and words", async () => {
  // Beside a side bar VS Code leaves the pictures out of so narrow a window.
  await workbench.command("workbench.action.closeSidebar", "View: Close Primary Side Bar");
  await workbench.commandByKeyboard("onceover.getStarted", "Onceover: Get Started");
  await workbench.page.locator(".gettingStartedContainer", { hasText: "Get Started with Onceover" }).waitFor();
  await expect.poll(() => stepIds(), patience).toEqual(steps);
  for (const id of steps) {
    await openStep(id);
    const picture = await workbench.webview("svg");
    expect(await picture.locator("svg").getAttribute("viewBox"), id).toBe("0 0 480 320");
  }
  expect(await texts()).not.toMatch(/%[\w.]+%/);
});

test("every step in every theme, for people to look at", async () => {
  for (const kind of ["dark", "light", "high contrast dark", "high contrast light"] satisfies ThemeKind[]) {
    await workbench.theme(kind);
    for (const id of steps) {
      await openStep(id);
      await workbench.webview("svg");
      await workbench.screenshot(`out/screenshots/walkthrough-${id}-${kind.replaceAll(" ", "-")}.png`);
    }
  }
  await workbench.theme("dark");
});

test("the first review ticks its step off", async () => {
  await openStep("review");
  expect(await isDone("review")).toBe(false);
  await step("review").getByRole("button", { name: "Analyze Workspace" }).click();
  await expect.poll(() => workbench.statusText(meter), patience).toMatch(/findings? · offline$/);
  await expect.poll(() => isDone("review"), patience).toBe(true);
  expect(await isDone("cost")).toBe(false);
  await openStep("cost");
  await step("cost").getByRole("button", { name: "Show Performance" }).click();
  await expect.poll(() => isDone("cost"), patience).toBe(true);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

function step(id: string) {
  return workbench.page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
}

async function openStep(id: string): Promise<void> {
  if ((await step(id).getAttribute("aria-expanded")) !== "true") await step(id).locator(".step-title").click();
  await step(id).and(workbench.page.locator(".expanded")).waitFor();
}

async function stepIds(): Promise<string[]> {
  const ids = await workbench.page
    .locator(".getting-started-step[data-step-id]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-step-id") ?? ""));
  return ids.map((id) => id.split("#").at(-1) ?? "");
}

async function isDone(id: string): Promise<boolean> {
  return (await step(id).locator(".codicon.complete").count()) > 0;
}

async function texts(): Promise<string> {
  return workbench.page.locator(".gettingStartedContainer").innerText();
}
