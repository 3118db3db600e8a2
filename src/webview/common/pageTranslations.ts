import type { Translations } from "../../shared/localize.ts";

/**
 * The texts that came with the page; undefined when there are none, or they are not what they should be: English then.
 *
 * @param content JSON of English text → translation
 */
export function pageTranslations(content: string | null | undefined): Translations | undefined {
  if (!content) return undefined;
  try {
    const parsed: unknown = JSON.parse(content);
    return isTranslations(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isTranslations(value: unknown): value is Translations {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}
