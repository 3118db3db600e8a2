// Preloaded into a measured Node process: at its end it writes what it has used. Plain JavaScript, because a
// TypeScript file would load the type stripper into the process that is being measured.
import { readFileSync, writeFileSync } from "node:fs";

process.once("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = {
    peakRssBytes: 1024 * (ownPeakKb() ?? maxRSS),
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
  };
  if (process.env.BENCH_USAGE_FILE) writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify(usage));
});

/** The usual figure begins with what the process had before it became this program: its parent's memory. */
function ownPeakKb() {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kilobytes && Number(kilobytes);
  } catch {
    return undefined; // Only Linux tells it.
  }
}
