import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { escapeLine, escapeText } from "../../shared/escapeText.ts";
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { formatCount } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import { openPlace } from "../common/host.ts";
import { withCode } from "./prose.tsx";
import type { FileGroup } from "./reportModel.ts";

const shownAtFirst = 20;

/** Errors that were claimed and proved wrong: no findings, but there for whoever wants to judge for themselves. */
export function Refuted({ files }: { readonly files: readonly FileGroup[] }): JSX.Element | null {
  const [isOpen, setIsOpen] = useState(false);
  const [limit, setLimit] = useState(shownAtFirst);
  const all = files.flatMap((file) => file.refuted);
  if (all.length === 0) return null;
  return (
    <section class="refuted">
      <h2>
        <button type="button" class="toggle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t("Refuted ({0})", formatCount(all.length))}
        </button>
      </h2>
      <p class="muted">
        {tCount(
          all.length,
          "{0} error that the model claimed was proved wrong by a second look. It is no finding and counts nowhere else.",
          "{0} errors that the model claimed were proved wrong by a second look. They are no findings and count nowhere else.",
        )}
      </p>
      {isOpen && (
        <ul>
          {all.slice(0, limit).map((finding) => (
            <RefutedClaim key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
      {isOpen && all.length > limit && (
        <button type="button" class="link" onClick={() => setLimit(limit + 200)}>
          {t("Show {0} More", Math.min(200, all.length - limit))}
        </button>
      )}
    </section>
  );
}

function RefutedClaim({ finding }: { readonly finding: ReportFinding }): JSX.Element {
  const { path, startLine, startColumn, title, detail, secondLook } = finding;
  return (
    <li>
      <h3>{escapeLine(title)}</h3>
      <button type="button" class="link place" onClick={() => openPlace(path, startLine, startColumn)}>
        {`${escapeLine(path)}:${startLine}`}
      </button>
      <p class="muted">{withCode(escapeText(detail))}</p>
      {secondLook && <p>{t("Why not: {0}", escapeText(secondLook.reason))}</p>}
      {secondLook && secondLook.evidence !== null && (
        <pre class="frame" tabIndex={0} role="group" aria-label={t("Code that proves it wrong")}>
          <code>{escapeText(secondLook.evidence)}</code>
        </pre>
      )}
    </li>
  );
}
