/** What can be found, for SARIF: the offline rules with their own pages, and the categories in which a model reports. */
import type { ReportingConfiguration, ReportingDescriptor } from "sarif";
import { readRuleAsset } from "../offline/ruleAsset.ts";
import { parseRules, type Rule } from "../offline/ruleFile.ts";
import type { Category, Finding, Provider, Severity } from "../../shared/report.ts";

export const SARIF_LEVELS = { error: "error", warning: "warning", info: "note" } as const satisfies Readonly<
  Record<Severity, ReportingConfiguration["level"]>
>;

const CATEGORIES: Readonly<Record<Category, readonly [title: string, meaning: string]>> = {
  bug: ["Wrong behaviour", "The code does something else than it is meant to do."],
  security: ["Weakness in security", "Someone can reach, read or change what they should not."],
  concurrency: ["Mistake in concurrency", "Parts that run at the same time can disturb each other."],
  resource: ["Resource that is not given back", "Memory, a file, a connection or a process is kept for too long."],
  performance: [
    "Needless cost at run time",
    "The work grows faster than its input, or is done more often than needed.",
  ],
  "error-handling": ["Failure that is not handled", "An error is swallowed, hidden or answered in the wrong way."],
  "api-misuse": ["Wrong use of an interface", "A library, the platform or a protocol is used against its contract."],
  "data-loss": ["Loss of data", "What was stored or entered can be lost or damaged."],
  test: ["Test that proves nothing", "A test cannot fail, or does not test what it says."],
  maintainability: ["Hard to change safely", "The code invites the next mistake."],
};

/** GitHub sorts security alerts by a number from 0.1 to 10. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: "8.0", warning: "5.5", info: "2.0" };

/**
 * Sorted by id. All that the run could have reported, found or not, so that what was looked for stands in the file and
 * two runs of one kind have the same list; and whatever else the findings name.
 */
export function sarifRules(provider: Provider, findings: readonly Finding[]): ReportingDescriptor[] {
  const contents = JSON.parse(readRuleAsset()) as Record<string, string>;
  const rules = new Map<string, ReportingDescriptor>();
  for (const rule of parseRules(contents))
    rules.set(rule.id, describeRule(rule, contents[`${rule.id}/${rule.id}.md`]!));
  if (provider !== "offline") {
    for (const category of Object.keys(CATEGORIES) as Category[]) rules.set(category, describeCategory(category));
  }
  for (const { rule, category } of findings) {
    if (!rules.has(rule)) rules.set(rule, { ...describeCategory(category), id: rule });
  }
  return [...rules.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function describeRule(rule: Rule, page: string): ReportingDescriptor {
  const markdown = page.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.detail },
    help: { text: markdown, markdown },
    defaultConfiguration: { level: SARIF_LEVELS[gravest(rule)] },
    properties: {
      ...categoryProperties(rule.category, gravest(rule)),
      precision: rule.confidence >= 0.85 ? "very-high" : rule.confidence >= 0.7 ? "high" : "medium",
    },
  };
}

function describeCategory(category: Category): ReportingDescriptor {
  const [title, meaning] = CATEGORIES[category] ?? [category, "A remark of the model."];
  const text = `${meaning} A language model reviewed the code and reported it; read its reasons before you act on it.`;
  return {
    id: category,
    name: pascalCase(category),
    shortDescription: { text: `${title}.` },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: { level: "warning" },
    properties: { ...categoryProperties(category, "warning"), precision: "medium" },
  };
}

/** A scanning service sorts by the rule; each result has its own level besides. */
const gravest = (rule: Rule): Severity => rule.raised?.severity ?? rule.severity;

function categoryProperties(category: Category, severity: Severity) {
  return {
    tags: [category],
    ...(category === "security" ? { "security-severity": SECURITY_SEVERITY[severity] } : {}),
  };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
