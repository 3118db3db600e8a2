import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../shared/localize.ts";
import { useNow } from "../common/useNow.ts";
import { alertsOf } from "./alertWords.ts";
import { announce, announceAlerts, nothingAnnounced, type Announced } from "./announce.ts";
import type { WholeMessage } from "./carryOver.ts";
import { CostSection } from "./costSection.tsx";
import { FindingsSection } from "./findingsSection.tsx";
import { HealthSection } from "./healthSection.tsx";
import { Exports } from "./exports.tsx";
import { HistorySection } from "./historySection.tsx";
import { MemorySection } from "./memorySection.tsx";
import { panelState, type PanelState } from "./panelState.ts";
import { OvernightSection } from "./overnightSection.tsx";
import { RunSection } from "./runSection.tsx";
import { TimeSection } from "./timeSection.tsx";
import { ToolsSection } from "./toolsSection.tsx";

export interface PanelProps {
  readonly message: WholeMessage;
  /** Page time when the message came, milliseconds. */
  readonly receivedAt: number;
}

/** Five questions in a fixed order: what is happening, what was found, what it cost, is it well, where the time goes. */
export function Panel({ message, receivedAt }: PanelProps): JSX.Element {
  const now = useNow(message.view?.state === "running");
  const state = panelState(message, receivedAt, now);
  return (
    <main>
      <h1 class="hidden-text">{t("Onceover: Performance")}</h1>
      <RunSection state={state} />
      <OvernightSection overnight={message.overnight} />
      <div class="columns">
        <div>
          <FindingsSection state={state} />
          <CostSection state={state} />
          <HealthSection state={state} />
        </div>
        <div>
          <MemorySection state={state} />
          <TimeSection state={state} />
          <ToolsSection state={state} />
        </div>
      </div>
      <HistorySection state={state} />
      <Exports state={state} />
      <Announcer state={state} />
    </main>
  );
}

function Announcer({ state }: { readonly state: PanelState }): JSX.Element {
  const memory = useRef<{ announced: Announced; alerts: readonly string[] | null; text: string }>({
    announced: nothingAnnounced,
    alerts: null,
    text: "",
  });
  const { announced, text } = announce(memory.current.announced, state);
  const alerts = alertsOf(state);
  const news = [text, announceAlerts(memory.current.alerts, alerts)].filter((one) => one !== null);
  memory.current = {
    announced,
    alerts: alerts.map(({ kind }) => kind),
    text: news.length > 0 ? news.join(" ") : memory.current.text,
  };
  return (
    <div class="hidden-text" role="status">
      {memory.current.text}
    </div>
  );
}
