import { escapeLine } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";
import type { Provider } from "../../shared/report.ts";

/** What reviewed: the model's name, as a server or a setting spells it, or the engine's where there is none. */
export function reviewerName(provider: Provider, model: string | null): string {
  if (provider === "offline") return t("offline");
  return model === null ? provider : escapeLine(model);
}

/** File name and folder of a reported path. */
export function splitPath(path: string): { readonly name: string; readonly folder: string } {
  const slash = path.lastIndexOf("/");
  return { name: path.slice(slash + 1), folder: path.slice(0, Math.max(0, slash)) };
}
