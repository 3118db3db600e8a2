import { escapeText } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";

const SWITCHED = "model switched from ";

/** Why a file was asked about, in the reader's language; what is not known here is shown as it stands. */
export function causeName(reason: string): string {
  if (reason.startsWith(SWITCHED)) return t("Another model than {0}", escapeText(reason.slice(SWITCHED.length)));
  switch (reason) {
    case "":
      return t("No review came of it");
    case "new file":
      return t("New");
    case "edited":
      return t("Edited");
    case "how Onceover asks has changed":
      return t("Onceover asks differently");
    case "conventions or frameworks of the workspace changed":
      return t("Conventions or frameworks changed");
    case "an earlier try failed":
      return t("An earlier try failed");
    case "an earlier try was interrupted":
      return t("An earlier try was interrupted");
    case "its stored answer is gone":
      return t("Its stored answer is gone");
    default:
      return escapeText(reason);
  }
}
