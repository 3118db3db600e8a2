import { expect, it } from "vitest";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { forgetShown } from "../../../src/extension/forgetShown.ts";
import { createWorkspaceMemory } from "../../../src/extension/memory.ts";
import { createRunMirror } from "../../../src/extension/runMirror.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { memento } from "./editorFakes.ts";
import { events, finding, report, runStart, view } from "./fixtures.ts";

async function shown() {
  const parts = {
    mirror: createRunMirror(),
    findings: createFindingsStore(),
    memory: createWorkspaceMemory(memento()),
  };
  const whole = report({ findings: [finding()] });
  parts.findings.load(whole);
  parts.mirror.restore(whole, view({}));
  await parts.memory.runEnded({ hasReport: true });
  return parts;
}

it("empties a window whose store another has erased, and its memory of it", async () => {
  const parts = await shown();
  forgetShown(parts);
  expect(parts.findings.files().size).toBe(0);
  expect([parts.mirror.lastReport(), parts.mirror.shown()]).toEqual([null, null]);
  expect(parts.memory.hasReport()).toBe(false);
});

it("leaves a run that has begun since alone", async () => {
  const parts = await shown();
  parts.mirror.begin(createRunReader);
  for (const event of events([runStart])) parts.mirror.push(event);
  forgetShown(parts);
  expect(parts.findings.files().size).toBe(1);
  expect(parts.mirror.current()?.state).toBe("running");
});
