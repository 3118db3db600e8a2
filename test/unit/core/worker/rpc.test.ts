import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const rpc = new URL("../../../../src/core/worker/rpc.ts", import.meta.url);

/** Answers `soon`, and what was asked as `late` in the moment after. */
const worker = `
  import { parentPort } from "node:worker_threads";
  import { serveCalls } from "${rpc}";
  let answerLate;
  serveCalls(parentPort, {
    late: () => new Promise((resolve) => (answerLate = resolve)),
    soon: () => process.nextTick(answerLate),
  });`;

const program = `
  import { startRemoteObject } from "${rpc}";
  for (let count = 0; count < 5; count++) {
    const remote = startRemoteObject(new URL("data:text/javascript," + encodeURIComponent(${JSON.stringify(worker)})));
    remote.call("late").catch(() => {});
    await remote.call("soon");
    await remote.terminate();
  }
  console.log("ended");`;

test("a process outlives the end of its worker, also when an answer is still under way", () => {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(output).toBe("ended\n");
});
