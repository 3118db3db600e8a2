/** Key → text. In a bundle the key is the English text itself. */
export type Texts = Readonly<Record<string, string>>;

/**
 * What is wrong with a translation, in words; empty: nothing. Besides being whole it must keep what a text refers to:
 * values, links, settings and code.
 *
 * @param source the English texts
 * @param name of the file, for the messages
 */
export function translationProblems(source: Texts, translation: Texts, name: string): readonly string[] {
  const missing = Object.keys(source).filter((key) => !translation[key]);
  const unknown = Object.keys(translation).filter((key) => !Object.hasOwn(source, key));
  const broken = Object.keys(source).filter(
    (key) => translation[key] && references(source[key]!) !== references(translation[key]),
  );
  return [
    ...missing.map((key) => `${name} lacks ${JSON.stringify(key)}`),
    ...unknown.map((key) => `${name} has ${JSON.stringify(key)}, which nothing asks for`),
    ...broken.map((key) => `${name} does not refer to the same as ${JSON.stringify(key)}`),
  ];
}

/** The same texts as the English ones, in their order; what has no translation yet is empty. */
export function fitTranslation(source: Texts, translation: Texts): Texts {
  return Object.fromEntries(Object.keys(source).map((key) => [key, translation[key] ?? ""]));
}

/** `{0}`, `$(icon)`, `](command:…)`, and code, of which `#setting#` is a kind. How often is the language's own affair. */
function references(text: string): string {
  const found = text.match(/\{\d+\}|\$\(\w[\w~-]*\)|\]\([^)]*\)|```[^]*?```|`[^`]+`/g) ?? [];
  return [...new Set(found)].toSorted().join("\n");
}
