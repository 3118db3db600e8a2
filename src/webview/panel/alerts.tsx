import type { JSX } from "preact";
import { Glyph } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";
import { alertsOf } from "./alertWords.ts";
import type { PanelState } from "./panelState.ts";

/** What calls for a person, one strip with one action each. A run that is over has its state to tell of the budget. */
export function Alerts({ state }: { readonly state: PanelState }): JSX.Element {
  return (
    <>
      {alertsOf(state).map(({ kind, text, action, command, setting }) => (
        <div key={kind} class="alert">
          <Glyph name="warning" tone="warning" />
          <div>
            <p>{text}</p>
            <button type="button" class="link" onClick={() => runCommand(command, setting)}>
              {action}
            </button>
          </div>
        </div>
      ))}
    </>
  );
}
