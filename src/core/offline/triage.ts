/** How much thought a unit needs, said with reasons: chooses models, orders work, names hot spots. */

/** What the content alone tells. Stays the same wherever the file lies and whoever uses it. */
export interface ContentFacts {
  /** Of the most complex function in it. */
  readonly cognitiveComplexity: number;
  readonly lines: number;
  readonly sizeBytes: number;
  /** Ids of security rules that found something in it. */
  readonly sinks: readonly string[];
}

export interface Triage {
  readonly level: "simple" | "complex";
  /** Why, in English, most weighty first; empty for `simple`. */
  readonly reasons: readonly string[];
}

const COMPLEX_FUNCTION = 25;
const MANY_LINES = 600;
const MANY_BYTES = 40_000;

/**
 * From content alone, so that it may choose the model of a review that is stored: churn or a new importer must not
 * have the same content reviewed, and paid for, again.
 */
export function triage({ cognitiveComplexity, lines, sizeBytes, sinks }: ContentFacts): Triage {
  const reasons: string[] = [];
  if (sinks.length > 0) reasons.push(`security findings: ${[...new Set(sinks)].toSorted().join(", ")}`);
  if (cognitiveComplexity > COMPLEX_FUNCTION) reasons.push(`a function of cognitive complexity ${cognitiveComplexity}`);
  if (lines > MANY_LINES) reasons.push(`${lines} lines`);
  else if (sizeBytes > MANY_BYTES) reasons.push(`${sizeBytes} bytes`);
  return { level: reasons.length > 0 ? "complex" : "simple", reasons };
}

/** What surrounds a unit. It may order work and explain it, never choose a model or enter a prompt. */
export interface SurroundingFacts {
  /** Commits that changed it, in the time looked at. */
  readonly commits: number;
  /** Files that import it. */
  readonly importers: number;
}

/**
 * How early a unit deserves a look: complexity weighed by how often it changes and by how much hangs on it.
 * @returns from 0 up, only meant to be compared
 */
export function hotSpotScore(content: ContentFacts, around: SurroundingFacts): number {
  const weight = 1 + content.cognitiveComplexity + content.lines / 100 + 10 * content.sinks.length;
  return weight * (1 + Math.log2(1 + around.commits)) * (1 + Math.log2(1 + around.importers) / 2);
}
