import { expect, test } from "vitest";
import { renderReport } from "../../../../src/cli/renderReport.ts";
import { createPalette } from "../../../../src/cli/palette.ts";
import { renderExport } from "../../../../src/core/export/renderExport.ts";
import { EXPORT_FORMATS } from "../../../../src/shared/exportFormats.ts";
import { sampleReport } from "../../../support/sampleReport.ts";

test.each(EXPORT_FORMATS)("%s: the editor writes what the terminal does", async (format) => {
  const report = sampleReport();
  const folders = [{ path: import.meta.dirname, prefix: "" }];
  const terminal = await renderReport(report, {
    args: { format, verbose: false },
    folders,
    io: { cwd: import.meta.dirname, env: {} },
    palette: createPalette(false),
    width: 80,
  });
  const exported = [...(await renderExport(report, format, folders))].join("");
  expect(exported).toBe([...terminal].join(""));
  expect(exported).toContain(report.findings[0]!.path);
});
