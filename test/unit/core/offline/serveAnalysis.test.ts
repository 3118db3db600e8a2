import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import type { Job } from "../../../../src/core/offline/analysisProtocol.ts";
import { serveAnalysis } from "../../../../src/core/offline/serveAnalysis.ts";
import { collectGarbage } from "../../../../src/core/worker/collectGarbage.ts";
import { committedBytes, leaveGarbage } from "../../../support/leaveGarbage.ts";

const MB = 1024 * 1024;
const JOB: Job = { kind: "redact", text: "text" };

const channels: MessageChannel[] = [];

function open(run: (job: Job) => Promise<never>) {
  const channel = new MessageChannel();
  channels.push(channel);
  const shared = new SharedArrayBuffer(4);
  serveAnalysis(channel.port1, { begun: shared, compileCount: new SharedArrayBuffer(4) }, run);
  return channel.port2;
}

afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close();
});

test("what a batch leaves behind is given back, once its results are on their way", async () => {
  await collectGarbage();
  const before = committedBytes();
  const port = open(async () => {
    leaveGarbage();
    throw new Error("nothing came of it");
  });
  port.postMessage({ jobs: [JOB] });
  const [{ results }] = await once(port, "message");
  expect(results).toEqual([{ ok: false, message: "nothing came of it" }]);
  await setImmediate();
  expect(committedBytes() - before).toBeLessThan(4 * MB);
});
