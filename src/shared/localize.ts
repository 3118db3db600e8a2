/**
 * What people read, in their language. The key of a text is the English text itself, as in VS Code's own bundles
 * (https://code.visualstudio.com/api/references/vscode-api#l10n); this module knows no VS Code, so that texts can be
 * made where it cannot be imported: in pure modules, and in webviews. The terminal speaks English.
 */

const TRANSLATIONS = Symbol.for("onceover.translations");

/** English text → translation. */
export type Translations = Readonly<Record<string, string>>;

/** The texts, and the language that they are in. */
export interface TranslationsInUse {
  readonly bundle: Translations;
  readonly language: string;
}

/**
 * One per process or page: the reader's language does not change while either lives. It is kept outside this module
 * because the extension's entry and the chunks that it loads later each have a copy of it.
 */
const shared = globalThis as { [TRANSLATIONS]?: TranslationsInUse | undefined };

/**
 * @param bundle undefined: English
 * @param language of the bundle, as a language tag (`de`, `zh-cn`); figures and dates are written as it is usual there
 */
export function useTranslations(bundle: Translations | undefined, language: string): void {
  shared[TRANSLATIONS] = bundle && { bundle, language };
}

/** The language of the translations, for `Intl`; undefined: English, whatever the editor's own language is. */
export function displayLanguage(): string | undefined {
  return shared[TRANSLATIONS]?.language;
}

/** What {@link t} looks up, to be handed on to a page; undefined: English. */
export function translationsInUse(): TranslationsInUse | undefined {
  return shared[TRANSLATIONS];
}

/** By language and options: making a format takes ten times as long as writing a number with it. */
const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number as it is usual in the language of the texts. */
export function numberInLanguage(number: number, options: Intl.NumberFormatOptions = {}): string {
  const language = displayLanguage() ?? "en-US";
  const key = language + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(language, options)));
  return format.format(number);
}

/** @param message English, with `{0}`, `{1}` … where values go; a literal, or it cannot be collected for translation */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const bundle = shared[TRANSLATIONS]?.bundle;
  const text = bundle && Object.hasOwn(bundle, message) ? bundle[message]! : message;
  return text.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}

/**
 * A text about a number of things. Both are whole phrases, so that a translation may turn them round; a language
 * without plurals gives both the same.
 *
 * @param count `{0}` in the text, as a whole number with thousands set off; `values` follow from `{1}`
 */
export function tCount(count: number, one: string, several: string, ...values: readonly (string | number)[]): string {
  const whole = Math.round(count);
  return t(whole === 1 ? one : several, numberInLanguage(whole), ...values);
}
