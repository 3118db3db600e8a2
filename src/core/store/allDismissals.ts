/** What is dismissed on this machine and by the folders' teams, as one. Runs in the store's thread. */
import type { Dismissal, DismissalTarget, NewDismissal } from "../../shared/dismissal.ts";
import type { Folder, TrustedFolders } from "../engine.ts";
import { addShared, isShared, listShared, removeShared } from "./sharedDismissals.ts";
import type { StoreParts } from "./storeParts.ts";

type Parts = Pick<StoreParts, "dismissals" | "commit">;

export function allDismissals(
  { dismissals }: Pick<Parts, "dismissals">,
  { folders, trusted }: TrustedFolders,
): Dismissal[] {
  return [...dismissals.list(folders), ...(trusted ? listShared(folders) : [])];
}

/** Where a team shares what it ignores, one more goes there; all else stays on this machine. */
export async function dismiss(
  { dismissals, commit }: Parts,
  { folders, trusted }: TrustedFolders,
  added: readonly NewDismissal[],
  nowMs: number,
): Promise<void> {
  const shared = trusted ? folders.filter(isShared) : [];
  const byFolder = Map.groupBy(added, ({ path }) => shared.find((one) => isIn(one, path, folders)));
  for (const [folder, own] of byFolder) if (folder) addShared(folder, own, nowMs);
  const personal = byFolder.get(undefined) ?? [];
  if (personal.length > 0) await commit(() => dismissals.add(folders, personal));
}

export async function undismiss(
  { dismissals, commit }: Parts,
  { folders, trusted }: TrustedFolders,
  targets: readonly DismissalTarget[],
): Promise<number> {
  const removed = await commit(() => dismissals.remove(folders, targets));
  if (!trusted) return removed;
  return folders.reduce((sum, folder) => {
    const own = targets.filter(({ path }) => isIn(folder, path, folders));
    return sum + (own.length > 0 ? removeShared(folder, own) : 0);
  }, removed);
}

/** The files are written first: what is in both counts once, what is in neither would be lost. */
export async function shareDismissals(
  { dismissals, commit }: Parts,
  folders: readonly Folder[],
  nowMs: number,
): Promise<number> {
  const personal = dismissals.list(folders);
  for (const folder of folders) {
    addShared(
      folder,
      personal.filter(({ path }) => isIn(folder, path, folders)),
      nowMs,
    );
  }
  return personal.length === 0 ? 0 : commit(() => dismissals.remove(folders, personal));
}

/** As in reports: the first folder whose prefix a path begins with is its own. */
function isIn(folder: Folder, path: string, folders: readonly Folder[]): boolean {
  return folders.find(({ prefix }) => path.startsWith(prefix)) === folder;
}
