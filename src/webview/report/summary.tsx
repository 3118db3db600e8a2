import type { JSX } from "preact";
import { escapeLine, escapeText } from "../../shared/escapeText.ts";
import { t, tCount } from "../../shared/localize.ts";
import type { ReportSummary } from "../../shared/panelProtocol.ts";
import { Glyph } from "../common/glyph.tsx";
import { openPlace } from "../common/host.ts";
import { splitPath } from "../common/words.ts";
import { severityName } from "./facetWords.ts";
import { withCode } from "./prose.tsx";

/** What a reader should know first: what this code is, where to look, where the findings are, what repeats itself. */
export function Summary({ summary }: { readonly summary: ReportSummary }): JSX.Element | null {
  const { languages, areas, lookFirst, patterns } = summary;
  if (languages.length + lookFirst.length === 0) return null;
  return (
    <section class="summary" aria-label={t("Summary")}>
      {languages.length > 0 && (
        <p class="muted">
          {languages
            .map(({ language, files }) => `${escapeLine(language)}: ${tCount(files, "{0} file", "{0} files")}`)
            .join(" · ")}
        </p>
      )}
      {lookFirst.length > 0 && <LookFirst places={lookFirst} />}
      {areas.length > 1 && <Areas summary={summary} />}
      {patterns.length > 0 && <Patterns patterns={patterns} />}
    </section>
  );
}

function LookFirst({ places }: { readonly places: ReportSummary["lookFirst"] }): JSX.Element {
  return (
    <>
      <h2>{t("Look here first")}</h2>
      <ol>
        {places.map(({ path, startLine, startColumn, severity, title }) => (
          <li key={`${path}:${startLine}:${startColumn}:${title}`}>
            <Glyph name={severity} tone={severity} label={severityName(severity)} />
            <span class="title">{withCode(title)}</span>
            <button
              type="button"
              class="link place"
              title={t("Open {0}, line {1}", escapeLine(path), startLine)}
              onClick={() => openPlace(path, startLine, startColumn)}
            >
              {`${splitPath(escapeLine(path)).name}:${startLine}`}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function Areas({ summary: { areas, areasLeftOut } }: { readonly summary: ReportSummary }): JSX.Element {
  return (
    <>
      <h2>{t("By area")}</h2>
      <table>
        <tbody>
          {areas.map(({ path, files, findings }) => (
            <tr key={path}>
              <th scope="row">{path === "" ? t("top folder") : escapeLine(path)}</th>
              <td>{tCount(findings, "{0} finding", "{0} findings")}</td>
              <td class="muted">{tCount(files, "{0} file", "{0} files")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {areasLeftOut > 0 && <p class="muted">{tCount(areasLeftOut, "and {0} more area", "and {0} more areas")}</p>}
    </>
  );
}

function Patterns({ patterns }: Pick<ReportSummary, "patterns">): JSX.Element {
  return (
    <>
      <h2>{t("What repeats itself")}</h2>
      <ul>
        {patterns.map(({ rule, findings, files }) => (
          <li key={rule}>
            <code>{escapeText(rule)}</code>
            <span class="muted">
              {` ${tCount(findings, "{0} finding", "{0} findings")} · ${tCount(files, "{0} file", "{0} files")}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
