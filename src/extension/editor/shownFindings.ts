/** The findings of a place or an id, as they stand in the editor now. */
import type * as vscode from "vscode";
import type { Finding } from "../../shared/report.ts";
import type { FindingsStore } from "../findingsStore.ts";
import type { FindingRef } from "../findingRef.ts";
import type { LiveFindings, LivePlace } from "./liveFindings.ts";

export interface ShownFinding extends LivePlace {
  readonly finding: Finding;
}

export interface ShownFindings {
  /** Those that meet `range`, in the order of the report. */
  at(uri: vscode.Uri, range: vscode.Range): readonly ShownFinding[];
  byRef(ref: FindingRef): ShownFinding | undefined;
}

export function createShownFindings(
  store: FindingsStore,
  live: LiveFindings,
  pathOf: (uri: vscode.Uri) => string | undefined,
): ShownFindings {
  const shown = (finding: Finding): ShownFinding => ({ finding, ...live.placeOf(finding) });
  const findingsOf = (path: string | undefined) => store.files().get(path ?? "")?.findings ?? [];
  return {
    at: (uri, range) =>
      findingsOf(pathOf(uri))
        .map(shown)
        .filter((one) => one.range.intersection(range) !== undefined),
    byRef({ path, id }) {
      const finding = findingsOf(path).find((one) => one.id === id);
      return finding && shown(finding);
    },
  };
}
