import { t } from "../shared/localize.ts";
import type { Severity } from "../shared/report.ts";

/** A severity within a line or a sentence, in lower case where the language has it. */
export function severityWord(severity: Severity): string {
  switch (severity) {
    case "error":
      return t("error");
    case "warning":
      return t("warning");
    case "info":
      return t("info");
  }
}
