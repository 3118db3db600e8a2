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
  owned.add(countDown(mirror, () => throttle.request()));
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

/** While a run is under way, time passes without events: the provider's pause counts down. */
function countDown(mirror: RunMirror, tick: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const follow = mirror.onDidChange(() => {
    if (mirror.isActive()) timer ??= setInterval(tick, COUNTDOWN_MS);
    else stop();
  });
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    dispose() {
      follow.dispose();
      stop();
    },
  };
}

function readInput(mirror: RunMirror, wasLookedAt: boolean): TooltipInput {
  const view = mirror.shown();
  const endedAtMs = view ? Date.parse(view.startedAt) + view.elapsedMs : Number.NaN;
  return {
    view,
    isActive: mirror.isActive(),
    isAsking: mirror.isAsking(),
    isTrusted: vscode.workspace.isTrusted,
    wasLookedAt,
    monotonicMs: performance.now(),
    report: mirror.lastReport(),
    endedAgoMs: Number.isFinite(endedAtMs) ? Math.max(0, Date.now() - endedAtMs) : null,
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
