/** The built extension in a folder where it finds a stand-in for the editor, as it finds the real one in its host. */
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode, type ProcessResult } from "../nodeProcess.ts";

const built = fileURLToPath(new URL("../../dist", import.meta.url));
const program = fileURLToPath(new URL("./activate.mjs", import.meta.url));
const standIn = fileURLToPath(new URL("./vscodeStandIn.mjs", import.meta.url));

export interface Activation {
  readonly importMs: number;
  readonly activateMs: number;
  readonly commands: number;
}

/** `dist` and `node_modules/vscode` in an empty folder. */
export async function writeActivationFolder(folder: string): Promise<void> {
  const editor = join(folder, "node_modules", "vscode");
  await mkdir(editor, { recursive: true });
  await mkdir(join(folder, "dist"));
  const chunks = (await readdir(built)).filter((name) => name.endsWith(".js"));
  await Promise.all(chunks.map((name) => copyFile(join(built, name), join(folder, "dist", name))));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await copyFile(standIn, join(editor, "index.mjs"));
  await writeFile(join(editor, "package.json"), '{ "name": "vscode", "exports": "./index.mjs" }');
}

/** @throws when the extension does not activate, or registers no commands */
export async function activateOnce(
  folder: string,
  mode: "activated" | "settled",
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessResult & Activation> {
  const args = mode === "settled" ? [folder, "--settle"] : [folder];
  const result = await runNode(program, args, { timeoutMs: 60_000, env });
  if (result.exitCode !== 0) throw new Error(result.stderr.trim().split("\n").at(-1) ?? "no output");
  const activation = JSON.parse(result.stdout) as Activation;
  if (activation.commands === 0) throw new Error("no command was registered");
  return { ...result, ...activation };
}
