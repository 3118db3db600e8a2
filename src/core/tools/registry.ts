/** Every tool there is. All of them only read; there is none that writes, runs what it is told, or fetches. */
import { diagnostics } from "./list/diagnostics.ts";
import { gitBlame } from "./list/gitBlame.ts";
import { gitDiff } from "./list/gitDiff.ts";
import { gitLog } from "./list/gitLog.ts";
import { importers } from "./list/importers.ts";
import { imports } from "./list/imports.ts";
import { listFiles } from "./list/listFiles.ts";
import { outline } from "./list/outline.ts";
import { readDocs } from "./list/readDocs.ts";
import { readFile } from "./list/readFile.ts";
import { searchSymbols } from "./list/searchSymbols.ts";
import { searchText } from "./list/searchText.ts";
import type { Tool } from "./tool.ts";

export const TOOLS: readonly Tool[] = [
  readFile,
  outline,
  imports,
  importers,
  listFiles,
  searchText,
  searchSymbols,
  diagnostics,
  gitLog,
  gitBlame,
  gitDiff,
  readDocs,
];
