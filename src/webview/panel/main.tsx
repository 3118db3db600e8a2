import { render } from "preact";
import "../common/base.css";
import "uplot/dist/uPlot.min.css";
import "./panel.css";
import { onHostMessage, post } from "../common/host.ts";
import { Panel } from "./panel.tsx";

const root = document.getElementById("root");

onHostMessage((message) => {
  if (message.type === "view" && root) render(<Panel message={message} receivedAt={performance.now()} />, root);
});
post({ type: "ready", runId: null, lastSeq: 0 });
