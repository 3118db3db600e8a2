import type { JSX } from "preact";
import { escapeLine } from "../../shared/escapeText.ts";
import { formatCount, formatUsd } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { openPlace } from "../common/host.ts";
import { splitPath } from "../common/words.ts";
import { Marked } from "./marked.tsx";
import { Prose } from "./prose.tsx";
import type { FileGroup } from "./reportModel.ts";

/** Opens a file's part of the report: its name, what came of it, and what the model says it is. */
export function FileHead({ group, shown }: { readonly group: FileGroup; readonly shown: number }): JSX.Element {
  const { name, folder } = splitPath(group.path);
  return (
    <div class="file">
      <div class="head">
        <h2>
          <button
            type="button"
            class="path"
            title={t("Open {0}", escapeLine(group.path))}
            onClick={() => openPlace(group.path)}
          >
            <span class="strong">
              <Marked text={name} />
            </span>{" "}
            <span class="muted">
              <Marked text={folder} />
            </span>
          </button>
        </h2>
        <span class="muted">{whatCame(group, shown)}</span>
      </div>
      {group.summary !== null && <Prose text={group.summary} className="summary" />}
    </div>
  );
}

function whatCame(group: FileGroup, shown: number): string {
  const parts = [findingsOf(group.findings.length, shown)];
  const status = statusWord(group.status);
  if (status !== null) parts.push(status);
  if (group.costUsd !== null && group.costUsd > 0) parts.push(formatUsd(group.costUsd, "file"));
  return parts.join(" · ");
}

function findingsOf(total: number, shown: number): string {
  if (total === 0) return t("no findings");
  if (shown === total) return tCount(total, "{0} finding", "{0} findings");
  return tCount(total, "{1} of {0} finding", "{1} of {0} findings", formatCount(shown));
}

/** null: nothing that needs to be said. */
function statusWord(status: FileGroup["status"]): string | null {
  switch (status) {
    case null:
      return t("in review");
    case "reviewed":
      return null;
    case "cached":
      return t("cached");
    case "skipped":
      return t("skipped");
    case "failed":
      return t("failed");
    case "pending":
      return t("pending");
  }
}
