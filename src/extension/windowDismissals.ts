/** The engine's dismissals for this window's folders. */
import type { Engine, Folder } from "../core/engine.ts";
import type { Dismissal, DismissalTarget, NewDismissal } from "../shared/dismissal.ts";
import type { Report } from "../shared/report.ts";

export interface WindowDismissals {
  list(): Promise<readonly Dismissal[]>;
  /** Resolves with the stored report as it is then; null: there is none. */
  add(added: readonly NewDismissal[]): Promise<Report | null>;
  remove(targets: readonly DismissalTarget[]): Promise<Report | null>;
  /** See Engine.dismissals. */
  share(): Promise<number>;
}

/** @param onReport shows the figures of the report that results */
export function createWindowDismissals(
  engine: Engine,
  folders: readonly Folder[],
  trusted: boolean,
  onReport: (report: Report) => void,
): WindowDismissals {
  const refresh = async () => {
    const report = await engine.lastReport({ folders, trusted });
    if (report) onReport(report);
    return report;
  };
  return {
    list: () => engine.dismissals.list({ folders, trusted }),
    async add(added) {
      await engine.dismissals.add({ folders, trusted }, added);
      return refresh();
    },
    async remove(targets) {
      await engine.dismissals.remove({ folders, trusted }, targets);
      return refresh();
    },
    share: () => engine.dismissals.share(folders),
  };
}
