/** Parameters that several tools have. */
import * as z from "zod";

export const MINUTE_MS = 60_000;

/** The first question about a large workspace has its outlines made. What is made is stored, also when time runs out. */
export const OUTLINES_TIMEOUT_MS = 60_000;

const PATH_LENGTH = 4_096;

export const path = z.string().min(1).max(PATH_LENGTH).describe("a file of the workspace, as list_files names it");
export const folder = z.string().max(PATH_LENGTH).describe("only files in this folder");
export const glob = z.string().min(1).max(200).describe("only files that match: * and ? in names, ** across folders");

export function limit(standard: number, most: number) {
  return z.number().int().min(1).max(most).default(standard).describe(`at most so many; default ${standard}`);
}

/** 1-based. */
export const line = z.number().int().min(1).max(10_000_000);
