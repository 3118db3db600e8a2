import { render } from "preact";
import "../common/base.css";
import "uplot/dist/uPlot.min.css";
import "./panel.css";
import { onHostMessage, post } from "../common/host.ts";
import { prepareFormats } from "../common/prepareFormats.ts";
import { carryOver, type WholeMessage } from "./carryOver.ts";
import { Panel } from "./panel.tsx";

const root = document.getElementById("root");
let newest: WholeMessage | null = null;

onHostMessage((message) => {
  if (message.type !== "view" || !root) return;
  const whole = carryOver(newest, message);
  newest = whole;
  render(<Panel message={whole} receivedAt={performance.now()} />, root);
});
post({ type: "ready", runId: null, lastSeq: 0 });
prepareFormats();
