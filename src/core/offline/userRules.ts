/**
 * A team's own rules: `.onceover/rules/<id>/`, in the format of the built-in ones (see ruleFile.ts).
 * Whoever calls makes sure that the workspace is trusted.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describeError } from "../../shared/errors.ts";
import { CATEGORIES } from "../../shared/report.ts";
import { readRuleAsset } from "./ruleAsset.ts";
import { parseRules, type Rule } from "./ruleFile.ts";

export interface UserRules {
  /** JSON object, `<id>/<file>` → content, as readRuleAsset() gives it; undefined when there are no rules. */
  readonly packed: string | undefined;
  /** Part of the analyses' key: changes with any rule's content. Empty without rules. */
  readonly version: string;
  /** What is wrong with rules that were left out, for people. */
  readonly notices: readonly string[];
}

const MAX_RULES = 100;
const MAX_FILE_BYTES = 64 * 1024;
const ID = /^[a-z][a-z0-9-]{1,60}$/;

/** Never throws: a rule that is not well formed is left out with a notice. Links are not followed. */
export function readUserRules(folders: readonly string[]): UserRules {
  const places = folders.map((folder) => ({ folder, ids: ruleFolders(path.join(folder, ".onceover", "rules")) }));
  if (places.every(({ ids }) => ids.length === 0)) return { packed: undefined, version: "", notices: [] };
  const builtIn = new Set(Object.keys(JSON.parse(readRuleAsset()) as object).map((file) => file.split("/")[0]!));
  const files: Record<string, string> = {};
  const notices: string[] = [];
  const taken = new Set(builtIn);
  for (const { folder, ids } of places) {
    for (const id of ids) {
      const place = `.onceover/rules/${id}`;
      try {
        if (taken.has(id)) throw new Error("A rule of that name exists already: give it another.");
        if (taken.size - builtIn.size >= MAX_RULES) throw new Error(`More than ${MAX_RULES} rules are not read.`);
        const own = readRule(path.join(folder, place), id);
        validateRule(parseRules(own)[0]!);
        Object.assign(files, own);
        taken.add(id);
      } catch (error) {
        notices.push(`${place} is left out: ${describeError(error)}`);
      }
    }
  }
  if (Object.keys(files).length === 0) return { packed: undefined, version: "", notices };
  const packed = JSON.stringify(files);
  return { packed, version: `-${hash("sha256", packed, "hex").slice(0, 16)}`, notices };
}

function ruleFolders(folder: string): string[] {
  try {
    if (!fs.lstatSync(path.dirname(folder)).isDirectory() || !fs.lstatSync(folder).isDirectory()) return [];
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  } catch {
    return []; // Most workspaces have none.
  }
}

function readRule(folder: string, id: string): Record<string, string> {
  if (!ID.test(id)) throw new Error("A rule's name has small letters, digits and dashes.");
  const files: Record<string, string> = {};
  for (const name of fs.readdirSync(folder).toSorted()) {
    if (name !== `${id}.md` && !name.endsWith(".scm")) continue;
    const stats = fs.lstatSync(path.join(folder, name));
    if (!stats.isFile()) throw new Error(`${name} is no plain file.`);
    if (stats.size > MAX_FILE_BYTES) throw new Error(`${name} is larger than ${MAX_FILE_BYTES / 1024} KB.`);
    files[`${id}/${name}`] = fs.readFileSync(path.join(folder, name), "utf8");
  }
  return files;
}

function validateRule(rule: Rule): void {
  if (rule.engine !== "query") throw new Error("Own rules have patterns: leave out engine.");
  if (!CATEGORIES.includes(rule.category)) throw new Error(`The category is one of ${CATEGORIES.join(", ")}.`);
  if (!(rule.confidence > 0 && rule.confidence <= 1)) throw new Error("The confidence is above 0 and at most 1.");
  if (rule.patterns.size === 0) throw new Error("It has no patterns, as in python.scm.");
}
