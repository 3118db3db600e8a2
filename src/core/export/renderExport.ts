import type { ExportFormat } from "../../shared/exportFormats.ts";
import type { Report } from "../../shared/report.ts";
import type { Folder } from "../engine.ts";
import { createLineReader } from "./sourceLines.ts";

/**
 * The whole report in one of the formats that other programs and people read; the terminal and the editor write the
 * same. Only the renderer that is asked for is loaded.
 *
 * @param folders what the report is about: SARIF names them, and looks there for lines that must not be repeated
 * @returns in pieces, so that a reader that goes away stops the work
 */
export async function renderExport(
  report: Report,
  format: ExportFormat,
  folders: readonly Folder[],
): Promise<Iterable<string>> {
  switch (format) {
    case "json":
      return (await import("./jsonReporter.ts")).renderJson(report);
    case "sarif":
      return (await import("./sarifReporter.ts")).renderSarif(report, {
        folders,
        readLines: createLineReader(folders),
      });
    case "markdown":
      return [(await import("../../shared/reportMarkdown.ts")).reportMarkdown(report)];
  }
}
