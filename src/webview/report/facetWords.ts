import { categoryName } from "../../shared/categoryName.ts";
import { t } from "../../shared/localize.ts";
import type { Category, Severity } from "../../shared/report.ts";
import type { Facet } from "./facets.ts";
import type { RowOrder } from "./reportRows.ts";

export function facetName(facet: Facet): string {
  switch (facet) {
    case "severity":
      return t("Severity");
    case "category":
      return t("Category");
    case "source":
      return t("Found by");
    case "status":
      return t("File");
  }
}

/** What a value of a facet is called, as an entry of a list. */
export function valueName(facet: Facet, value: string): string {
  switch (facet) {
    case "severity":
      return severitiesName(value as Severity);
    case "category":
      return categoryTitle(value as Category);
    case "source":
      return value === "offline" ? t("Offline engine") : t("Model");
    case "status":
      return statusName(value);
  }
}

/** A category at the beginning of a line. */
export function categoryTitle(category: Category): string {
  const name = categoryName(category).replaceAll("-", " ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Several of a severity, as the name of a group. */
export function severitiesName(severity: Severity): string {
  switch (severity) {
    case "error":
      return t("Errors");
    case "warning":
      return t("Warnings");
    case "info":
      return t("Infos");
  }
}

/** A severity as what a sign stands for. */
export function severityName(severity: Severity): string {
  switch (severity) {
    case "error":
      return t("error");
    case "warning":
      return t("warning");
    case "info":
      return t("info");
  }
}

function statusName(status: string): string {
  switch (status) {
    case "reviewed":
      return t("Reviewed in this run");
    case "cached":
      return t("From the cache");
    case "skipped":
      return t("Skipped");
    case "failed":
      return t("Failed");
    case "pending":
      return t("Pending");
    default:
      return t("In review");
  }
}

export function orderName(order: RowOrder): string {
  switch (order) {
    case "severity":
      return t("Most severe first");
    case "arrival":
      return t("As they arrived");
    case "path":
      return t("By path");
  }
}
