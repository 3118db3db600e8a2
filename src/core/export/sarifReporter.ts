/** The report as SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), in pieces that need no second copy of it. */
import type { Run } from "sarif";
import type { Folder } from "../engine.ts";
import type { Report } from "../../shared/report.ts";
import { suppressedWords } from "./figures.ts";
import { inStableOrder } from "./findingOrder.ts";
import { sarifInvocation, sarifNotificationKinds } from "./sarifInvocation.ts";
import { createSarifLocations } from "./sarifLocations.ts";
import { sarifResults } from "./sarifResults.ts";
import { sarifRules } from "./sarifRules.ts";
import type { ReadLines } from "./sourceLines.ts";
import { visibleJson } from "./visibleJson.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

export interface SarifOptions {
  readonly folders: readonly Folder[];
  readonly readLines: ReadLines;
}

export function* renderSarif(report: Report, { folders, readLines }: SarifOptions): Generator<string> {
  const locations = createSarifLocations(folders);
  const all = [...report.findings, ...(report.refuted ?? [])];
  const rules = sarifRules(report.run.provider, all);
  const head: Omit<Run, "results"> = {
    tool: {
      driver: {
        name: "Onceover",
        semanticVersion: report.tool.version,
        rules,
        notifications: sarifNotificationKinds(),
      },
    },
    automationDetails: { id: `onceover/${report.run.id}` },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: locations.originalUriBaseIds,
    invocations: [sarifInvocation(report, locations, suppressedWords(report.suppressed))],
    properties: runProperties(report),
  };
  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
  for (const [key, value] of Object.entries(head)) yield `      ${JSON.stringify(key)}: ${visibleJson(value, 3)},\n`;
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]));
  yield `      "results": [`;
  let separator = "\n        ";
  for (const [, findings] of Map.groupBy(inStableOrder(all), (finding) => finding.path)) {
    for (const result of sarifResults(findings, { locations, readLines, ruleIndex })) {
      yield separator + visibleJson(result, 4);
      separator = ",\n        ";
    }
  }
  yield `${all.length > 0 ? "\n      " : ""}]\n    }\n  ]\n}\n`;
}

/** What SARIF has no word for. */
function runProperties({ run, coverage, suppressed, cost }: Report): Record<string, unknown> {
  const { provider, model, complete, stoppedBy, since = null } = run;
  return { provider, model, complete, stoppedBy, since, coverage, suppressed, costUsd: cost.unknown ? null : cost.usd };
}
