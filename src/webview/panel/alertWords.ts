import { formatBytes, formatCount, formatDuration, formatUsd } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import type { MemoryAlert } from "../../shared/memoryFigures.ts";
import type { RunAlert } from "../../shared/panelFigures.ts";
import type { PanelCommand, PanelSetting } from "../../shared/panelProtocol.ts";
import { holderName } from "./holderName.ts";
import type { PanelState } from "./panelState.ts";

interface AlertWords {
  /** One of each at a time. */
  readonly kind: RunAlert["kind"] | "memory";
  readonly text: string;
  readonly action: string;
  readonly command: PanelCommand;
  readonly setting?: PanelSetting;
}

export function alertsOf({ view, details, memory }: Pick<PanelState, "view" | "details" | "memory">): AlertWords[] {
  const isRunning = view?.state === "running";
  const ofRun = (details?.alerts ?? []).filter(({ kind }) => isRunning || kind !== "budget");
  return [...ofRun.map(runAlertWords), ...(memory?.alert && !isRunning ? [memoryWords(memory.alert)] : [])];
}

function runAlertWords(alert: RunAlert): AlertWords {
  switch (alert.kind) {
    case "budget": {
      const { kind, spentUsd, budgetUsd, nextUsd } = alert;
      const spent = t("{0} of {1} is spent.", formatUsd(spentUsd), formatUsd(budgetUsd));
      const rest =
        nextUsd === null || nextUsd === 0 ? "" : ` ${t("The rest needs about {0} more.", formatUsd(nextUsd))}`;
      return { kind, text: spent + rest, action: t("Change Budget…"), command: "openSettings", setting: "budgetUsd" };
    }
    case "errors": {
      const { kind, failed, requests } = alert;
      const text = t("{0} of {1} requests failed.", formatCount(failed), formatCount(requests));
      return { kind, text, action: t("Show Log"), command: "showLog" };
    }
    case "latency": {
      const text = t(
        "Replies take {0} now, {1} at the beginning of the run.",
        formatDuration(alert.p50Ms),
        formatDuration(alert.usualMs),
      );
      return { kind: alert.kind, text, action: t("Choose Model…"), command: "chooseModel" };
    }
  }
}

function memoryWords({ kind, holder, bytes, growthBytes }: MemoryAlert): AlertWords {
  const action = t("Save Heap Snapshot…");
  if (kind === "leak") {
    const text = t(
      "Memory grows with every run, most likely in {0}: {1}, {2} more than before.",
      holderName(holder),
      formatBytes(bytes),
      formatBytes(growthBytes),
    );
    return { kind: "memory", text, action, command: "saveHeapSnapshot" };
  }
  const text = t(
    "Onceover holds {0}, {1} above its limit; most of it in {2}.",
    formatBytes(bytes),
    formatBytes(growthBytes),
    holderName(holder),
  );
  return { kind: "memory", text, action: t("Change Limit…"), command: "openSettings", setting: "memory.limitMb" };
}
