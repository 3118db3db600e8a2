import type { JSX } from "preact";
import { escapeLine } from "../../shared/escapeText.ts";
import { formatQuantity, formatUsd } from "../../shared/format.ts";
import { openPlace } from "../common/host.ts";
import { splitPath } from "../common/words.ts";
import { Prose } from "./prose.tsx";
import type { FileGroup } from "./reportModel.ts";

/** Opens a file's part of the report: its name, what came of it, and what the model says it is. */
export function FileHead({ group, shown }: { readonly group: FileGroup; readonly shown: number }): JSX.Element {
  const { name, folder } = splitPath(escapeLine(group.path));
  return (
    <div class="file">
      <div class="head">
        <h2>
          <button
            type="button"
            class="path"
            title={`Open ${escapeLine(group.path)}`}
            onClick={() => openPlace(group.path)}
          >
            <span class="strong">{name}</span> <span class="muted">{folder}</span>
          </button>
        </h2>
        <span class="muted">{whatCame(group, shown)}</span>
      </div>
      {group.summary !== null && <Prose text={group.summary} className="summary" />}
    </div>
  );
}

function whatCame(group: FileGroup, shown: number): string {
  const total = group.findings.length;
  const count = shown === total ? formatQuantity(total, "finding") : `${shown} of ${formatQuantity(total, "finding")}`;
  const parts = [total === 0 ? "no findings" : count];
  if (group.status === null) parts.push("in review");
  else if (group.status !== "reviewed") parts.push(group.status);
  if (group.costUsd !== null && group.costUsd > 0) parts.push(formatUsd(group.costUsd, "file"));
  return parts.join(" · ");
}
