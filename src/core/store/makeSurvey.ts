/** What is known of a workspace's files without a model: their metrics, who uses them, how often they change. */
import { analysisKey } from "../review/keys.ts";
import { countChanges } from "../workspace/churn.ts";
import type { Git } from "../workspace/git.ts";
import { createDependencyGraph } from "../workspace/graph/dependencyGraph.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import { createOutlineSources, type OutlineSources } from "./outlineSources.ts";
import { listFolders, snapshotFolders } from "./snapshotFolders.ts";
import type { PlanRequest } from "./plan.ts";
import type { Survey, SurveyedFile } from "./survey.ts";
import type { StoreParts } from "./storeParts.ts";

export async function makeSurvey(
  parts: StoreParts,
  request: PlanRequest,
  git: Git,
  now: () => number,
): Promise<Survey> {
  const looked = await listFolders(request, git);
  const snapshots = await snapshotFolders(parts, request, looked, now);
  const sinks = findSinks(
    parts,
    request,
    snapshots.flatMap(({ files }) => files),
  );
  const surveys = request.folders.map(async (folder, at): Promise<Survey> => {
    const changes = request.trusted ? await countChanges(folder.path, git, now()) : undefined;
    const files = new Map(snapshots[at]!.files.map((file) => [file.path.slice(folder.prefix.length), file]));
    const { outlines } = parts;
    const paths = looked.listed[at]!;
    const fileAt = (relative: string) => files.get(relative);
    const sources = createOutlineSources({
      folder,
      paths,
      fileAt,
      outlines,
      outlineVersion: request.outlineVersion,
    });
    const { surveyed, cycles } = surveyFolder(sources, files);
    return {
      missingOutlines: request.withoutMissing ? [] : [...sources.missing.values()],
      files: surveyed.map((one) => ({
        ...one,
        path: folder.prefix + one.path,
        commits: changes ? (changes.get(one.path) ?? 0) : null,
        sinks: sinks(files.get(one.path)!),
      })),
      cycles: cycles.map((cycle) => cycle.map((path) => folder.prefix + path)),
    };
  });
  const all = await Promise.all(surveys);
  return {
    missingOutlines: all.flatMap((one) => one.missingOutlines),
    files: all.flatMap((one) => one.files),
    cycles: all.flatMap((one) => one.cycles),
  };
}

function surveyFolder({ measured, sources }: OutlineSources, files: ReadonlyMap<string, SnapshotFile>) {
  const graph = createDependencyGraph(sources.resolver);
  const found: Omit<SurveyedFile, "commits" | "sinks" | "importers">[] = [];
  for (const [path, file] of files) {
    const outlined = measured(path);
    if (!outlined) continue;
    graph.set(path, outlined.language, outlined.outline);
    found.push({ path, sizeBytes: file.sizeBytes, ...outlined.outline.metrics });
  }
  return { surveyed: found.map((one) => ({ ...one, importers: graph.fanIn(one.path) })), cycles: graph.cycles() };
}

/** Ids of the security rules that have found something in a file; none where it was not analysed yet. */
function findSinks({ reviews }: StoreParts, { offlineVersion }: PlanRequest, files: readonly SnapshotFile[]) {
  const keyOf = ({ content, language, kind }: SnapshotFile) =>
    content && language && kind ? analysisKey(content.hash, language, kind, offlineVersion) : undefined;
  const analyses = reviews.findAnalyses(
    files.flatMap((file) => keyOf(file) ?? []),
    [],
  );
  return (file: SnapshotFile): string[] => {
    const findings = analyses.get(keyOf(file) ?? "") ?? [];
    return [...new Set(findings.filter(({ category }) => category === "security").map(({ rule }) => rule))].toSorted();
  };
}
