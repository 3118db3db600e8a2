import { escapeText } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";

/** What failed requests mean and what to do: for codes that single requests fail with. */
export function failureWords(code: string): string {
  switch (code) {
    case "rate-limited":
      return t("The provider asked to wait. Fewer requests at a time help: onceover.concurrency.");
    case "server-error":
      return t("The provider failed. It was tried again; if it goes on, come back later.");
    case "timeout":
      return t("No reply in time. It was tried again; a faster model may help.");
    case "unreachable":
      return t("The server could not be reached. Check the network and the address.");
    case "reply-truncated":
      return t("The reply was longer than allowed and was cut. Analyze the file again, or choose another model.");
    case "reply-unparseable":
      return t("The reply could not be read. Another model may keep to the format better.");
    case "refused":
      return t("The model refused. Another model may not.");
    case "invalid-key":
    case "missing-key":
      return t("The key was refused. Set another one.");
    case "request-rejected":
      return t("The provider rejected the request. The log has its words.");
    default:
      return t("{0}: the log says more.", escapeText(code));
  }
}
