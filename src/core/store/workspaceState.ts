/** A hash of all that a workspace's report rests on. Runs in the store's thread. */
import { hash } from "node:crypto";
import path from "node:path";
import { VERSION } from "../../shared/version.ts";
import type { FileStats } from "../workspace/snapshot.ts";
import { mayBeRacy, stampOf } from "../workspace/stamps.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { allDismissals } from "./allDismissals.ts";
import type { ListedFolders } from "./snapshotFolders.ts";
import type { PlanRequest, WorkspaceContext } from "./plan.ts";
import type { StoreParts } from "./storeParts.ts";

interface LookedAt extends ListedFolders {
  readonly contexts: readonly WorkspaceContext[];
  readonly now: () => number;
}

/** The last state of a workspace, and what of it is known without a look at its files. */
export interface KnownState {
  readonly state: string;
  readonly beside: string;
}

/** What the repository itself says about what is reviewed and shown; it may stand there without being listed. */
const SAYINGS = [".onceoverignore", ".onceover/baseline.json"];

/**
 * Stamps stand for contents, as they do in the index. Settings, versions, dismissals and the workspace's description
 * are in it too.
 * @returns null: the request is about some files only, a file cannot be looked at, or one may change unseen
 */
export function workspaceState(parts: StoreParts, request: PlanRequest, looked: LookedAt): KnownState | null {
  const { folders, only, under, since, useCache, repeatable } = request;
  if (!repeatable || only || under || since !== null || !useCache) return null;
  const nowMs = looked.now();
  const beside = besideFiles(parts, request, looked.contexts);
  const lines: string[] = [beside];
  for (const at of folders.keys()) if (!addFiles(lines, looked.listed[at]!, looked.stats[at]!, nowMs)) return null;
  return { state: hash("sha256", lines.join("\n"), "hex"), beside };
}

/** A hash of all but the files that are reviewed. */
export function besideFiles(
  parts: Pick<StoreParts, "dismissals">,
  request: PlanRequest,
  contexts: readonly WorkspaceContext[],
): string {
  const { folders, trusted, recipe } = request;
  const lines: string[] = [
    JSON.stringify([VERSION, { ...request, withoutMissing: null }]),
    JSON.stringify(allDismissals(parts, { folders, trusted })),
  ];
  for (const [at, folder] of folders.entries()) {
    // Without a model the description is sent nowhere.
    lines.push(recipe === null ? "" : contexts[at]!.hash);
    if (trusted) lines.push(...SAYINGS.map((name) => contentHash(folder.path, name)));
  }
  return hash("sha256", lines.join("\n"), "hex");
}

/** False: there is one whose state is not certain. */
function addFiles(lines: string[], relatives: readonly string[], stats: readonly FileStats[], nowMs: number): boolean {
  for (const [at, relative] of relatives.entries()) {
    const one = stats[at];
    if (typeof one === "string" || (one && mayBeRacy(Number(one.mtimeMs), nowMs))) return false;
    // A name may hold a line's end; it cannot hold NUL.
    lines.push(`${relative}\0${one ? stampOf(one) : ""}`);
  }
  return true;
}

function contentHash(root: string, relative: string): string {
  try {
    return hash("sha256", readRegularFile(path.join(root, relative), root), "hex");
  } catch {
    return ""; // Not there, or it says nothing.
  }
}
