import fs from "node:fs";

/** As package.json says: beside `dist` in what is shipped, two folders above this file in the source. */
export function packageVersion(): string {
  const manifest = new URL(import.meta.url.endsWith(".ts") ? "../../package.json" : "../package.json", import.meta.url);
  return (JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string }).version;
}
