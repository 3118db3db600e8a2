/**
 * What people read, in their language. The key of a text is the English text itself, as in VS Code's own bundles
 * (https://code.visualstudio.com/api/references/vscode-api#l10n); this module knows no VS Code, so that texts can be
 * made where it cannot be imported: in pure modules, and in webviews. The terminal speaks English.
 */

/** One per process or page: the reader's language does not change while either lives. */
let translations: Readonly<Record<string, string>> = {};

/** @param bundle English text → translation; undefined: English */
export function useTranslations(bundle: Readonly<Record<string, string>> | undefined): void {
  translations = bundle ?? {};
}

/** @param message English, with `{0}`, `{1}` … where values go; a literal, or it cannot be collected for translation */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const text = Object.hasOwn(translations, message) ? translations[message]! : message;
  return text.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}
