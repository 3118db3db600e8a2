/** The queries as shipped: from source a folder, in a build one JSON file of contents by name. */
import fs from "node:fs";
import { assetUrl } from "../../assets.ts";

/** @returns the joined text of query files, in the order given */
export function readOutlineQueries(names: readonly string[]): string {
  if (import.meta.url.endsWith(".ts")) return names.map(readQueryFile).join("\n");
  const packed = JSON.parse(fs.readFileSync(assetUrl("outlines.json"), "utf8")) as Record<string, string>;
  return names.map((name) => packed[`${name}.scm`]).join("\n");
}

function readQueryFile(name: string): string {
  return fs.readFileSync(new URL(`queries/${name}.scm`, import.meta.url), "utf8");
}
