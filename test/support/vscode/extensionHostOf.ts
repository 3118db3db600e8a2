import fs from "node:fs";

/**
 * The process of a server that extensions run in: the line of its parent names the server's own folder.
 *
 * @throws Error when there is none, and where there is no /proc
 */
export function extensionHostOf(profileFolder: string): number {
  const commandOf = (pid: string) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
  const parentOf = (pid: string) => /^PPid:\t(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))![1]!;
  for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!commandOf(pid).includes("--type=extensionHost")) continue;
      if (commandOf(parentOf(pid)).includes(profileFolder)) return Number(pid);
    } catch {
      // Ended while we looked.
    }
  }
  throw new Error("The server has no extension host.");
}
