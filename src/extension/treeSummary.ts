/** What stands above the findings tree: how many, and that a partial run is one. Pure. */
import { formatQuantity } from "../shared/format.ts";
import { t } from "../shared/localize.ts";
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
  const isPartial = !isActive && view !== null && !isWhole(view);
  const words = [isEmpty ? "" : shownCount(model), isPartial && view.state !== "idle" ? "partial" : ""];
  const sentences = [filterStatement(model), statement(view, isActive, model), unsavedStatement(unsavedFiles)].filter(
    Boolean,
  );
  return {
    description: words.filter(Boolean).join(", "),
    message: sentences.join(" ") || null,
    badge: `${formatQuantity(model.errors, "error")} found`,
  };
}

function shownCount({ isFiltered, findings, unfiltered }: FindingsModel): string {
  return isFiltered ? t("filtered: {0} of {1}", findings, unfiltered) : String(findings);
}

function filterStatement({ isFiltered, findings, unfiltered }: FindingsModel): string {
  if (!isFiltered) return "";
  return t("Filtered: {0} of {1} findings. The title's Clear Filter shows all.", findings, unfiltered);
}

function isWhole(view: RunView): boolean {
  return (
    view.state === "idle" || (view.state === "complete" && view.coverage.pending === 0 && view.coverage.failed === 0)
  );
}

function statement(view: RunView | null, isActive: boolean, model: FindingsModel): string {
  if (isActive || view === null || view.state === "idle") return "";
  // An empty tree shows the welcome text with its buttons instead of a message.
  const isEmpty = model.roots.length === 0;
  const { files, reviewed, cached, skipped } = view.coverage;
  const looked = `${reviewed + cached} of ${files - skipped} files reviewed`;
  switch (view.state) {
    case "complete":
      return isEmpty || model.unfiltered > 0 ? "" : `No findings: ${looked}.`;
    case "interrupted":
    case "running":
      return isEmpty ? "" : "The last run was interrupted. These findings are older; what was paid for is kept.";
    case "budget":
      return `${looked}: the budget was reached.`;
    case "cancelled":
      return `${looked}: the run was cancelled.`;
    case "error":
      return isEmpty ? "" : `${looked}: the run was stopped by an error.`;
    case "partial":
      return `${looked}.`;
  }
}

function unsavedStatement(count: number): string {
  if (count === 0) return "";
  return `${formatQuantity(count, "file has", "files have")} unsaved changes: what is on disk was reviewed.`;
}
