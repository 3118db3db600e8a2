/** What the rules' pages claim: all that this measurement knows of the rules. */
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { familiesOf, LANGUAGES } from "./mutator.ts";

export interface RulePage {
  readonly rule: string;
  /** Language ids. */
  readonly languages: readonly string[];
}

const folder = fileURLToPath(new URL("../../src/core/offline/rules", import.meta.url));

/** @throws Error for a page that names no languages */
export function readRulePages(): RulePage[] {
  return globSync("*/*.md", { cwd: folder })
    .toSorted()
    .map((name) => {
      const [, claimed] = /^languages: (.+)$/m.exec(readFileSync(`${folder}/${name}`, "utf8")) ?? [];
      if (claimed === undefined) throw new Error(`${name} does not say which languages it is for.`);
      const families = new Set(claimed.split(", "));
      const claims = (language: string) => familiesOf(language).some((family) => families.has(family));
      return { rule: name.split("/")[0]!, languages: LANGUAGES.filter((one) => claimed === "all" || claims(one)) };
    });
}
