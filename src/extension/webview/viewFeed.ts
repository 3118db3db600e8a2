import { createDisposableStore, type DisposableLike } from "../../shared/disposables.ts";
import type { HostMessage, ReportEntry, ViewMessage } from "../../shared/panelProtocol.ts";
import type { FileWish } from "../../shared/panelFigures.ts";
import type { Report } from "../../shared/report.ts";
import type { RunView } from "../../shared/runView.ts";
import type { FindingRef } from "../findingRef.ts";
import { createCoalescer, type Schedule } from "./coalescer.ts";
import { createPace } from "./pace.ts";
import { reportAsView, reportDetails } from "./reportAsView.ts";
import { reportFileTable } from "./fileFigures.ts";
import { entriesOfEvent, entriesOfReport } from "./reportEntries.ts";
import { reportSummary } from "./reportSummary.ts";
import type { RunDetailsReader } from "./runDetails.ts";
import type { RunSource } from "./runSource.ts";

/** Entries in one message, so that replaying a long run does not hold up the view. */
const entriesPerMessage = 500;

/** While a run goes on, what is large and changes slowly goes along so often at most. */
const slowPartsMs = 1_000;

/** Keeps one view up to date: coalesced while it is shown, silent while it is not, caught up when it is shown again. */
export interface ViewFeed extends DisposableLike {
  /** The view says where it stands. From now on it is sent what it lacks. */
  ready(message: ViewMessage & { type: "ready" }): void;
  /** From now on the view is sent this part of the list of files. */
  wishFiles(wish: FileWish | null): void;
  /** Scrolls to a finding. A view that is not ready is told when it is, after what the finding is among. */
  showFinding(finding: FindingRef): void;
  /** The editor has thrown the page away; nothing is sent until a new one is `ready`. */
  hidden(): void;
  dispose(): void;
}

export interface ViewFeedOptions {
  readonly source: RunSource;
  readonly schedule: Schedule;
  readonly post: (message: HostMessage) => void;
  /** Of the current run, for a view that draws them. */
  readonly details: Pick<RunDetailsReader, "details" | "files"> | null;
  /** Whether the view shows findings and files, and so is sent report entries. */
  readonly withReport: boolean;
}

export function createViewFeed({ source, schedule, post, details, withReport }: ViewFeedOptions): ViewFeed {
  const store = createDisposableStore();
  const isPanel = details !== null;
  let isReady = false;
  // Where the view stands, and how far the events have been read: many have nothing for it.
  let runId: string | null = null;
  let lastSeq = 0;
  let readSeq = 0;
  let wish: FindingRef | null = null;
  let summarised: Report | null = null;
  let fileWish: FileWish | null = null;
  let isWished = false;

  const coalescer = store.add(createCoalescer(flush, schedule));
  const slowParts = store.add(createPace(schedule, slowPartsMs, () => coalescer.request()));
  store.add(source.onEvent(() => coalescer.request()));
  store.add(
    source.onDidChange(() => {
      slowParts.hurry();
      coalescer.request();
    }),
  );

  function flush() {
    if (!isReady) return;
    const current = source.current();
    // A run that was cut off by a reload, or failed before it began, has no events.
    const hasEvents = current !== null && current.runId !== "";
    const stored = hasEvents ? null : source.lastReport();
    if (stored && (withReport || !current))
      post(viewMessage(source, reportAsView(stored), storedDetails(stored), isPanel, fileWish));
    else if (current?.state !== "running" || !details || slowParts.isDue())
      // What the reader of events holds is the run before, where this one has none.
      post(viewMessage(source, current, hasEvents ? details : null, isPanel, fileWish));
    else
      post({
        ...quickMessage(source, current, details, isPanel),
        ...(isWished && { files: wishedFiles(details, fileWish) }),
      });
    isWished = false;
    if (!withReport) return;
    if (hasEvents) sendEvents(current.runId);
    else if (stored) sendStored(stored);
    sendSummary();
  }

  /** What was dismissed since changes the report, and with it what is worth a look. */
  function sendSummary() {
    const report = source.lastReport();
    if (!report || report === summarised || report.run.id !== runId) return;
    summarised = report;
    post({ type: "summary", runId, summary: reportSummary(report) });
  }

  function grantWish() {
    if (!isReady || !wish) return;
    coalescer.flushNow();
    post({ type: "show-finding", path: wish.path, id: wish.id });
    wish = null;
  }

  function storedDetails(stored: Report) {
    return (
      details && { details: () => reportDetails(stored), files: (wish: FileWish) => reportFileTable(stored, wish) }
    );
  }

  function sendEvents(currentRunId: string) {
    startAt(currentRunId);
    let batch: ReportEntry[] = [];
    for (const event of source.replay(readSeq)) {
      if (event.runId !== currentRunId) continue;
      for (const entry of entriesOfEvent(event)) batch.push(entry);
      // One event may have more than a message holds: until the last of it is there, the view stands before it.
      for (; batch.length > entriesPerMessage; batch = batch.slice(entriesPerMessage))
        send(batch.slice(0, entriesPerMessage), event.seq - 1);
      readSeq = event.seq;
      if (batch.length < entriesPerMessage) continue;
      send(batch, readSeq);
      batch = [];
    }
    // A new run is announced even before it has anything to show, so that the old one leaves the view.
    if (batch.length > 0 || lastSeq === 0) send(batch, readSeq);
  }

  /** A stored report has no events: its entries are numbered in their place. */
  function sendStored(stored: Report) {
    startAt(stored.run.id);
    const entries = entriesOfReport(stored);
    // The end counts as one more, so that a report without files has one too.
    while (lastSeq <= entries.length) {
      const batch = entries.slice(lastSeq, lastSeq + entriesPerMessage);
      const end = lastSeq + batch.length;
      send(batch, end === entries.length ? end + 1 : end);
    }
  }

  function startAt(nextRunId: string) {
    if (nextRunId === runId) return;
    runId = nextRunId;
    lastSeq = 0;
    readSeq = 0;
  }

  function send(entries: readonly ReportEntry[], toSeq: number) {
    post({ type: "report", runId: runId ?? "", fromSeq: lastSeq, toSeq, entries });
    lastSeq = toSeq;
  }

  return {
    ready(message) {
      isReady = true;
      fileWish = null;
      runId = message.runId;
      lastSeq = message.lastSeq;
      readSeq = message.lastSeq;
      summarised = null;
      slowParts.hurry();
      coalescer.flushNow();
      grantWish();
    },
    wishFiles(wish) {
      fileWish = wish;
      isWished = true;
      coalescer.flushNow();
    },
    showFinding({ path, id }) {
      wish = { path, id };
      grantWish();
    },
    hidden() {
      isReady = false;
    },
    dispose: () => store.dispose(),
  };
}

function viewMessage(
  source: RunSource,
  view: RunView | null,
  details: ViewFeedOptions["details"],
  isPanel: boolean,
  fileWish: FileWish | null,
): HostMessage {
  return {
    ...quickMessage(source, view, details, isPanel),
    // Of no use to a view that draws no details.
    memory: isPanel ? source.memory() : null,
    files: wishedFiles(details, fileWish),
  };
}

/** Leaves out what is large and changes slowly. */
function quickMessage(
  source: RunSource,
  view: RunView | null,
  details: ViewFeedOptions["details"],
  isPanel: boolean,
): HostMessage & { type: "view" } {
  return {
    type: "view",
    view,
    details: details?.details() ?? null,
    settings: source.settings(),
    trusted: source.isTrusted(),
    activity: source.activity(),
    recent: source.recent().slice(0, 12),
    spending: isPanel ? source.spending() : null,
    overnight: source.overnight(),
    monotonicMs: source.monotonicMs(),
  };
}

function wishedFiles(details: ViewFeedOptions["details"], wish: FileWish | null) {
  return wish && details ? details.files(wish) : null;
}
