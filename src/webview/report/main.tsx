import { render } from "preact";
import "../common/base.css";
import "./report.css";
import type { HostMessage } from "../../shared/panelProtocol.ts";
import { onHostMessage, post } from "../common/host.ts";
import { prepareFormats } from "../common/prepareFormats.ts";
import type { ListWish } from "./listWish.ts";
import { createReportModel } from "./reportModel.ts";
import { prepareCounts } from "./facets.ts";
import { ReportPage } from "./reportPage.tsx";
import { prepareRows } from "./reportRows.ts";

const root = document.getElementById("root");
const model = createReportModel();
let newest: (HostMessage & { type: "view" }) | null = null;
let receivedAt = 0;
let frame: number | null = null;
let files = model.files();
let wish: ListWish | null = null;
let summary: (HostMessage & { type: "summary" }) | null = null;

/** Several messages that come together are drawn once. */
function drawSoon() {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    if (!root || !newest) return;
    render(
      <ReportPage
        message={newest}
        receivedAt={receivedAt}
        runId={model.runId}
        files={files}
        notices={model.notices()}
        summary={summary?.runId === model.runId ? summary.summary : null}
        wish={wish}
        onWishGranted={() => {
          wish = null;
        }}
      />,
      root,
    );
  });
}

function sayWhereWeStand() {
  post({ type: "ready", runId: model.runId, lastSeq: model.lastSeq });
}

onHostMessage((message) => {
  if (message.type === "show-finding") {
    wish = { path: message.path, id: message.id };
  } else if (message.type === "summary") {
    summary = message;
  } else if (message.type === "view") {
    newest = message;
    receivedAt = performance.now();
  } else if (model.apply(message)) {
    files = model.files();
    for (const file of files) {
      prepareRows(file);
      prepareCounts(file);
    }
  } else {
    sayWhereWeStand();
    return;
  }
  drawSoon();
});
sayWhereWeStand();
prepareFormats();
