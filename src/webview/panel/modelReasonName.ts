import { escapeLine } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";

const TOUCHES = "touches ";
const COMPLEX = /^complex: cognitive (\d+)$/;
const LARGE = /^large: (\d+) (lines|KB)$/;

/** Why the strong model reviewed a file, in the reader's language; what is not known here is shown as it stands. */
export function modelReasonName(reason: string): string {
  if (reason.startsWith(TOUCHES)) return t("It touches {0}", escapeLine(reason.slice(TOUCHES.length)));
  const complexity = COMPLEX.exec(reason)?.[1];
  if (complexity !== undefined) return t("It is complex: cognitive complexity {0}", complexity);
  const [, size, unit] = LARGE.exec(reason) ?? [];
  if (size !== undefined) return unit === "KB" ? t("It is large: {0} KB", size) : t("It is large: {0} lines", size);
  return escapeLine(reason);
}
