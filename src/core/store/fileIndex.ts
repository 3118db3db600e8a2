/** What is known of files' contents without reading them again. */
import type { DatabaseSync } from "node:sqlite";
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

export interface FileIndex {
  /** Facts that hold while the file's stamp is this one; undefined: read the file. */
  find(path: string, stamp: string): ContentFacts | undefined;
  /** Call inside a transaction. */
  save(files: readonly IndexedFile[]): void;
}

export function createFileIndex(db: DatabaseSync): FileIndex {
  const select = db.prepare(
    `SELECT hash, verdict, chunks FROM files WHERE path = ? AND stamp = ? AND racy = 0 AND classifier = ${CLASSIFIER_VERSION}`,
  );
  const insert = db.prepare(
    `INSERT INTO files (path, stamp, racy, classifier, hash, verdict, chunks) VALUES (?, ?, ?, ${CLASSIFIER_VERSION}, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, racy = excluded.racy, classifier = excluded.classifier,
       hash = excluded.hash, verdict = excluded.verdict, chunks = excluded.chunks`,
  );
  return {
    find(path, stamp) {
      const row = select.get(path, stamp);
      if (!row) return undefined;
      const chunks = row["chunks"];
      return {
        hash: row["hash"] as string,
        verdict: row["verdict"] as ContentVerdict,
        chunks: typeof chunks === "string" ? (JSON.parse(chunks) as ContentFacts["chunks"]) : null,
      };
    },
    save(files) {
      for (const file of files) {
        const chunks = file.chunks && JSON.stringify(file.chunks);
        insert.run(file.path, file.stamp, file.racy ? 1 : 0, file.hash, file.verdict, chunks);
      }
    },
  };
}
