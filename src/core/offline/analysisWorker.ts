/** Worker entry: parsing, rules and secrets, off the host's thread. */
import { parentPort, workerData } from "node:worker_threads";
import { createAnalyzer, type Analyzer } from "./analyzer.ts";
import type { AnalysisWorkerData } from "./analysisProtocol.ts";
import { serveAnalysis } from "./serveAnalysis.ts";

let analyzer: Promise<Analyzer> | undefined;

const data = workerData as AnalysisWorkerData;

serveAnalysis(parentPort!, data, async (job) => {
  const ready = await (analyzer ??= createAnalyzer(data.compileCount));
  if (job.kind === "redact") return ready.redact(job.text);
  if (job.kind === "outline") return ready.outline(job.task);
  return job.kind === "analyze" ? ready.analyze(job.task) : ready.prepare(job.task);
});
