// Preloaded into a measured Node process: at its end it writes what it has used. Plain JavaScript, because a
// TypeScript file would load the type stripper into the process that is being measured.
import { writeFileSync } from "node:fs";

process.once("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { peakRssBytes: maxRSS * 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 };
  if (process.env.BENCH_USAGE_FILE) writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify(usage));
});
