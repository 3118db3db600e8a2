/** What stands above the findings tree: how many, and that a partial run is one. Pure. */
import { t, tCount } from "../shared/localize.ts";
import type { RunView } from "../shared/runView.ts";
import type { FindingsModel } from "./findingsModel.ts";

export interface TreeSummary {
  /** Beside the view's title. */
  readonly description: string;
  /** Above the rows; null: nothing that needs saying. */
  readonly message: string | null;
  readonly badge: string;
}

export function treeSummary(
  view: RunView | null,
  isActive: boolean,
  model: FindingsModel,
  unsavedFiles: number,
): TreeSummary {
  const isEmpty = model.roots.length === 0;
  const words = [isEmpty ? "" : shownCount(model), isActive || view === null ? "" : completenessOf(view)];
  const sentences = [filterStatement(model), statement(view, isActive, model), unsavedStatement(unsavedFiles)].filter(
    Boolean,
  );
  return {
    description: words.filter(Boolean).join(", "),
    message: sentences.join(" ") || null,
    badge: tCount(model.errors, "{0} error found", "{0} errors found"),
  };
}

function shownCount({ isFiltered, findings, unfiltered }: FindingsModel): string {
  return isFiltered ? t("filtered: {0} of {1}", findings, unfiltered) : String(findings);
}

function filterStatement({ isFiltered, findings, unfiltered }: FindingsModel): string {
  if (!isFiltered) return "";
  return t("Filtered: {0} of {1} findings. The title's Clear Filter shows all.", findings, unfiltered);
}

/** What the findings are of, where it is not all that was to be reviewed; empty: it is. */
function completenessOf({ state, coverage }: RunView): string {
  switch (state) {
    case "idle":
      return "";
    // They are those of the run before, which may have been a whole one; what stands above the rows says it.
    case "interrupted":
    case "running":
      return "";
    case "error":
      return coverage.files === 0 ? "" : t("partial");
    case "complete":
      return coverage.pending + coverage.failed === 0 ? "" : t("partial");
    case "budget":
    case "cancelled":
    case "partial":
      return t("partial");
  }
}

function statement(view: RunView | null, isActive: boolean, model: FindingsModel): string {
  if (isActive || view === null || view.state === "idle") return "";
  // An empty tree shows the welcome text with its buttons instead of a message.
  const isEmpty = model.roots.length === 0;
  const { files, reviewed, cached, skipped } = view.coverage;
  const done = reviewed + cached;
  const total = files - skipped;
  switch (view.state) {
    case "complete":
      if (files === 0)
        return isEmpty ? "" : t("There was no file to review in the last run. These findings are older.");
      return isEmpty || model.unfiltered > 0 ? "" : t("No findings: {0} of {1} files reviewed.", done, total);
    case "interrupted":
    case "running":
      return isEmpty ? "" : t("The last run was interrupted. These findings are older; what was paid for is kept.");
    case "budget":
      return t("{0} of {1} files reviewed: the budget was reached.", done, total);
    case "cancelled":
      return t("{0} of {1} files reviewed: the run was cancelled.", done, total);
    case "error":
      if (isEmpty) return "";
      if (files === 0) return t("The last run was stopped by an error before it began. These findings are older.");
      return t("{0} of {1} files reviewed: the run was stopped by an error.", done, total);
    case "partial":
      return t("{0} of {1} files reviewed.", done, total);
  }
}

function unsavedStatement(count: number): string {
  if (count === 0) return "";
  return tCount(
    count,
    "{0} file has unsaved changes: what is on disk was reviewed.",
    "{0} files have unsaved changes: what is on disk was reviewed.",
  );
}
