/** Keys that are there to be shown or to be tested with. */
import { isTestText } from "./contextChecks.ts";
import type { RawFinding } from "./rawFinding.ts";

const SAMPLE =
  /(?<![A-Za-z])(?:tests?|testing|samples?|examples?|dummy|fake|mock|fixtures?|demo|patterns?|placeholder|seeder)(?![a-z])|(?:Test|Sample|Example|Dummy|Fake|Mock|Fixture|Pattern)(?![a-z])|(?<![A-Z])(?:TEST|SAMPLE|EXAMPLE|DUMMY|FAKE|MOCK|FIXTURE|DEMO|PATTERN)S?(?![A-Z])/;
/** From here on Rust's tests follow. */
const RUST_TESTS = /#\[cfg\(test\)\]|#\[(?:\w+::)?test\]/;

/** A file's opening comment speaks for all of it. */
const HEAD_CHARACTERS = 400;
const BEFORE_CHARACTERS = 200;
/** A key and its other half are a find; more than that, in code, are a collection of samples. */
const MOST_IN_CODE = 2;

/**
 * Keys in a provider's form and private keys are remarks where they are called a sample, or are among many.
 *
 * @param inCode whether the file is source: in settings and data several true keys may stand side by side
 */
export function samplesAsRemarks(found: readonly RawFinding[], text: string, inCode: boolean): RawFinding[] {
  const keys = found.filter(isKey);
  if (keys.length === 0) return [...found];
  const isCollection = inCode && keys.length > MOST_IN_CODE;
  const allSamples = isCollection || isTestText(text) || SAMPLE.test(openingComment(text));
  return found.map((one) => (isKey(one) && (allSamples || isSample(one, text)) ? { ...one, severity: "info" } : one));
}

const isKey = ({ rule, severity }: RawFinding) => (severity ?? rule.severity) === "error";

const openingComment = (text: string) =>
  /^\s*(?:(?:\/\/|\/?\*|#|--|<!--).*\n?)+/.exec(text.slice(0, HEAD_CHARACTERS))?.[0] ?? "";

function isSample({ start }: RawFinding, text: string): boolean {
  const lineEnd = text.indexOf("\n", start);
  const near = text.slice(Math.max(0, start - BEFORE_CHARACTERS), lineEnd === -1 ? undefined : lineEnd);
  return SAMPLE.test(near.replaceAll("_", " ")) || RUST_TESTS.test(text.slice(0, start));
}
