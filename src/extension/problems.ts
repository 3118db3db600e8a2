/** What went wrong, in words and with the one button that helps. Pure. */
import { describeError, errorCode } from "../shared/errors.ts";
import { isMissingChunk } from "./chunks.ts";
import { oneLine } from "./oneLine.ts";

export interface Remedy {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

export interface Problem {
  readonly text: string;
  readonly remedies: readonly Remedy[];
}

const setApiKey: Remedy = { title: "Set API Key…", command: "onceover.setApiKey" };
const chooseModel: Remedy = { title: "Choose Model…", command: "onceover.chooseModel" };
const openSettings: Remedy = {
  title: "Open Settings",
  command: "workbench.action.openSettings",
  arguments: ["onceover."],
};
const showLog: Remedy = { title: "Show Log", command: "onceover.showLog" };
const openFolder: Remedy = { title: "Open Folder…", command: "vscode.openFolder" };
const reload: Remedy = { title: "Reload Window", command: "workbench.action.reloadWindow" };

interface KnownProblem {
  /** Two or three words, for the status bar. */
  readonly short: string;
  readonly remedy: Remedy;
}

const known: Readonly<Record<string, KnownProblem>> = {
  "invalid-setting": { short: "invalid setting", remedy: openSettings },
  "missing-folder": { short: "no folder", remedy: openFolder },
  "missing-key": { short: "key missing", remedy: setApiKey },
  "invalid-key": { short: "key refused", remedy: setApiKey },
  "quota-exhausted": { short: "account empty", remedy: chooseModel },
  "unknown-model": { short: "unknown model", remedy: chooseModel },
  "unknown-price": { short: "price unknown", remedy: openSettings },
  "wrong-endpoint": { short: "wrong endpoint", remedy: chooseModel },
  "request-rejected": { short: "request rejected", remedy: showLog },
  unreachable: { short: "no connection", remedy: showLog },
  "rate-limited": { short: "rate limited", remedy: showLog },
  "server-error": { short: "server error", remedy: showLog },
  timeout: { short: "timed out", remedy: showLog },
  "store-failed": { short: "storage failed", remedy: showLog },
  "store-damaged": { short: "storage damaged", remedy: showLog },
};

export function shortProblem(code: string): string {
  return Object.hasOwn(known, code) ? known[code]!.short : "failed";
}

/** An error that was thrown. Its message is shown as it stands when it is ours. */
export function describeProblem(error: unknown): Problem {
  if (isMissingChunk(error)) return { text: describeError(error), remedies: [reload] };
  return describeFailure({ code: errorCode(error), message: describeError(error) });
}

/** A failure as a report tells it. */
export function describeFailure(failure: { readonly code: string; readonly message: string }): Problem {
  const remedy = Object.hasOwn(known, failure.code) ? known[failure.code]!.remedy : showLog;
  const text = oneLine(failure.message, 500);
  return { text, remedies: remedy === showLog ? [showLog] : [remedy, showLog] };
}

export const remedies = { setApiKey, chooseModel, openSettings, showLog, reload } as const;
