import { createRunDetailsReader } from "../../src/extension/webview/runDetails.ts";
import { createViewFeed } from "../../src/extension/webview/viewFeed.ts";
import type { HostMessage, ReportEntry } from "../../src/shared/panelProtocol.ts";
import { webviewScenes } from "./webviewScenes.ts";

/** Fields that hold what a model, a server, a file system or a setting wrote. */
const OTHERS = new Set(
  "path reason model workspace message code holder name title rule detail quote summary category language".split(" "),
);
/** In here the same names stand for words of ours. */
const OURS = new Set(["marks", "waiting", "alerts"]);

/**
 * What the extension sends to a view about runs in which much went wrong: one function per run, which puts the given
 * text in every place that others may fill.
 */
export function hostileMessages(kind: "panel" | "report"): readonly ((text: string) => readonly HostMessage[])[] {
  let sets = 0;
  return ["troubled", "leaking", "partial"].map((scene) => {
    const recorded = withErrors(record(scene, kind));
    return (text) => {
      const runId = `run-${++sets}`;
      return recorded.map((message) => filled(message, text, runId));
    };
  });
}

function record(scene: string, kind: "panel" | "report"): readonly HostMessage[] {
  const source = webviewScenes[scene]!();
  const details = createRunDetailsReader();
  for (const event of source.played) details.push(event);
  const messages: HostMessage[] = [];
  const feed = createViewFeed({
    source,
    schedule: () => () => undefined,
    post: (message) => void messages.push(message),
    details: kind === "panel" ? details : null,
    withReport: kind === "report",
  });
  feed.ready({ type: "ready", runId: null, lastSeq: 0 });
  if (kind === "panel") feed.wishFiles({ order: "slowest", from: 0, count: 3 });
  feed.dispose();
  return messages.map((message) =>
    message.type === "report" ? { ...message, entries: few(message.entries) } : message,
  );
}

/** Some of each kind are enough: each of them holds the text. */
function few(entries: readonly ReportEntry[]): readonly ReportEntry[] {
  return [...Map.groupBy(entries, (entry) => (entry.type === "file" ? entry.status : entry.type)).values()].flatMap(
    (alike) => alike.slice(0, 3),
  );
}

function withErrors(messages: readonly HostMessage[]): readonly HostMessage[] {
  return messages.map((message) => {
    if (message.type !== "view" || !message.view || message.view.state === "running") return message;
    return { ...message, view: { ...message.view, state: "error", error: { code: "server-error", message: "why" } } };
  });
}

function filled<T>(value: T, text: string, runId: string, key = ""): T {
  if (typeof value === "string") return (OTHERS.has(key) ? text : key === "runId" ? runId : value) as T;
  if (OURS.has(key) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => filled(item, text, runId, key)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, text, runId, name)])) as T;
}
