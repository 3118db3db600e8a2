/**
 * What people read, in their language. The key of a text is the English text itself, as in VS Code's own bundles
 * (https://code.visualstudio.com/api/references/vscode-api#l10n); this module knows no VS Code, so that texts can be
 * made where it cannot be imported: in pure modules, and in webviews. The terminal speaks English.
 */

const TRANSLATIONS = Symbol.for("onceover.translations");

type Translations = Readonly<Record<string, string>>;

/**
 * One per process or page: the reader's language does not change while either lives. It is kept outside this module
 * because the extension's entry and the chunks that it loads later each have a copy of it.
 */
const shared = globalThis as { [TRANSLATIONS]?: Translations | undefined };

/** @param bundle English text → translation; undefined: English */
export function useTranslations(bundle: Translations | undefined): void {
  shared[TRANSLATIONS] = bundle;
}

/** @param message English, with `{0}`, `{1}` … where values go; a literal, or it cannot be collected for translation */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const translations = shared[TRANSLATIONS];
  const text = translations && Object.hasOwn(translations, message) ? translations[message]! : message;
  return text.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}
