/** Findings as SARIF's results. */
import type { ArtifactLocation, Fix, Region, Result } from "sarif";
import { escapeText } from "../../shared/escapeText.ts";
import type { Finding, Range } from "../../shared/report.ts";
import { secondLookSentence } from "../../shared/secondLook.ts";
import { sentence } from "./outcomeWords.ts";
import { SARIF_LEVELS } from "./sarifRules.ts";
import { createSecretMask } from "./secretMask.ts";
import type { SarifLocations } from "./sarifLocations.ts";
import type { ReadLines } from "./sourceLines.ts";

export interface ResultOptions {
  readonly locations: SarifLocations;
  readonly readLines: ReadLines;
  /** Position in the driver's list. */
  readonly ruleIndex: ReadonlyMap<string, number>;
}

/** @param findings those of one file */
export function sarifResults(findings: readonly Finding[], options: ResultOptions): Result[] {
  const [first] = findings;
  if (!first) return [];
  const lines = options.readLines(first.path);
  const mask = createSecretMask(findings, lines);
  const artifactLocation = options.locations.locate(first.path);
  // A line of which something is masked is left out whole: this file is made to be uploaded.
  const isMasked = (line: number) =>
    lines?.[line - 1] !== undefined && mask(lines[line - 1]!, line) !== lines[line - 1];
  return findings.map((finding) => resultOf(finding, artifactLocation, holdsSecret(finding, isMasked), options));
}

function holdsSecret({ startLine, endLine }: Range, isMasked: (line: number) => boolean): boolean {
  for (let line = startLine; line <= endLine; line++) if (isMasked(line)) return true;
  return false;
}

function resultOf(
  finding: Finding,
  artifactLocation: ArtifactLocation,
  isSecret: boolean,
  { ruleIndex }: ResultOptions,
): Result {
  const { rule, severity, category, confidence, source, id, secondLook } = finding;
  const region: Region = { ...regionOf(finding), ...(isSecret ? {} : { snippet: { text: finding.quote } }) };
  return {
    ruleId: rule,
    ruleIndex: ruleIndex.get(rule) ?? -1,
    level: SARIF_LEVELS[severity],
    message: { text: messageText(finding) },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    partialFingerprints: { "onceoverFinding/v1": id },
    ...(finding.fix ? { fixes: [fixOf(finding.fix, artifactLocation)] } : {}),
    // What viewers leave out unless they are asked to show it.
    ...(secondLook?.verdict === "refuted" && {
      suppressions: [
        { kind: "external", status: "accepted", justification: inert(secondLookSentence(finding)) } as const,
      ],
    }),
    properties: { category, confidence, source, ...(secondLook && { secondLook: secondLook.verdict }) },
  };
}

/** In SARIF too, columns count from 1 in UTF-16 units (the run says so) and the end is not part of the region. */
function regionOf({ startLine, startColumn, endLine, endColumn }: Range): Region {
  return { startLine, startColumn, endLine, endColumn };
}

/** The first sentence is the title: viewers show it alone. */
function messageText(finding: Finding): string {
  const { title, detail } = finding;
  const head = sentence(title.replace(/\s+/g, " ").trim());
  const isRefuted = finding.secondLook?.verdict === "refuted";
  return inert(
    [head, detail.trim(), isRefuted ? "" : secondLookSentence(finding)].filter((part) => part !== "").join(" "),
  );
}

/** `[text](address)` is a link in a SARIF message, and no model may place one. */
export function inert(text: string): string {
  return escapeText(text).replaceAll("](", "] (");
}

function fixOf(fix: NonNullable<Finding["fix"]>, artifactLocation: ArtifactLocation): Fix {
  const replacements = fix.edits.map((edit) => ({
    deletedRegion: regionOf(edit),
    insertedContent: { text: edit.newText },
  }));
  return {
    description: { text: "Apply the suggested change." },
    artifactChanges: [{ artifactLocation, replacements }],
  };
}
