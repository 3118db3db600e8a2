/** The report in the format that was asked for. Only that one is loaded. */
import type { Folder } from "../core/engine.ts";
import type { Report } from "../shared/report.ts";
import type { AnalyzeArguments } from "./invocation.ts";
import type { CliIo } from "./io.ts";
import type { Session } from "./session.ts";
import { createLineReader } from "../core/export/sourceLines.ts";

export interface RenderOptions extends Pick<Session, "palette" | "width"> {
  readonly args: Pick<AnalyzeArguments, "format" | "verbose">;
  readonly folders: readonly Folder[];
  readonly io: Pick<CliIo, "cwd" | "env">;
}

/** In pieces, so that a reader that goes away stops the work. */
export async function renderReport(report: Report, options: RenderOptions): Promise<Iterable<string>> {
  const { args, folders, io, palette, width } = options;
  const { verbose } = args;
  switch (args.format) {
    case "json":
    case "sarif":
    case "markdown":
      return (await import("../core/export/renderExport.ts")).renderExport(report, args.format, folders);
    case "github": {
      const root = io.env["GITHUB_WORKSPACE"] || io.cwd;
      return (await import("./githubReporter.ts")).renderGithub(report, { folders, root });
    }
    case "pretty":
      return (await import("./prettyReporter.ts")).renderPretty(report, {
        palette,
        width,
        readLines: createLineReader(folders),
        verbose,
      });
  }
}
