/** What the extension has written into its log channel, of all windows together. */
export interface ExtensionLog {
  readonly lines: readonly string[];
  /** The lines that tell of a run that has ended. */
  readonly runs: readonly string[];
}

/** @param logs VS Code's log files: path → text */
export function readExtensionLog(logs: Readonly<Record<string, string>>): ExtensionLog {
  const own = Object.entries(logs).filter(([file]) => file.endsWith("Onceover.log"));
  const lines = own.flatMap(([, text]) => text.split("\n"));
  return { lines, runs: lines.filter((line) => line.includes("Run ended")) };
}
