import fs from "node:fs";
import type { TranslationsInUse } from "../../src/shared/localize.ts";

export const translatedLanguages = ["de", "ja", "zh-cn"] as const;

/** The texts that ship in a language. */
export function shippedTranslations(language: (typeof translatedLanguages)[number]): TranslationsInUse {
  const file = new URL(`../../l10n/bundle.l10n.${language}.json`, import.meta.url);
  return { bundle: JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, string>, language };
}

/** Every text in brackets: what stands outside of them was never looked up. */
export function bracketedTranslations(): TranslationsInUse {
  const texts = Object.keys(shippedTranslations("de").bundle);
  return { bundle: Object.fromEntries(texts.map((text) => [text, `⟦${text}⟧`])), language: "en" };
}

/** What is left of a text without what stands in brackets; translated values stand in translated texts. */
export function outsideBrackets(text: string): string {
  const rest = text.replaceAll(/⟦[^⟦⟧]*⟧/g, "");
  return rest === text ? text : outsideBrackets(rest);
}
