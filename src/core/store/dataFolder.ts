/** Where what was paid for lies: one folder per person and machine, shared by editor windows and the command line. */
import os from "node:os";
import path from "node:path";

export function defaultStoreFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return path.join(platformDataFolder(env, platform), "onceover");
}

function platformDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "win32") return env["LOCALAPPDATA"] || path.join(os.homedir(), "AppData", "Local");
  if (platform === "darwin") return path.join(os.homedir(), "Library", "Application Support");
  // The specification asks to ignore relative values.
  const data = env["XDG_DATA_HOME"];
  return data && path.isAbsolute(data) ? data : path.join(os.homedir(), ".local", "share");
}
