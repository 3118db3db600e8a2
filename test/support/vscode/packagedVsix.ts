import fs from "node:fs";
import path from "node:path";

const projectFolder = path.resolve(import.meta.dirname, "../../..");

/**
 * The VSIX that `npm run package` made for this version.
 *
 * @throws Error when there is none
 */
export function packagedVsix(): string {
  const manifest = fs.readFileSync(path.join(projectFolder, "package.json"), "utf8");
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  const file = path.join(projectFolder, "dist", `${name}-${version}.vsix`);
  if (!fs.existsSync(file)) throw new Error(`${file} is missing: run "npm run package" first.`);
  return file;
}
