import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { escapeLine, escapeText } from "../../shared/escapeText.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatCount } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
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
  const counts = t(
    "{0} reviewed, {1} cached, {2} skipped, {3} failed, {4} pending",
    formatCount(coverage.reviewed),
    formatCount(coverage.cached),
    formatCount(coverage.skipped),
    formatCount(coverage.failed),
    formatCount(coverage.pending),
  );
  const opening = isRunning
    ? t("So far: {0}.", counts)
    : whole
      ? t("Every file is accounted for: {0}.", counts)
      : t("Not every file was reviewed: {0}.", counts);
  return (
    <section class="coverage">
      <h2>{t("Coverage")}</h2>
      <p>{opening}</p>
      <Unreviewed status="failed" files={files} />
      {!isRunning && <Unreviewed status="pending" files={files} />}
      <Unreviewed status="skipped" files={files} />
    </section>
  );
}

interface UnreviewedProps {
  readonly status: "failed" | "pending" | "skipped";
  readonly files: readonly FileGroup[];
}

function Unreviewed({ status, files }: UnreviewedProps): JSX.Element | null {
  const [limit, setLimit] = useState(shownAtFirst);
  const all = files.filter((file) => file.status === status);
  if (all.length === 0) return null;
  return (
    <table>
      <caption>{captionOf(status, all.length)}</caption>
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
                {t("Show {0} More", Math.min(200, all.length - limit))}
              </button>
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function captionOf(status: UnreviewedProps["status"], files: number): string {
  switch (status) {
    case "failed":
      return tCount(files, "{0} file failed", "{0} files failed");
    case "pending":
      return tCount(
        files,
        "{0} file pending: the run stopped before it",
        "{0} files pending: the run stopped before them",
      );
    case "skipped":
      return tCount(files, "{0} file skipped", "{0} files skipped");
  }
}
