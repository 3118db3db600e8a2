import type { RunInputs } from "../../src/extension/runController.ts";
import type { Settings } from "../../src/shared/settings.ts";

/** What a run of a window is about that has one trusted folder open; nobody is asked about less than half a dollar. */
export function runInputsOf(folder: string, engine: Settings): RunInputs {
  return {
    settings: { engine, confirmAboveUsd: 0.5, memoryLimitBytes: 1e9, analyzeOnSave: "off" },
    folders: [{ path: folder, prefix: "" }],
    trusted: true,
  };
}
