import { escapeText } from "./escapeText.ts";
import { t } from "./localize.ts";
import type { Category } from "./report.ts";

/** What a category is called; one that is not known (a newer store may have it) by its own name. */
export function categoryName(category: Category): string {
  switch (category) {
    case "bug":
      return t("bug");
    case "security":
      return t("security");
    case "concurrency":
      return t("concurrency");
    case "resource":
      return t("resource");
    case "performance":
      return t("performance");
    case "error-handling":
      return t("error-handling");
    case "api-misuse":
      return t("api-misuse");
    case "data-loss":
      return t("data-loss");
    case "test":
      return t("test");
    case "maintainability":
      return t("maintainability");
    default:
      return escapeText(String(category satisfies never));
  }
}
