import { escapeLine } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";

/** What of ours keeps memory, as `runWatch.ts` names it, in words for people. */
export function holderName(name: string): string {
  switch (name) {
    case "findings":
      return t("Findings by file");
    case "answers":
      return t("Stored answers");
    case "events":
      return t("Events of the run");
    case "trace":
      return t("Trace");
    default:
      return escapeLine(name);
  }
}
