/** The newest report of each workspace, so that findings are back after a reload without a run. */
import { hash } from "node:crypto";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { FileReport, Finding, Report } from "../../shared/report.ts";
import type { Dismissal } from "../../shared/dismissal.ts";
import type { Folder } from "../engine.ts";
import { createDismissedCheck } from "../review/suppression/dismissed.ts";
import { locateSpan, rangeOf } from "../review/locateQuote.ts";
import { countCoverage } from "../review/coverage.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { decodeText } from "../workspace/decodeText.ts";
import { repeatedReport } from "../review/repeatedReport.ts";
import type { PackedReport, RepeatedReport, SavedReport, Saving } from "./savedReport.ts";
import { packJson, packText, unpackBytes, unpackJson, unpackText } from "./packedJson.ts";

/** After a day everything is looked at again: by that what is in use is told from what is not. */
const STANDS_FOR_MS = 24 * 3_600_000;

export function createReports(db: DatabaseSync, now: () => number) {
  const select = db.prepare("SELECT run_id, digest, body, repeated FROM reports WHERE workspace = ?");
  const selectStanding = db.prepare(
    "SELECT digest, body FROM reports WHERE workspace = ? AND state = ? AND saved_at > ?",
  );
  const selectLast = db.prepare("SELECT run_id FROM reports WHERE workspace = ?");
  const selectRun = db.prepare("SELECT run_id FROM reports WHERE workspace = ? AND state = ? AND saved_at > ?");
  const insert = db.prepare(
    `INSERT OR REPLACE INTO reports (workspace, run_id, saved_at, digest, body, state, repeated)
     VALUES (?, ?, ?, ?, ?, ?, NULL)`,
  );
  const update = db.prepare("UPDATE reports SET run_id = ?, repeated = ? WHERE workspace = ? AND state = ?");

  const load = (workspace: string): SavedReport | undefined => {
    const row = select.get(workspace);
    if (!row) return undefined;
    const digest = row["digest"] as Uint8Array;
    const saved = unpackJson(digest, row["body"] as Uint8Array, [workspace]) as SavedReport | undefined;
    const repeated = row["repeated"];
    const text = repeated === null ? undefined : unpackText(repeated as Uint8Array, [workspace, String(row["run_id"])]);
    if (!saved || text === undefined) return saved;
    return { ...saved, report: repeatedReport(saved.report, JSON.parse(text) as RepeatedReport) };
  };

  return {
    save(workspace: string, packed: PackedReport, saving: Saving): void {
      const previous = saving.scope === "workspace" ? undefined : load(workspace);
      const next = previous && (unpackJson(packed.digest, packed.body, [workspace]) as SavedReport);
      const combined = previous && next && combine(previous, next, saving);
      const { digest, body } = combined ? packJson(combined, [workspace]) : packed;
      const runId = combined?.report.run.id ?? packed.runId;
      insert.run(workspace, runId, now(), digest, body, saving.state);
    },
    /** A SavedReport as JSON in UTF-8 that rests on what `state` was made from; undefined: there is none. */
    standing(workspace: string, state: string | null): Uint8Array | undefined {
      const row = state === null ? undefined : selectStanding.get(workspace, state, now() - STANDS_FOR_MS);
      return row && unpackBytes(row["digest"] as Uint8Array, row["body"] as Uint8Array, [workspace]);
    },
    /** The id of the run that has told it last, without a look at it; see `standing`. */
    standingRun(workspace: string, state: string | null): string | undefined {
      const row = state === null ? undefined : selectRun.get(workspace, state, now() - STANDS_FOR_MS);
      return row && String(row["run_id"]);
    },
    /** null: there is no report. */
    lastRun(workspace: string): string | null {
      const row = selectLast.get(workspace);
      return row ? String(row["run_id"]) : null;
    },
    /** Does nothing where another process has saved a report meanwhile: `state` is what the one rests on that was told. */
    repeat(workspace: string, repeated: RepeatedReport, state: string | null): void {
      const { id } = repeated.run;
      update.run(id, packText(JSON.stringify(repeated), [workspace, id]), workspace, state);
    },
    /**
     * Findings of changed files are moved to where their quote stands now, or dropped. What was dismissed since is left
     * out, and what is wanted back is there again.
     */
    restore(workspace: string, folders: readonly Folder[], dismissals: readonly Dismissal[]): Report | null {
      const saved = load(workspace);
      return saved ? recheck(saved, folders, createDismissedCheck(dismissals, folders)) : null;
    },
  };
}

function combine(previous: SavedReport, next: SavedReport, { scope, folders }: Saving): SavedReport {
  return scope === "on-save" ? amend(previous, next, folders) : merge(previous, next);
}

function merge(previous: SavedReport, next: SavedReport): SavedReport {
  const changed = new Set(next.report.files.map((file) => file.path));
  const keep = (one: { readonly path: string }) => !changed.has(one.path);
  const files = [...previous.report.files.filter(keep), ...next.report.files].toSorted(byPath);
  // What is kept is about everything again.
  const { since: _changes, ...run } = next.report.run;
  return {
    report: {
      ...next.report,
      run,
      files,
      coverage: countCoverage(files),
      findings: [...previous.report.findings.filter(keep), ...next.report.findings].toSorted(byPath),
      refuted: [...(previous.report.refuted ?? []).filter(keep), ...(next.report.refuted ?? [])].toSorted(byPath),
    },
    hashes: { ...previous.hashes, ...next.hashes },
    dismissed: [...(previous.dismissed ?? []).filter(keep), ...(next.dismissed ?? [])],
  };
}

/** The last run's report with what a check of saved files has found. */
function amend(previous: SavedReport, next: SavedReport, folders: readonly Folder[]): SavedReport {
  const rows = new Map(previous.report.files.map((file) => [file.path, file]));
  // What could not be reviewed this time is as it was: the next run looks at it again.
  const done = next.report.files.filter((file) => file.status !== "pending" && file.status !== "failed");
  const isDone = isOneOf(done);
  // The offline engine does not know what a model has found: that goes with its code, not with the save.
  const keepOfModel = next.report.run.provider === "offline";
  const ofModel = (findings: readonly Finding[] = []) =>
    keepOfModel ? findings.filter((one) => one.source === "model" && isDone(one)) : [];
  const stillThere = (findings: readonly Finding[]) =>
    [...Map.groupBy(findings, (one) => one.path)].flatMap(([path, own]) =>
      recheckFile(path, own, previous.hashes[path], folders),
    );
  const merged = merge(previous, {
    report: {
      ...next.report,
      files: done.map((file) => (keepOfModel ? { ...file, model: rows.get(file.path)?.model ?? null } : file)),
      findings: [...next.report.findings.filter(isDone), ...stillThere(ofModel(previous.report.findings))],
      refuted: [...(next.report.refuted ?? []).filter(isDone), ...stillThere(ofModel(previous.report.refuted))],
    },
    hashes: Object.fromEntries(Object.entries(next.hashes).filter(([path]) => isDone({ path }))),
    dismissed: [...(next.dismissed ?? []).filter(isDone), ...stillThere(ofModel(previous.dismissed))],
  });
  const { files, coverage, findings, refuted = [] } = merged.report;
  const report = { ...previous.report, files, coverage, findings: findings.toSorted(byPlace), refuted };
  return { ...merged, report: withRefutedCount(report) };
}

function isOneOf(files: readonly FileReport[]): (one: { readonly path: string }) => boolean {
  const paths = new Set(files.map((file) => file.path));
  return ({ path }) => paths.has(path);
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

function recheck(saved: SavedReport, folders: readonly Folder[], isDismissed: (finding: Finding) => boolean): Report {
  const all = [...saved.report.findings, ...(saved.dismissed ?? [])].toSorted(byPlace);
  const dismissed = all.filter(isDismissed).length;
  const stillThere = (some: readonly Finding[]) =>
    [...Map.groupBy(some, (finding) => finding.path)].flatMap(([file, own]) =>
      recheckFile(file, own, saved.hashes[file], folders),
    );
  const findings = stillThere(all.filter((finding) => !isDismissed(finding)));
  const refuted = stillThere(saved.report.refuted ?? []);
  const counts = new Map<string, number>();
  for (const { path: file } of findings) counts.set(file, (counts.get(file) ?? 0) + 1);
  const files = saved.report.files.map((file): FileReport => ({ ...file, findings: counts.get(file.path) ?? 0 }));
  const suppressed = { ...saved.report.suppressed, dismissed };
  return withRefutedCount({ ...saved.report, findings, refuted, files, suppressed });
}

function withRefutedCount(report: Report): Report {
  return { ...report, suppressed: { ...report.suppressed, refuted: report.refuted?.length ?? 0 } };
}

function byPlace(a: Finding, b: Finding): number {
  return byPath(a, b) || a.startLine - b.startLine || a.startColumn - b.startColumn;
}

function recheckFile(
  file: string,
  findings: readonly Finding[],
  known: string | undefined,
  folders: readonly Folder[],
): Finding[] {
  const bytes = readReported(file, folders);
  if (!bytes) return [];
  if (hash("sha256", bytes, "hex") === known) return [...findings];
  const text = decodeText(bytes);
  return findings.flatMap((finding) => {
    const span = locateSpan(text, finding.quote);
    if (!span) return [];
    const moved = { ...rangeOf(text, span.start, span.end), quote: text.slice(span.start, span.end) };
    // The fix was written for the old surroundings: with moved code it is no longer offered.
    return [{ ...finding, ...moved, fix: null }];
  });
}

function readReported(file: string, folders: readonly Folder[]): Buffer | undefined {
  const folder = folders.find((one) => file.startsWith(one.prefix));
  if (!folder) return undefined;
  try {
    const absolute = path.join(folder.path, file.slice(folder.prefix.length));
    return readRegularFile(absolute, folder.path);
  } catch {
    return undefined;
  }
}
