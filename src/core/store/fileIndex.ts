/** What is known of files' contents without reading them again. */
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { rowCheck } from "./rowCheck.ts";
import type { ContentVerdict } from "../workspace/skipReasons.ts";

/** Raise when judgeContent or splitText changes its answers: every file is then read once more. */
const CLASSIFIER_VERSION = 1;

export interface ContentFacts {
  /** sha256 of the file's bytes, hex. */
  readonly hash: string;
  readonly verdict: ContentVerdict;
  /** Large files only: [startLine, endLine, sha256 of the chunk's text]. */
  readonly chunks: readonly (readonly [number, number, string])[] | null;
}

export interface IndexedFile extends ContentFacts {
  readonly path: string;
  readonly stamp: string;
  readonly racy: boolean;
}

export interface KnownFiles {
  /** Facts that hold while the file's stamp is this one; undefined: read the file. */
  find(path: string, stamp: string): ContentFacts | undefined;
}

export interface FileIndex extends KnownFiles {
  /** All that is known below a folder, read in one pass: many files are found several times as fast as one by one. */
  below(folder: string): KnownFiles;
  /** Call inside a transaction. */
  save(files: readonly IndexedFile[]): void;
}

export function createFileIndex(db: DatabaseSync): FileIndex {
  const columns = "path, stamp, hash, verdict, chunks, crc";
  const isSound = `racy = 0 AND classifier = ${CLASSIFIER_VERSION}`;
  const select = db.prepare(`SELECT ${columns} FROM files WHERE path = ? AND stamp = ? AND ${isSound}`);
  const selectBelow = db.prepare(`SELECT ${columns} FROM files WHERE path >= ? AND path < ? AND ${isSound}`);
  const insert = db.prepare(
    `INSERT INTO files (path, stamp, racy, classifier, hash, verdict, chunks, crc) VALUES (?, ?, ?, ${CLASSIFIER_VERSION}, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, racy = excluded.racy, classifier = excluded.classifier,
       hash = excluded.hash, verdict = excluded.verdict, chunks = excluded.chunks, crc = excluded.crc`,
  );
  return {
    find(file, stamp) {
      const row = select.get(file, stamp);
      return row && factsOf(row);
    },
    below(folder) {
      const root = folder.endsWith(path.sep) ? folder : folder + path.sep;
      // Paths with this beginning sort before the same with the greatest character behind it.
      const rows = selectBelow.all(root, `${root}\u{10ffff}`);
      const known = new Map(rows.map((row) => [row["path"], row]));
      return {
        find(file, stamp) {
          const row = known.get(file);
          return row && row["stamp"] === stamp ? factsOf(row) : undefined;
        },
      };
    },
    save(files) {
      for (const file of files) {
        const chunks = file.chunks && JSON.stringify(file.chunks);
        const crc = rowCheck([file.path, file.stamp, file.hash, file.verdict, chunks]);
        insert.run(file.path, file.stamp, file.racy ? 1 : 0, file.hash, file.verdict, chunks, crc);
      }
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

/** A damaged row is not known: its file is read once more. */
function factsOf({ path: file, stamp, hash, verdict, chunks, crc }: Row): ContentFacts | undefined {
  if (crc !== null && crc !== rowCheck([file, stamp, hash, verdict, chunks])) return undefined;
  return {
    hash: hash as string,
    verdict: verdict as ContentVerdict,
    chunks: typeof chunks === "string" ? (JSON.parse(chunks) as ContentFacts["chunks"]) : null,
  };
}
