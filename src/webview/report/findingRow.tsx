import type { JSX } from "preact";
import { useId, useLayoutEffect, useState } from "preact/hooks";
import { escapeLine, escapeText } from "../../shared/escapeText.ts";
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { Glyph } from "../common/glyph.tsx";
import { openPlace } from "../common/host.ts";
import { splitPath } from "../common/words.ts";
import { t } from "../../shared/localize.ts";
import { secondLookSentence } from "../../shared/secondLook.ts";
import { CodeFrame } from "./codeFrame.tsx";
import { categoryTitle, severityName } from "./facetWords.ts";
import { Marked } from "./marked.tsx";
import { Prose, withCode } from "./prose.tsx";
import type { Folding } from "./useFolding.ts";

export interface FindingRowProps {
  readonly finding: ReportFinding;
  /** 1-based, among `total`. */
  readonly position: number;
  readonly total: number;
  readonly folding: Folding;
}

export function FindingRow({ finding, position, total, folding }: FindingRowProps): JSX.Element {
  const [isFolded, setIsFolded] = useState(() => folding.isFolded(finding.id));
  const titleId = useId();
  // Before the page can take a key: later effects wait for a frame, and a fold asked for until then would be lost.
  useLayoutEffect(() => folding.watch(finding, setIsFolded), [finding]);
  const { name } = splitPath(escapeLine(finding.path));
  const place = `${name}:${finding.startLine}`;

  function toggle() {
    folding.setFolded(finding.id, !isFolded);
    setIsFolded(!isFolded);
  }

  return (
    // The keys of the list give it the focus; Tab goes on to its buttons.
    <article class="finding" tabIndex={-1} aria-labelledby={titleId} aria-posinset={position} aria-setsize={total}>
      <div class="head">
        <h3>
          <button type="button" class="fold" aria-expanded={!isFolded} onClick={toggle}>
            <Glyph name="chevron" tone="chevron" />
            <Glyph name={finding.severity} tone={finding.severity} label={severityName(finding.severity)} />
            <span id={titleId} class="title">
              {withCode(finding.title)}
            </span>
          </button>
        </h3>
        <button
          type="button"
          class="link place"
          title={t("Open {0}, line {1}", escapeLine(finding.path), finding.startLine)}
          onClick={() => openPlace(finding.path, finding.startLine, finding.startColumn)}
        >
          {place}
        </button>
      </div>
      {!isFolded && (
        <div class="body">
          <p class="muted kind">
            {categoryTitle(finding.category)} · <Marked text={finding.rule} /> ·{" "}
            {finding.source === "offline" ? t("offline engine") : t("model")}
          </p>
          <Prose text={finding.detail} />
          {finding.secondLook && <p class="look">{withCode(escapeText(secondLookSentence(finding)))}</p>}
          <CodeFrame finding={finding} />
        </div>
      )}
    </article>
  );
}
