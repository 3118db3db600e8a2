/** Whether a person has dismissed a finding. Pure. */
import type { Dismissal } from "../../../shared/dismissal.ts";
import type { Finding } from "../../../shared/report.ts";
import type { Folder } from "../../engine.ts";

type Placed = Pick<Finding, "id" | "path" | "rule">;

/** @param folders tell which paths belong together when a file has moved */
export function createDismissedCheck(
  dismissals: readonly Dismissal[],
  folders: readonly Pick<Folder, "prefix">[],
): (finding: Placed) => boolean {
  const exact = new Set(dismissals.map((one) => keyOf(one.path, one.id, one.rule)));
  const moved = new Set(
    dismissals
      .filter((one) => one.isMoved && one.id !== null)
      .map((one) => keyOf(prefixOf(one.path, folders), one.id, "")),
  );
  if (exact.size === 0) return () => false;
  return ({ id, path, rule }) =>
    exact.has(keyOf(path, id, rule)) ||
    exact.has(keyOf(path, null, rule)) ||
    moved.has(keyOf(prefixOf(path, folders), id, ""));
}

/** With an id the rule does not matter: a finding keeps its id while rules are renamed. */
function keyOf(place: string, id: string | null, rule: string): string {
  return JSON.stringify(id === null ? [place, null, rule] : [place, id]);
}

function prefixOf(path: string, folders: readonly Pick<Folder, "prefix">[]): string {
  return folders.find((folder) => path.startsWith(folder.prefix))?.prefix ?? "";
}
