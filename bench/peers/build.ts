/** Bundles the peers as Onceover itself is bundled: what is compared is how they work, not how they are loaded. */
import { build } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../../out/bench-peers", import.meta.url));
const requireBanner = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";

export type PeerName = "oneByOne" | "limited" | "packedPrompt";

let building: Promise<unknown> | undefined;

/** Path of the bundled program. All of them are built once. */
export async function builtPeer(name: PeerName): Promise<string> {
  building ??= build({
    entryPoints: ["oneByOne.ts", "limited.ts", "packedPrompt.ts"].map((file) => join(here, file)),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    banner: { js: requireBanner },
    logLevel: "warning",
  });
  await building;
  return join(outdir, `${name}.mjs`);
}
