// Are l10n/ and package.nls.*.json whole? `--write` collects the texts anew: what nothing asks for any more goes, and
// what is new is there to be translated, still empty.
import fs from "node:fs";
import path from "node:path";
import { requireNode } from "./requireNode.mjs";
import { projectFolder } from "./runTool.mjs";

requireNode();

const { collectTexts } = await import("../tools/collectTexts.ts");
const { fitTranslation, translationProblems } = await import("../tools/translationProblems.ts");

const languages = ["de", "ja", "zh-cn"];

const { texts, problems } = collectTexts(projectFolder);
const english = {
  "l10n/bundle.l10n": Object.fromEntries(texts.map((text) => [text, text])),
  "package.nls": read("package.nls.json"),
};

const found = Object.entries(english).flatMap(([base, source]) =>
  languages.flatMap((language) => {
    const name = `${base}.${language}.json`;
    if (process.argv.includes("--write")) write(name, fitTranslation(source, read(name)));
    return translationProblems(source, read(name), name);
  }),
);
for (const problem of [...problems, ...found]) console.error(`translations: ${problem}`);
process.exitCode = problems.length + found.length > 0 ? 1 : 0;

function read(name) {
  const file = path.join(projectFolder, name);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
}

function write(name, content) {
  const file = path.join(projectFolder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
