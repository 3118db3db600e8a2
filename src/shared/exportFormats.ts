/** A report is written to a file in one of these. */
export const EXPORT_FORMATS = ["markdown", "json", "sarif"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
