/**
 * Where workers and data files lie. The same code runs from source (Node strips the types) and from the flat
 * `dist` folder, where every chunk, worker and asset is a neighbour of this file's own chunk.
 */
export const isFromSource = import.meta.url.endsWith(".ts");

/** `source` is relative to src/core and without extension; in dist only its last part is left. */
export function workerUrl(source: string): URL {
  if (isFromSource) return new URL(`./${source}.ts`, import.meta.url);
  return new URL(`./${source.split("/").at(-1)}.js`, import.meta.url);
}

/** A file that the build copies: `grammars/NAME.wasm`, `rules.json`. */
export function assetUrl(name: string): URL {
  return new URL(isFromSource ? `../../dist/${name}` : `./${name}`, import.meta.url);
}
