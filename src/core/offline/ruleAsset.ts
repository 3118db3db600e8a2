/** The rules as shipped: from source a folder, in a build one JSON file of contents by path. */
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { assetUrl } from "../assets.ts";

/** JSON object, path → content, paths sorted: the same text from source and from a build of that source. */
export function readRuleAsset(): string {
  if (!import.meta.url.endsWith(".ts")) return fs.readFileSync(assetUrl("rules.json"), "utf8");
  return packRules(fileURLToPath(new URL("rules", import.meta.url)));
}

function packRules(folder: string): string {
  const files: Record<string, string> = {};
  for (const rule of fs.readdirSync(folder).toSorted()) {
    for (const file of fs.readdirSync(path.join(folder, rule)).toSorted()) {
      files[`${rule}/${file}`] = fs.readFileSync(path.join(folder, rule, file), "utf8");
    }
  }
  return JSON.stringify(files);
}
