import type { JSX } from "preact";
import { formatUsd } from "../../shared/format.ts";
import { displayLanguage, t, tCount } from "../../shared/localize.ts";
import type { Outstanding } from "../../shared/panelFigures.ts";
import { Glyph } from "../common/glyph.tsx";
import { runCommand } from "../common/host.ts";

/** What waits at the provider for the night: there only while something does. */
export function OvernightSection({ overnight }: { readonly overnight: Outstanding | null }): JSX.Element | null {
  if (!overnight) return null;
  const { submittedAt } = overnight;
  return (
    <section class="section waiting" aria-label={t("Overnight")}>
      <Glyph name="clock" />
      <div>
        <p>{outstandingText(overnight)}</p>
        <p class="muted">
          {t(
            "Submitted {0}. Collected while a window is open.",
            new Date(submittedAt).toLocaleString(displayLanguage(), { dateStyle: "medium", timeStyle: "short" }),
          )}
        </p>
        <button type="button" class="link" onClick={() => runCommand("collectOvernight")}>
          {t("Collect Now")}
        </button>
      </div>
    </section>
  );
}

function outstandingText({ units, atMostUsd }: Outstanding): string {
  if (atMostUsd === 0)
    return tCount(units, "{0} overnight review is outstanding.", "{0} overnight reviews are outstanding.");
  return tCount(
    units,
    "{0} overnight review is outstanding, for at most {1}.",
    "{0} overnight reviews are outstanding, for at most {1}.",
    formatUsd(atMostUsd),
  );
}
