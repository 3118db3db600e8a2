/** The status bar item: what it cost, then what that bought. Click opens the panel, or the question that a run waits for. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import { loadChunk } from "./chunks.ts";
import { createLazy } from "./lazy.ts";
import type { RunMirror } from "./runMirror.ts";
import type { OvernightNote } from "./overnight/overnightNote.ts";
import type { SaveStatus } from "./onSave/saveStatus.ts";
import { statusText, type StatusText } from "./statusText.ts";
import type { TooltipInput } from "./statusTooltip.ts";
import { createThrottle } from "./throttle.ts";

const UPDATE_EVERY_MS = 250;
const COUNTDOWN_MS = 1_000;
const AGO_MS = 60_000;

export interface StatusBar extends vscode.Disposable {
  /** Settings or trust have changed. */
  refresh(): void;
  /** The panel was opened: colours that call for a look go. */
  lookedAt(): void;
}

export function createStatusBar(mirror: RunMirror, saves: SaveStatus, overnight: OvernightNote): StatusBar {
  const owned = createDisposableStore();
  const item = owned.add(vscode.window.createStatusBarItem("onceover.meter", vscode.StatusBarAlignment.Left, 10));
  item.name = "Onceover";
  let wasLookedAt = false;
  const tooltip = createLazy(loadTooltip);

  const update = () => {
    const input = { ...readInput(mirror, wasLookedAt), onSave: saves.current(), overnight: overnight.current() };
    paint(item, statusText(input));
    item.command = input.isAsking ? "onceover.showQuestion" : "onceover.showPerformance";
    // Nobody has hovered over it by the time that it takes to load; one that cannot be loaded leaves the text alone.
    tooltip.get().then(
      (write) => (item.tooltip = write(input)),
      () => {},
    );
  };
  const throttle = owned.add(createThrottle(UPDATE_EVERY_MS, update));
  let wasActive = false;
  owned.add(
    mirror.onDidChange(() => {
      if (mirror.isActive() && !wasActive) wasLookedAt = false;
      wasActive = mirror.isActive();
      throttle.request();
    }),
  );
  owned.add(saves.onDidChange(() => throttle.request()));
  owned.add(overnight.onDidChange(() => throttle.request()));
  owned.add(followTime(mirror, () => throttle.request()));
  // In the next turn, before the item's own: import() does half of its loading at once, and all extensions would wait.
  throttle.request();
  item.show();
  return {
    refresh: () => throttle.request(),
    lookedAt() {
      if (mirror.isActive()) return;
      wasLookedAt = true;
      throttle.request();
    },
    dispose: () => owned.dispose(),
  };
}

/**
 * Time passes without events: while a run is under way the provider's pause counts down, and after it "just now" does not
 * stay true. Where there was no run nothing is told of time.
 */
function followTime(mirror: RunMirror, tick: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let everyMs: number | undefined;
  const adjust = () => {
    const wantedMs = mirror.isActive() ? COUNTDOWN_MS : mirror.shown() ? AGO_MS : undefined;
    if (wantedMs === everyMs) return;
    everyMs = wantedMs;
    clearInterval(timer);
    timer = wantedMs === undefined ? undefined : setInterval(tick, wantedMs);
  };
  const follow = mirror.onDidChange(adjust);
  return {
    dispose() {
      follow.dispose();
      clearInterval(timer);
    },
  };
}

function readInput(mirror: RunMirror, wasLookedAt: boolean): TooltipInput {
  const view = mirror.shown();
  const nowMs = Date.now();
  const endedAtMs = view ? Date.parse(view.startedAt) + view.elapsedMs : Number.NaN;
  return {
    view,
    isActive: mirror.isActive(),
    isAsking: mirror.isAsking(),
    isTrusted: vscode.workspace.isTrusted,
    wasLookedAt,
    monotonicMs: performance.now(),
    report: mirror.lastReport(),
    endedAgoMs: Number.isFinite(endedAtMs) ? Math.max(0, nowMs - endedAtMs) : null,
    nowMs,
  };
}

const backgrounds: Readonly<Record<StatusText["colour"], vscode.ThemeColor | undefined>> = {
  plain: undefined,
  warning: new vscode.ThemeColor("statusBarItem.warningBackground"),
  error: new vscode.ThemeColor("statusBarItem.errorBackground"),
};

function paint(item: vscode.StatusBarItem, { text, spoken, colour }: StatusText): void {
  item.text = text;
  item.backgroundColor = backgrounds[colour];
  item.accessibilityInformation = { label: spoken, role: "button" };
}

async function loadTooltip(): Promise<(input: TooltipInput) => vscode.MarkdownString> {
  const { statusTooltip, TOOLTIP_COMMANDS } = await loadChunk(() => import("./statusTooltip.ts"));
  return (input) => {
    const markdown = new vscode.MarkdownString(statusTooltip(input), true);
    markdown.isTrusted = { enabledCommands: TOOLTIP_COMMANDS };
    return markdown;
  };
}
