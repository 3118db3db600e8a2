import type { ExportFormat } from "../shared/exportFormats.ts";

/** The first one is what is proposed. */
export const exportExtensions: Readonly<Record<ExportFormat, readonly string[]>> = {
  markdown: ["md"],
  json: ["json"],
  sarif: ["sarif", "json"],
};

/**
 * `onceover-2026-11-21-0930.md`: told apart by run, and the same for every export of one run.
 *
 * @param startedAt ISO 8601; its own clock, so that the name does not hang on a time zone
 */
export function exportFileName(startedAt: string, format: ExportFormat): string {
  const [, day, hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(startedAt) ?? [];
  const stem = day === undefined ? "onceover-report" : `onceover-${day}-${hour}${minute}`;
  return `${stem}.${exportExtensions[format][0]}`;
}
