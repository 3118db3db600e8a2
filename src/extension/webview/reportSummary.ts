/** The summary by area as the report view shows it: the head of each list. */
import { summarizeAreas } from "../../shared/areaSummary.ts";
import type { ReportSummary } from "../../shared/panelProtocol.ts";
import type { Report } from "../../shared/report.ts";

const MOST_LANGUAGES = 5;
const MOST_AREAS = 8;
const MOST_PATTERNS = 6;

export function reportSummary(report: Report): ReportSummary {
  const { languages, areas, lookFirst, patterns } = summarizeAreas(report);
  return {
    languages: languages.slice(0, MOST_LANGUAGES).map(({ language, files }) => ({ language, files })),
    areas: areas.slice(0, MOST_AREAS).map(({ path, files, findings }) => ({ path, files, findings })),
    areasLeftOut: Math.max(0, areas.length - MOST_AREAS),
    lookFirst: lookFirst.map(({ finding }) => ({
      path: finding.path,
      startLine: finding.startLine,
      startColumn: finding.startColumn,
      severity: finding.severity,
      title: finding.title,
    })),
    patterns: patterns.slice(0, MOST_PATTERNS),
  };
}
