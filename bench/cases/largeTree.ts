/** Ten thousand findings in the tree: its data is made in portions, so that the extension host stays free meanwhile. */
import { setImmediate } from "node:timers/promises";
import { createFindingsIndex, PORTION } from "../../src/extension/findingsIndex.ts";
import { describeRow } from "../../src/extension/findingsLabels.ts";
import { createRows } from "../../src/extension/findingsRows.ts";
import { createFindingsStore, type FileState } from "../../src/extension/findingsStore.ts";
import type { RunEventBody } from "../../src/shared/events.ts";
import { scriptedFinding } from "../../test/support/scriptedRun.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow, Sample } from "../harness.ts";

const findingCount = 10_000;
const findingsPerFile = 4;
const severities = ["error", "warning", "info"] as const;

interface Scope extends AsyncDisposable {
  readonly files: ReadonlyMap<string, FileState>;
}

/** As a run leaves them: every file has ended with its findings. */
async function openScope(): Promise<Scope> {
  const store = createFindingsStore();
  for (let file = 0; file < findingCount / findingsPerFile; file++) {
    const path = `src/area${file % 40}/module${file}.ts`;
    const findings = Array.from({ length: findingsPerFile }, (_, index) =>
      scriptedFinding({ path, severity: severities[(file + index) % 3]!, startLine: 10 * index + 1 }),
    );
    const end: RunEventBody = {
      type: "file-end",
      path,
      status: "reviewed",
      reason: null,
      language: "typescript",
      sizeBytes: 0,
      durationMs: 0,
      model: null,
      costUsd: 0,
      summary: null,
      findings,
    };
    store.apply({ ...end, runId: "run", seq: file + 1, monotonicMs: file });
  }
  const scope: Scope = { files: store.files(), async [Symbol.asyncDispose]() {} };
  // The first time everything is compiled.
  for (let time = 0; time < 3; time++) await row("warm-up", PORTION).measure(scope);
  return scope;
}

/** Opens the tree as its view does: the index in tasks of one portion each, then the rows that it asks for first. */
function row(name: string, portion: number): BenchRow<Scope> {
  return {
    name,
    async measure({ files }): Promise<Sample> {
      const tasksMs: number[] = [];
      const task = <T>(work: () => T): T => {
        const startedMs = performance.now();
        const result = work();
        tasksMs.push(performance.now() - startedMs);
        return result;
      };
      const startedMs = performance.now();
      const index = task(() => createFindingsIndex(files, { isShown: () => true, isUnsaved: () => false }));
      while (!task(() => index.advance(portion))) await setImmediate();
      const model = task(() => index.model());
      const shown = task(() => createRows().top(model.roots).map(describeRow));
      const totalMs = performance.now() - startedMs;
      if (model.findings !== findingCount || shown.length === 0)
        throw new Error("The tree does not hold all findings.");
      // What is compared is how long the host is held up at a time, not how long it takes in all.
      return { wallMs: Math.max(...tasksMs), figures: { totalMs, tasks: tasksMs.length, rows: shown.length } };
    },
  };
}

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;

export const largeTree = defineCase<Scope>({
  name: "tree-10000",
  title: "Ten thousand findings: the longest task of making the tree's data and its first rows",
  conditions: `${findingCount} findings in ${findingCount / findingsPerFile} files, in one process; without what VS Code does with the rows`,
  baseline: "in one task",
  figures: [
    { key: "totalMs", heading: "in all", format: milliseconds },
    { key: "tasks", heading: "tasks", format: String },
    { key: "rows", heading: "first rows", format: String },
  ],
  openScope,
  rows: [
    row("in one task", findingCount),
    row(`portions of ${2 * PORTION}`, 2 * PORTION),
    row(`portions of ${PORTION}, as it is`, PORTION),
  ],
});
