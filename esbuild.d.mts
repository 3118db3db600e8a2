import type { BuildOptions } from "esbuild";

export const nodeBuild: BuildOptions;
export const webviewBuild: BuildOptions;
export function build(): Promise<void>;
