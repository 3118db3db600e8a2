/** What went wrong, in words and with the one button that helps. Pure. */
import { describeError, errorCode } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
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

/** Made when they are shown: only then the language is known. */
export const remedies = {
  setApiKey: (): Remedy => ({ title: t("Set API Key…"), command: "onceover.setApiKey" }),
  chooseModel: (): Remedy => ({ title: t("Choose Model…"), command: "onceover.chooseModel" }),
  openSettings: (): Remedy => ({
    title: t("Open Settings"),
    command: "workbench.action.openSettings",
    arguments: ["onceover."],
  }),
  showLog: (): Remedy => ({ title: t("Show Log"), command: "onceover.showLog" }),
  openFolder: (): Remedy => ({ title: t("Open Folder…"), command: "vscode.openFolder" }),
  reload: (): Remedy => ({ title: t("Reload Window"), command: "workbench.action.reloadWindow" }),
} as const;

interface KnownProblem {
  /** Two or three words, for the status bar. */
  readonly short: () => string;
  readonly remedy: () => Remedy;
}

const known: Readonly<Record<string, KnownProblem>> = {
  "invalid-setting": { short: () => t("invalid setting"), remedy: remedies.openSettings },
  "missing-folder": { short: () => t("no folder"), remedy: remedies.openFolder },
  "missing-key": { short: () => t("key missing"), remedy: remedies.setApiKey },
  "invalid-key": { short: () => t("key refused"), remedy: remedies.setApiKey },
  "quota-exhausted": { short: () => t("account empty"), remedy: remedies.chooseModel },
  "unknown-model": { short: () => t("unknown model"), remedy: remedies.chooseModel },
  "unknown-price": { short: () => t("price unknown"), remedy: remedies.openSettings },
  "wrong-endpoint": { short: () => t("wrong endpoint"), remedy: remedies.chooseModel },
  "request-rejected": { short: () => t("request rejected"), remedy: remedies.showLog },
  unreachable: { short: () => t("no connection"), remedy: remedies.showLog },
  "rate-limited": { short: () => t("rate limited"), remedy: remedies.showLog },
  "server-error": { short: () => t("server error"), remedy: remedies.showLog },
  timeout: { short: () => t("timed out"), remedy: remedies.showLog },
  "store-failed": { short: () => t("storage failed"), remedy: remedies.showLog },
  "store-damaged": { short: () => t("storage damaged"), remedy: remedies.showLog },
};

export function shortProblem(code: string): string {
  return Object.hasOwn(known, code) ? known[code]!.short() : t("failed");
}

/** An error that was thrown. Its message is shown as it stands when it is ours. */
export function describeProblem(error: unknown): Problem {
  if (isMissingChunk(error)) return { text: describeError(error), remedies: [remedies.reload()] };
  return describeFailure({ code: errorCode(error), message: describeError(error) });
}

/** A failure as a report tells it. */
export function describeFailure(failure: { readonly code: string; readonly message: string }): Problem {
  const remedy = Object.hasOwn(known, failure.code) ? known[failure.code]!.remedy : remedies.showLog;
  const text = oneLine(failure.message, 500);
  return { text, remedies: remedy === remedies.showLog ? [remedy()] : [remedy(), remedies.showLog()] };
}
