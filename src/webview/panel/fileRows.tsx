import type { ComponentChildren, JSX } from "preact";
import { escapeLine } from "../../shared/escapeText.ts";
import { openPlace } from "../common/host.ts";
import { splitPath } from "../common/words.ts";

export interface FileRow {
  readonly path: string;
  /** What stands at the end of the row. */
  readonly figure: ComponentChildren;
  /** The figure in words, where it is not text. */
  readonly figureLabel?: string;
}

/** Files to look at; a click opens one. */
export function FileRows({ rows }: { readonly rows: readonly FileRow[] }): JSX.Element {
  return (
    <ul class="rows">
      {rows.map((row) => {
        const { name, folder } = splitPath(escapeLine(row.path));
        return (
          <li key={row.path}>
            <button type="button" class="row" title={escapeLine(row.path)} onClick={() => openPlace(row.path)}>
              <span class="name">{name}</span> <span class="folder">{folder}</span>{" "}
              <span class="figure">
                {row.figureLabel === undefined ? (
                  row.figure
                ) : (
                  <>
                    <span aria-hidden="true">{row.figure}</span>
                    <span class="hidden-text">{row.figureLabel}</span>
                  </>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
