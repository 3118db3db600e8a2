/** What is wrong with something typed into an input box; null: nothing. */
import { describeError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import { parseEndpoint } from "../shared/endpoint.ts";

/** A key goes into a header, which takes printable ASCII. Empty is not a problem: it means none. */
export function keyProblem(text: string): string | null {
  return /[^\u0021-\u007e]/.test(text.trim()) ? t("A key holds no spaces and no special characters.") : null;
}

export function addressProblem(text: string): string | null {
  try {
    parseEndpoint(text);
    return null;
  } catch (error) {
    return describeError(error);
  }
}

export function nameProblem(text: string): string | null {
  return text.trim() === "" ? t("Enter a name.") : null;
}
