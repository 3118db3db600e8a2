/** A workspace's last report, as it is kept. */
import type { Finding, Report } from "../../shared/report.ts";
import type { Folder } from "../engine.ts";
import { packJsonInParts, type Packed } from "./packedJson.ts";

export interface SavedReport {
  readonly report: Report;
  /** sha256 of the content each file's findings are about. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Left out of the report because a person dismissed them; missing in reports of before there were such. */
  readonly dismissed?: readonly Finding[];
  /** By path: what a model says each file is for. */
  readonly summaries?: Readonly<Record<string, string>>;
}

/** A saved report on its way into the store, as it will lie there. */
export interface PackedReport extends Packed {
  readonly runId: string;
}

export async function packReport(workspace: string, saved: SavedReport): Promise<PackedReport> {
  return { runId: saved.report.run.id, ...(await packJsonInParts(saved, [workspace])) };
}

/** What a run says of itself that has found nothing changed; everything else is as it was. */
export type RepeatedReport = Pick<Report, "run" | "usage" | "cost" | "cache" | "latency" | "memory" | "tools">;

/** `some-files`: all others keep what they had. `on-save`: it is no run of its own, see `RunRequest.onSave`. */
export type ReportScope = "workspace" | "some-files" | "on-save";

export interface Saving {
  readonly scope: ReportScope;
  readonly folders: readonly Folder[];
  /** See `Plan.state`; null: the report is not to be repeated. */
  readonly state: string | null;
}
