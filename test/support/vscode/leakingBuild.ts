// The extension as it is packaged, but for one thing that is planted in it: a part that keeps some text of every run.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { nodeBuild } from "../../../esbuild.mjs";
import { installedVsix } from "./installedVsix.ts";
import { packagedVsix } from "./packagedVsix.ts";
import type { LinkedExtension } from "./profile.ts";

const plantedChars = 300_000;

/** As the part calls itself. */
export const plantedName = "planted";

const plant: Plugin = {
  name: "plant",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]extension[\\/]runWatch\.ts$/ }, ({ path: file }) => {
      const text = fs.readFileSync(file, "utf8");
      const kept = `const planted = [];\n${text}`;
      const registered = replaceOnce(
        kept,
        "watcher.register({",
        `watcher.register({
          name: "${plantedName}",
          measure: () => ({ bytes: 2 * planted.join("").length, count: planted.length }),
        });
        watcher.register({`,
      );
      const leaking = replaceOnce(registered, "begin() {", `begin() { planted.push("x".repeat(${plantedChars}));`);
      return { contents: leaking, loader: "ts" };
    });
  },
};

/** What is planted must be there: a source that has changed says so. */
function replaceOnce(text: string, what: string, by: string): string {
  if (!text.includes(what)) throw new Error(`Nothing can be planted: there is no “${what}”.`);
  return text.replace(what, () => by);
}

/** @returns the extension, unpacked, in a temporary folder that `remove` removes */
export async function leakingBuild(): Promise<LinkedExtension & { remove(): void }> {
  const installed = installedVsix(packagedVsix());
  const name = fs.readdirSync(installed).find((one) => one.startsWith("onceover.onceover-"));
  if (name === undefined) throw new Error("The extension is not installed.");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-leaking-"));
  fs.cpSync(path.join(installed, name), folder, { recursive: true });
  const dist = path.join(folder, "dist");
  for (const file of fs.readdirSync(dist)) if (file.endsWith(".js")) fs.rmSync(path.join(dist, file));
  await build({ ...nodeBuild, outdir: dist, plugins: [plant] });
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
  const remove = () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { id: "onceover.onceover", version, folder, remove };
}
