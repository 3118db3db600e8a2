/** What of a window has to do with stored data. */
import type * as vscode from "vscode";
import type { Engine } from "../../core/engine.ts";
import type { Logger } from "../../core/ports.ts";
import type { FindingsStore } from "../findingsStore.ts";
import type { Lazy } from "../lazy.ts";
import { createConsents, createWorkspaceMemory } from "../memory.ts";
import type { RunMirror } from "../runMirror.ts";
import type { KeyRing } from "../secrets.ts";
import type { StoredData } from "./storedData.ts";
import { listStoredKeys, type KeyVault } from "./storedKeys.ts";
import type { NoteStore } from "./storedNotes.ts";
import type { WindowRuns } from "../windowRuns.ts";

export interface DataWindow {
  /** Notes for all workspaces, and for this one. */
  readonly globalState: NoteStore;
  readonly workspaceState: NoteStore;
  readonly secrets: KeyVault;
  readonly keys: KeyRing;
  readonly logger: Logger;
  /** Absolute. */
  readonly logFolder: string;
  engine(): Promise<Engine>;
  isRunning(): boolean;
  /** Resolves when the run is over; at once when there is none. */
  cancel(): Promise<void>;
  /** From now on nothing of an earlier run is shown. */
  clearFindings(): void;
}

export interface DataWindowParts extends Pick<DataWindow, "keys" | "logger"> {
  readonly context: Pick<vscode.ExtensionContext, "globalState" | "workspaceState" | "secrets" | "logUri">;
  readonly mirror: RunMirror;
  readonly findings: FindingsStore;
  readonly runs: Lazy<WindowRuns>;
}

export function createDataWindow({ context, keys, logger, mirror, findings, runs }: DataWindowParts): DataWindow {
  const { globalState, workspaceState, secrets, logUri } = context;
  return {
    globalState,
    workspaceState,
    secrets,
    keys,
    logger,
    logFolder: logUri.fsPath,
    engine: async () => (await runs.get()).engine(),
    isRunning: () => mirror.isActive(),
    cancel: async () => (await runs.peek())?.cancel(),
    clearFindings() {
      findings.clear();
      mirror.forget();
      mirror.restoreRecent([]);
      void runs.peek()?.then(async (made) => (await made.watch()).forgetTrace());
    },
  };
}

export async function readStoredData(window: DataWindow): Promise<StoredData> {
  const engine = await window.engine();
  const [stats, keys] = await Promise.all([engine.cache.stats(), listStoredKeys(window.secrets)]);
  const agreements = createConsents(window.globalState).list();
  const recentRuns = createWorkspaceMemory(window.workspaceState).recentRuns().length;
  return { stats, keys, agreements, recentRuns };
}
