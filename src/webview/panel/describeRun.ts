import type { PanelCommand, PanelSettings, RunActivity } from "../../shared/panelProtocol.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatUsd } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { workOf } from "../common/coverageShares.ts";
import type { GlyphName } from "../common/glyph.tsx";
import { reviewerName } from "../common/words.ts";

export interface Action {
  readonly label: string;
  readonly command: PanelCommand;
  readonly glyph?: GlyphName;
  /** What it costs or brings, in muted text below. */
  readonly hint?: string;
}

export interface RunDescription {
  readonly glyph: GlyphName;
  readonly tone: "error" | "warning" | "good" | "busy" | null;
  readonly title: string;
  readonly text: readonly string[];
  /** The next step first. */
  readonly actions: readonly Action[];
}

export interface RunSituation {
  readonly view: RunView | null;
  readonly settings: PanelSettings;
  readonly trusted: boolean;
  readonly activity: RunActivity;
}

/** What is happening, and the one next step. */
export function describeRun(situation: RunSituation): RunDescription {
  const { view, trusted, activity } = situation;
  if (activity === "asking") return view?.state === "running" ? askingForMore() : asking();
  // Until its first event comes, what is known is the run before.
  if (activity === "starting")
    return { glyph: "sync", tone: "busy", title: t("Looking at files"), text: [], actions: [] };
  if (!view || view.state === "idle") return trusted ? firstRun(situation) : restricted();
  switch (view.state) {
    case "running":
      return running(view);
    case "complete":
      return { glyph: "passed", tone: "good", title: t("Complete"), text: [], actions: [] };
    case "partial":
      return partial(view);
    case "cancelled":
      return cancelled(view);
    case "budget":
      return budgetReached(view);
    case "interrupted":
      return interrupted();
    case "error":
      return failed(view);
  }
}

function asking(): RunDescription {
  return {
    glyph: "info",
    tone: null,
    title: t("Waits for your answer"),
    text: [t("A question is open in this window. Nothing is sent before it is answered.")],
    actions: [{ label: t("Cancel"), command: "cancel" }],
  };
}

/** The run's own figures and its Cancel stand beside it. */
function askingForMore(): RunDescription {
  return {
    glyph: "info",
    tone: "warning",
    title: t("Waits for your answer"),
    text: [t("What it was to cost at most is reached. Nothing is sent before you say whether to go on.")],
    actions: [{ label: t("Show the Question"), command: "showQuestion" }],
  };
}

function firstRun({ settings }: RunSituation): RunDescription {
  const base = { glyph: "pulse", tone: null, title: t("Nothing reviewed yet") } as const;
  if (settings.provider === "offline") {
    const offline = { ...analyze(), hint: t("Offline engine: free, and nothing leaves this machine.") };
    const model = { ...chooseModel(), hint: t("Finds wrong logic too. Nothing is sent before you choose.") };
    return { ...base, text: [], actions: [offline, model] };
  }
  const name = reviewerName(settings.provider, settings.model);
  if (!settings.keySet) {
    return { ...base, text: [t("There is no API key for {0} yet.", name)], actions: [setApiKey(), chooseModel()] };
  }
  const hint =
    settings.budgetUsd === null
      ? t("With {0}, without a budget.", name)
      : t("With {0}, never above your {1} budget.", name, formatUsd(settings.budgetUsd));
  return { ...base, text: [], actions: [{ ...analyze(), hint }, chooseModel()] };
}

function restricted(): RunDescription {
  return {
    glyph: "shield",
    tone: null,
    title: t("Restricted workspace"),
    text: [
      t("Only the offline engine works here. Until you trust this folder nothing is sent and no program is started."),
    ],
    actions: [{ ...analyze(), label: t("Analyze Offline") }],
  };
}

function running(view: RunView): RunDescription {
  const { done, total } = workOf(view);
  const base = { glyph: "sync", tone: "busy", text: [], actions: [] } as const;
  if (view.coverage.files === 0) return { ...base, title: t("Looking at files") };
  // Before the plan nobody knows what the cache holds.
  if (!view.quote && done === 0) return { ...base, title: t("Planning") };
  if (done === total) return { ...base, title: t("Finishing") };
  return { ...base, title: t("Reviewing {0} of {1}", done + 1, total) };
}

function partial(view: RunView): RunDescription {
  const { failed, pending } = view.coverage;
  const parts = [
    ...(failed > 0 ? [tCount(failed, "{0} file failed.", "{0} files failed.")] : []),
    ...(pending > 0 ? [tCount(pending, "{0} file could not be reviewed.", "{0} files could not be reviewed.")] : []),
    t("What was reviewed is kept."),
  ];
  return {
    glyph: "warning",
    tone: "warning",
    title: t("Partial"),
    text: [parts.join(" ")],
    actions: [tryAgain()],
  };
}

function cancelled(view: RunView): RunDescription {
  const text = [notReviewed(view.coverage.pending)];
  return { glyph: "stopped", tone: null, title: t("Cancelled"), text, actions: [goOn(view)] };
}

function budgetReached(view: RunView): RunDescription {
  if (view.daily?.reached) {
    return {
      glyph: "stopped",
      tone: "warning",
      title: t("Stopped at the daily budget"),
      text: [
        t(
          "The next request could have cost more than is left of {0} for today, so it was not sent. It starts anew at midnight.",
          formatUsd(view.daily.limitUsd),
        ),
      ],
      actions: [goOn(view), chooseModel()],
    };
  }
  const spent =
    view.budgetUsd === null
      ? t("{0} is spent.", formatUsd(view.spentUsd))
      : t("{0} of {1} is spent.", formatUsd(view.spentUsd), formatUsd(view.budgetUsd));
  return {
    glyph: "stopped",
    tone: "warning",
    title: view.error?.code === "quote-reached" ? t("Stopped at the agreed sum") : t("Stopped at the budget"),
    text: [`${spent} ${t("The next request could have cost more than is left, so it was not sent.")}`],
    actions: [goOn(view), chooseModel()],
  };
}

function interrupted(): RunDescription {
  return {
    glyph: "warning",
    tone: "warning",
    title: t("Interrupted"),
    text: [t("The last run was cut off before it ended. Finished work is kept, and nothing is sent by itself.")],
    actions: [{ ...analyze(), label: t("Resume"), command: "resume" }],
  };
}

function notReviewed(count: number): string {
  return tCount(
    count,
    "{0} file not reviewed. What was reviewed is kept.",
    "{0} files not reviewed. What was reviewed is kept.",
  );
}

const analyze = (): Action => ({ label: t("Analyze Workspace"), command: "analyzeWorkspace", glyph: "play" });
const tryAgain = (): Action => ({ label: t("Try Again"), command: "analyzeWorkspace" });
const chooseModel = (): Action => ({ label: t("Choose Model…"), command: "chooseModel" });
const setApiKey = (): Action => ({ label: t("Set API Key…"), command: "setApiKey", glyph: "key" });
const showLog = (): Action => ({ label: t("Show Log"), command: "showLog" });

interface Failure {
  readonly title: () => string;
  readonly actions: readonly (() => Action)[];
}

const otherFailure: Failure = { title: () => t("The run failed"), actions: [tryAgain, showLog] };

const failures: Readonly<Record<string, Failure>> = {
  "invalid-key": { title: () => t("The key was refused"), actions: [setApiKey, chooseModel] },
  "missing-key": { title: () => t("There is no API key"), actions: [setApiKey, chooseModel] },
  "quota-exhausted": { title: () => t("The account is used up"), actions: [chooseModel, tryAgain] },
  "unknown-model": { title: () => t("The model is not known"), actions: [chooseModel] },
  "unknown-price": { title: () => t("The price is not known"), actions: [chooseModel] },
  "wrong-endpoint": { title: () => t("Not a model's endpoint"), actions: [chooseModel, showLog] },
  "request-rejected": { title: () => t("The request was rejected"), actions: [chooseModel, showLog] },
  unreachable: { title: () => t("The server does not answer"), actions: [tryAgain, showLog] },
  "rate-limited": { title: () => t("The server asks to wait"), actions: [tryAgain] },
  "server-error": { title: () => t("The server failed"), actions: [tryAgain, showLog] },
  timeout: { title: () => t("The server took too long"), actions: [tryAgain, showLog] },
  "store-failed": { title: () => t("Results cannot be stored"), actions: [showLog, tryAgain] },
  "store-damaged": { title: () => t("The store is damaged"), actions: [showLog, tryAgain] },
};

function failed(view: RunView): RunDescription {
  const code = view.error?.code ?? "";
  const failure = Object.hasOwn(failures, code) ? failures[code]! : otherFailure;
  const waiting = view.coverage.pending;
  const text = [...(view.error ? [view.error.message] : []), ...(waiting > 0 ? [notReviewed(waiting)] : [])];
  return {
    glyph: "error",
    tone: "error",
    title: failure.title(),
    text,
    actions: failure.actions.map((make) => make()),
  };
}

/** A button that spends says how much: at the price per file so far, and never above what the quote leaves over. */
function goOn(view: RunView): Action {
  const { quote, spentUsd, budgetUsd, coverage } = view;
  const goOnAction = { ...tryAgain(), label: t("Continue") };
  if (view.provider === "offline" || !quote || view.costUnknown) return goOnAction;
  const restUsd = Math.max(0, quote.atMostUsd - spentUsd);
  const atMostUsd = budgetUsd === null ? restUsd : Math.min(restUsd, budgetUsd);
  const most = formatUsd(atMostUsd);
  const hint = tCount(coverage.pending, "{0} file, at most {1}.", "{0} files, at most {1}.", most);
  const work = coverage.reviewed + coverage.failed + coverage.pending;
  const perFileUsd = coverage.reviewed < filesForAPrice ? quote.likelyUsd / work : spentUsd / coverage.reviewed;
  const likelyUsd = Math.min(atMostUsd, perFileUsd * coverage.pending);
  if (!Number.isFinite(likelyUsd) || likelyUsd < 0.005) return { ...goOnAction, hint };
  return { ...goOnAction, label: t("Continue, About {0} More", formatUsd(likelyUsd)), hint };
}

/** With fewer reviewed files the quote knows better than they do. */
const filesForAPrice = 5;
