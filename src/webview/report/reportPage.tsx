import type { JSX } from "preact";
import type { HostMessage, ReportSummary } from "../../shared/panelProtocol.ts";
import { escapeText } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";
import { Glyph } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { useNow } from "../common/useNow.ts";
import { Coverage } from "./coverage.tsx";
import { severityName } from "./facetWords.ts";
import { EarlierRuns } from "./earlierRuns.tsx";
import { FindingsList } from "./findingsList.tsx";
import { Refuted } from "./refuted.tsx";
import { ReportFoot, ReportHead } from "./reportHead.tsx";
import type { ListWish } from "./listWish.ts";
import { Summary } from "./summary.tsx";
import type { FileGroup, Notice } from "./reportModel.ts";

export interface ReportPageProps {
  readonly message: HostMessage & { type: "view" };
  /** Page time when it came, milliseconds. */
  readonly receivedAt: number;
  readonly runId: string | null;
  readonly files: readonly FileGroup[];
  readonly notices: readonly Notice[];
  /** null: not yet, the run goes on. */
  readonly summary: ReportSummary | null;
  /** What to scroll to; null: nothing. */
  readonly wish: ListWish | null;
  /** Shown, or found missing. */
  readonly onWishGranted: () => void;
}

export function ReportPage(props: ReportPageProps): JSX.Element {
  const { message, receivedAt, runId, files, notices, summary, wish, onWishGranted } = props;
  const { view, recent } = message;
  const isRunning = view?.state === "running";
  const now = useNow(isRunning);
  if (!view) return <NoReport />;
  return (
    <main>
      <ReportHead view={view} ageMs={Math.max(0, now - receivedAt)} />
      {notices.map((notice, index) => (
        <p key={index} class="notice">
          <Glyph name={notice.level} tone={notice.level} label={severityName(notice.level)} />
          <span>{escapeText(notice.message)}</span>
        </p>
      ))}
      {summary && !isRunning && <Summary summary={summary} />}
      <FindingsList
        key={runId}
        files={files}
        isRunning={isRunning}
        unread={view.coverage.failed + view.coverage.pending}
        runId={runId}
        wish={wish}
        onWishGranted={onWishGranted}
      />
      <Refuted files={files} />
      <Coverage files={files} view={view} />
      <ReportFoot view={view} />
      <EarlierRuns recent={recent} />
    </main>
  );
}

function NoReport(): JSX.Element {
  return (
    <main>
      <h1>{t("Nothing reviewed yet")}</h1>
      <p class="muted">{t("Findings appear here while a review runs, file by file.")}</p>
      <p>
        <button type="button" class="button" onClick={() => runCommand("analyzeWorkspace")}>
          {t("Analyze Workspace")}
        </button>
      </p>
    </main>
  );
}
