/** Where SARIF says things are: relative addresses below one base for each folder under review. */
import { pathToFileURL } from "node:url";
import path from "node:path";
import type { ArtifactLocation, Run } from "sarif";
import type { Folder } from "../engine.ts";

export interface SarifLocations {
  readonly originalUriBaseIds: NonNullable<Run["originalUriBaseIds"]>;
  /** @param reportedPath with its folder's prefix, as reports have it */
  locate(reportedPath: string): ArtifactLocation;
}

export function createSarifLocations(folders: readonly Folder[]): SarifLocations {
  const bases = folders.map((folder, index) => ({ ...folder, id: index === 0 ? "SRCROOT" : `SRCROOT${index + 1}` }));
  return {
    originalUriBaseIds: Object.fromEntries(bases.map((base) => [base.id, { uri: folderUri(base.path) }])),
    locate(reportedPath) {
      const base = bases.find(({ prefix }) => reportedPath.startsWith(prefix));
      if (!base) return { uri: relativeUri(reportedPath) };
      return { uri: relativeUri(reportedPath.slice(base.prefix.length)), uriBaseId: base.id };
    },
  };
}

/** With the closing slash that a base needs. */
function folderUri(folder: string): string {
  return pathToFileURL(folder.endsWith(path.sep) ? folder : folder + path.sep).href;
}

/** Percent-encoded segment by segment; a file name on Windows may hold half a surrogate pair, which has no encoding. */
function relativeUri(relative: string): string {
  return relative
    .split("/")
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join("/");
}
