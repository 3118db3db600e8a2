/**
 * A rule is a folder `rules/<id>/`: `<id>.md` says what it is about, `<family>.scm` holds its tree-sitter patterns.
 *
 * In a pattern `@finding` marks what is reported. `(#set! check "name …")` names checks from checks.ts that must hold
 * too (the field `checks` does that for all patterns of a rule), `(#set! title "…")`, `(#set! severity "…")` and `(#set! raised "…")`
 * stand in for the rule's own. `raised: error when request-input` makes a match graver than the rule where that check holds.
 */
import type { Category, Severity } from "../../shared/report.ts";

export type RuleEngine = "query" | "metrics" | "secrets";

/** What a match's severity becomes where all these checks hold as well. */
export interface Raise {
  readonly severity: Severity;
  readonly checks: readonly string[];
}

export interface Rule {
  readonly id: string;
  /** Main clause, comma, consequence; at most 80 characters. */
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly confidence: number;
  /** `metrics` and `secrets` are computed in code; their texts live with the other rules' all the same. */
  readonly engine: RuleEngine;
  /** Language families, or `all`. */
  readonly languages: readonly string[];
  /** Names of checks that hold for each of its patterns. */
  readonly checks: readonly string[];
  readonly raised: Raise | undefined;
  /** Scenario and consequence: the section "Why". */
  readonly detail: string;
  /** Patterns by family. */
  readonly patterns: ReadonlyMap<string, string>;
}

const SEVERITIES: ReadonlySet<string> = new Set<Severity>(["error", "warning", "info"]);

/** `files`: contents by path, `<id>/<file>`. Throws when a rule is not well formed: rules ship with the program. */
export function parseRules(files: Readonly<Record<string, string>>): Rule[] {
  const ids = [...new Set(Object.keys(files).map((path) => path.split("/")[0]!))].toSorted();
  return ids.map((id) => parseRule(id, files));
}

function parseRule(id: string, files: Readonly<Record<string, string>>): Rule {
  const text = files[`${id}/${id}.md`];
  if (text === undefined) throw new Error(`Rule ${id} has no ${id}.md.`);
  const { fields, body } = splitFrontMatter(text);
  const field = (name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`Rule ${id} has no ${name}.`);
    return value;
  };
  const patterns = new Map<string, string>();
  for (const [path, source] of Object.entries(files)) {
    const file = path.startsWith(`${id}/`) ? path.slice(id.length + 1) : "";
    if (file.endsWith(".scm")) patterns.set(file.slice(0, -".scm".length), source);
  }
  if (field("id") !== id) throw new Error(`Rule ${id} calls itself ${field("id")}.`);
  if (!SEVERITIES.has(field("severity"))) throw new Error(`Rule ${id} has an unknown severity.`);
  return {
    id,
    title: field("title"),
    severity: field("severity") as Severity,
    category: field("category") as Category,
    confidence: Number(field("confidence")),
    engine: (fields.get("engine") ?? "query") as RuleEngine,
    languages: field("languages").split(/,\s*/),
    checks: fields.get("checks")?.split(/\s+/) ?? [],
    raised: parseRaise(fields.get("raised")),
    detail: section(body, "Why"),
    patterns,
  };
}

/** `error when request-input unconditional`. Throws when it is written otherwise. */
export function parseRaise(text: string | undefined): Raise | undefined {
  if (text === undefined) return undefined;
  const [, severity, names] = /^(error|warning) when ([a-z -]+)$/.exec(text.trim()) ?? [];
  if (severity === undefined) throw new Error("A raised severity is written as: raised: warning when request-input");
  return { severity: severity as Severity, checks: names!.trim().split(/\s+/) };
}

function splitFrontMatter(text: string): { readonly fields: ReadonlyMap<string, string>; readonly body: string } {
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll("\r\n", "\n"));
  if (!parts) throw new Error("A rule's text has no front matter.");
  const fields = new Map<string, string>();
  for (const line of parts[1]!.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return { fields, body: parts[2]! };
}

/** The section's text as one paragraph. */
function section(body: string, heading: string): string {
  const start = body.indexOf(`## ${heading}\n`);
  if (start === -1) throw new Error(`A rule's text has no section ${heading}.`);
  const rest = body.slice(start + heading.length + 4);
  const end = rest.search(/^## /m);
  return (end === -1 ? rest : rest.slice(0, end)).trim().replace(/\s+/g, " ");
}
