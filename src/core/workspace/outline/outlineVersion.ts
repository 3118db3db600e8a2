/** What outlines depend on besides the file: part of the key under which they are stored. */
import { hash } from "node:crypto";
import { readOutlineQueries } from "./outlineQuery.ts";
import { outlinedLanguages, outlineLanguage } from "./outlineLanguages.ts";

/** Raise it whenever code, grammars or the search for secrets change what an outline says: queries are hashed. */
const OUTLINER_VERSION = "3";

let version: string | undefined;

/** Read once per thread. */
export function outlineVersion(): string {
  return (version ??= `${OUTLINER_VERSION}-${hash("sha256", allQueries(), "hex").slice(0, 16)}`);
}

function allQueries(): string {
  const names = new Set(outlinedLanguages().flatMap((language) => outlineLanguage(language)!.queries));
  return readOutlineQueries([...names].toSorted());
}
