import type { JSX } from "preact";
import { t } from "../../shared/localize.ts";
import { runCommand } from "../common/host.ts";
import { hasFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";

/** What can be taken away from a run, at the end of the panel. */
export function Exports({ state }: { readonly state: PanelState }): JSX.Element | null {
  if (!hasFigures(state.view)) return null;
  return (
    <section class="section foot" aria-label={t("Export")}>
      <p class="links">
        <button type="button" class="link" onClick={() => runCommand("exportFigures")}>
          {t("Export Figures…")}
        </button>
        {/* A report that was stored has no trace: it tells of a run in this window. */}
        {state.memory && (
          <button type="button" class="link" onClick={() => runCommand("exportTrace")}>
            {t("Export Trace…")}
          </button>
        )}
        <button type="button" class="link" onClick={() => runCommand("openPanelInEditor")}>
          {t("Open in Editor")}
        </button>
      </p>
    </section>
  );
}
