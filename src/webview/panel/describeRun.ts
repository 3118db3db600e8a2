import type { PanelCommand, PanelSettings } from "../../shared/panelProtocol.ts";
import type { RunView } from "../../shared/runView.ts";
import { formatQuantity, formatUsd } from "../../shared/format.ts";
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
}

/** What is happening, and the one next step. */
export function describeRun(situation: RunSituation): RunDescription {
  const { view, trusted } = situation;
  if (!view || view.state === "idle") return trusted ? firstRun(situation) : restricted();
  switch (view.state) {
    case "running":
      return running(view);
    case "complete":
      return { glyph: "passed", tone: "good", title: "Complete", text: [], actions: [] };
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

function firstRun({ settings }: RunSituation): RunDescription {
  const base = { glyph: "pulse", tone: null, title: "Nothing reviewed yet" } as const;
  if (settings.provider === "offline") {
    const analyze = { ...analyzeAction, hint: "Offline engine: free, and nothing leaves this machine." };
    const choose = { ...chooseAction, hint: "Finds wrong logic too. Nothing is sent before you choose." };
    return { ...base, text: [], actions: [analyze, choose] };
  }
  const name = reviewerName(settings.provider, settings.model);
  if (!settings.keySet) {
    return { ...base, text: [`There is no API key for ${name} yet.`], actions: [keyAction, chooseAction] };
  }
  const wall =
    settings.budgetUsd === null ? "without a budget" : `never above your ${formatUsd(settings.budgetUsd)} budget`;
  return { ...base, text: [], actions: [{ ...analyzeAction, hint: `With ${name}, ${wall}.` }, chooseAction] };
}

function restricted(): RunDescription {
  return {
    glyph: "shield",
    tone: null,
    title: "Restricted workspace",
    text: [
      "Only the offline engine works here. Until you trust this folder nothing is sent and no program is started.",
    ],
    actions: [{ ...analyzeAction, label: "Analyze Offline" }],
  };
}

function running(view: RunView): RunDescription {
  const { done, total } = workOf(view);
  const base = { glyph: "sync", tone: "busy", text: [], actions: [] } as const;
  if (view.coverage.files === 0) return { ...base, title: "Looking at files" };
  // Before the plan nobody knows what the cache holds.
  if (!view.quote && done === 0) return { ...base, title: "Planning" };
  if (done === total) return { ...base, title: "Finishing" };
  return { ...base, title: `Reviewing ${done + 1} of ${total}` };
}

function partial(view: RunView): RunDescription {
  const { failed, pending } = view.coverage;
  const parts = [
    ...(failed > 0 ? [`${formatQuantity(failed, "file")} failed.`] : []),
    ...(pending > 0 ? [`${formatQuantity(pending, "file")} could not be reviewed.`] : []),
    "What was reviewed is kept.",
  ];
  return {
    glyph: "warning",
    tone: "warning",
    title: "Partial",
    text: [parts.join(" ")],
    actions: [{ ...again, label: "Try Again" }],
  };
}

function cancelled(view: RunView): RunDescription {
  const text = `${formatQuantity(view.coverage.pending, "file")} not reviewed. What was reviewed is kept.`;
  return { glyph: "stopped", tone: null, title: "Cancelled", text: [text], actions: [goOn(view, "Continue")] };
}

function budgetReached(view: RunView): RunDescription {
  const wall = view.budgetUsd === null ? "" : ` of ${formatUsd(view.budgetUsd)}`;
  return {
    glyph: "stopped",
    tone: "warning",
    title: "Stopped at the budget",
    text: [
      `${formatUsd(view.spentUsd)}${wall} is spent. The next request could have cost more than is left, so it was not sent.`,
    ],
    actions: [goOn(view, "Continue"), { ...chooseAction }],
  };
}

function interrupted(): RunDescription {
  return {
    glyph: "warning",
    tone: "warning",
    title: "Interrupted",
    text: ["The window was closed or reloaded during a run. Finished work is kept, and nothing is sent by itself."],
    actions: [{ ...analyzeAction, label: "Resume" }],
  };
}

interface Failure {
  readonly title: string;
  readonly actions: readonly Action[];
}

const analyzeAction: Action = { label: "Analyze Workspace", command: "analyzeWorkspace", glyph: "play" };
const again: Action = { label: "Try Again", command: "analyzeWorkspace" };
const chooseAction: Action = { label: "Choose Model…", command: "chooseModel" };
const keyAction: Action = { label: "Set API Key…", command: "setApiKey", glyph: "key" };
const logAction: Action = { label: "Show Log", command: "showLog" };

const failures: Readonly<Record<string, Failure>> = {
  "invalid-key": { title: "The key was refused", actions: [keyAction, chooseAction] },
  "missing-key": { title: "There is no API key", actions: [keyAction, chooseAction] },
  "quota-exhausted": { title: "The account is used up", actions: [chooseAction, again] },
  "unknown-model": { title: "The model is not known", actions: [chooseAction] },
  "unknown-price": { title: "The price is not known", actions: [chooseAction] },
  "wrong-endpoint": { title: "Not a model's endpoint", actions: [chooseAction, logAction] },
  "request-rejected": { title: "The request was rejected", actions: [chooseAction, logAction] },
  unreachable: { title: "The server does not answer", actions: [again, logAction] },
  "rate-limited": { title: "The server asks to wait", actions: [again] },
  "server-error": { title: "The server failed", actions: [again, logAction] },
  timeout: { title: "The server took too long", actions: [again, logAction] },
  "store-failed": { title: "Results cannot be stored", actions: [logAction, again] },
  "store-damaged": { title: "The store is damaged", actions: [logAction, again] },
};

function failed(view: RunView): RunDescription {
  const failure = failures[view.error?.code ?? ""] ?? { title: "The run failed", actions: [again, logAction] };
  const waiting = view.coverage.pending;
  const text = [
    ...(view.error ? [view.error.message] : []),
    ...(waiting > 0 ? [`${formatQuantity(waiting, "file")} not reviewed. What was reviewed is kept.`] : []),
  ];
  return { glyph: "error", tone: "error", title: failure.title, text, actions: failure.actions };
}

/** A button that spends says how much: at the price per file so far, and never above what the quote leaves over. */
function goOn(view: RunView, verb: string): Action {
  const { quote, spentUsd, budgetUsd, coverage } = view;
  if (view.provider === "offline" || !quote || view.costUnknown) return { ...again, label: verb };
  const restUsd = Math.max(0, quote.atMostUsd - spentUsd);
  const atMostUsd = budgetUsd === null ? restUsd : Math.min(restUsd, budgetUsd);
  const hint = `${formatQuantity(coverage.pending, "file")}, at most ${formatUsd(atMostUsd)}.`;
  const work = coverage.reviewed + coverage.failed + coverage.pending;
  const perFileUsd = coverage.reviewed < filesForAPrice ? quote.likelyUsd / work : spentUsd / coverage.reviewed;
  const likelyUsd = Math.min(atMostUsd, perFileUsd * coverage.pending);
  if (!Number.isFinite(likelyUsd) || likelyUsd < 0.005) return { ...again, label: verb, hint };
  return { ...again, label: `${verb}, About ${formatUsd(likelyUsd)} More`, hint };
}

/** With fewer reviewed files the quote knows better than they do. */
const filesForAPrice = 5;
