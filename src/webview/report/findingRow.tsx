import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { escapeLine, escapeText } from "../../shared/escapeText.ts";
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { Glyph } from "../common/glyph.tsx";
import { openPlace } from "../common/host.ts";
import { splitPath } from "../common/words.ts";
import { CodeFrame } from "./codeFrame.tsx";
import { Prose, withCode } from "./prose.tsx";

export interface FindingRowProps {
  readonly finding: ReportFinding;
  /** 1-based, among `total`. */
  readonly position: number;
  readonly total: number;
  readonly folding: Folding;
}

/** Which findings are folded; kept outside the rows, which come and go while the list scrolls. */
export interface Folding {
  isFolded(id: string): boolean;
  setFolded(id: string, folded: boolean): void;
}

export function FindingRow({ finding, position, total, folding }: FindingRowProps): JSX.Element {
  const [isFolded, setIsFolded] = useState(() => folding.isFolded(finding.id));
  const { name } = splitPath(escapeLine(finding.path));
  const place = `${name}:${finding.startLine}`;

  function toggle() {
    folding.setFolded(finding.id, !isFolded);
    setIsFolded(!isFolded);
  }

  return (
    <article class="finding" aria-posinset={position} aria-setsize={total}>
      <div class="head">
        <h3>
          <button type="button" class="fold" aria-expanded={!isFolded} onClick={toggle}>
            <Glyph name="chevron" tone="chevron" />
            <Glyph name={finding.severity} tone={finding.severity} label={finding.severity} />
            <span class="title">{withCode(finding.title)}</span>
          </button>
        </h3>
        <button
          type="button"
          class="link place"
          title={`Open ${escapeLine(finding.path)}, line ${finding.startLine}`}
          onClick={() => openPlace(finding.path, finding.startLine, finding.startColumn)}
        >
          {place}
        </button>
      </div>
      {!isFolded && (
        <div class="body">
          <p class="muted kind">{kindOf(finding)}</p>
          <Prose text={finding.detail} />
          <CodeFrame finding={finding} />
        </div>
      )}
    </article>
  );
}

function kindOf(finding: ReportFinding): string {
  const category = escapeText(finding.category.replaceAll("-", " "));
  const named = category.charAt(0).toUpperCase() + category.slice(1);
  return [named, escapeText(finding.rule), finding.source === "offline" ? "offline engine" : "model"].join(" · ");
}
