import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { escapeLine, escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatCount, formatQuantity } from "../../shared/format.ts";
import { openPlace } from "../common/host.ts";
import type { FileGroup } from "./reportModel.ts";

const shownAtFirst = 20;

/** What became of every file, with a reason for each that was not reviewed. */
export function Coverage({
  files,
  view,
}: {
  readonly files: readonly FileGroup[];
  readonly view: RunView;
}): JSX.Element {
  const { coverage, state } = view;
  const isRunning = state === "running";
  const whole = coverage.failed === 0 && coverage.pending === 0;
  const counts = (["reviewed", "cached", "skipped", "failed", "pending"] as const)
    .map((status) => `${formatCount(coverage[status])} ${status}`)
    .join(", ");
  const opening = isRunning ? "So far" : whole ? "Every file is accounted for" : "Not every file was reviewed";
  return (
    <section class="coverage">
      <h2>Coverage</h2>
      <p>{`${opening}: ${counts}.`}</p>
      <Unreviewed status="failed" files={files} />
      {!isRunning && <Unreviewed status="pending" files={files} />}
      <Unreviewed status="skipped" files={files} />
    </section>
  );
}

const captions = {
  failed: "failed",
  pending: "pending: the run stopped before them",
  skipped: "skipped",
} as const;

interface UnreviewedProps {
  readonly status: keyof typeof captions;
  readonly files: readonly FileGroup[];
}

function Unreviewed({ status, files }: UnreviewedProps): JSX.Element | null {
  const [limit, setLimit] = useState(shownAtFirst);
  const all = files.filter((file) => file.status === status);
  if (all.length === 0) return null;
  return (
    <table>
      <caption>{`${formatQuantity(all.length, "file")} ${captions[status]}`}</caption>
      <tbody>
        {all.slice(0, limit).map((file) => (
          <tr key={file.path}>
            <th scope="row">
              <button type="button" class="path" onClick={() => openPlace(file.path)}>
                {escapeLine(file.path)}
              </button>
            </th>
            <td class="muted">{escapeText(file.reason ?? "")}</td>
          </tr>
        ))}
      </tbody>
      {all.length > limit && (
        <tfoot>
          <tr>
            <td colSpan={2}>
              <button type="button" class="link" onClick={() => setLimit(limit + 200)}>
                {`Show ${Math.min(200, all.length - limit)} More`}
              </button>
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
