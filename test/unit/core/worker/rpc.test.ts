import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { startRemoteObject } from "../../../../src/core/worker/rpc.ts";

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

const lists = `
  import { parentPort } from "node:worker_threads";
  import { serveCalls } from "${rpc}";
  serveCalls(parentPort, {
    list: (length, name) => ({ name, rows: Array.from({ length }, (_, at) => name + at), few: [1] }),
    broken: () => { throw new Error("no rows"); },
  });`;

test("long lists of answers under way at once arrive whole, each with its own answer", async () => {
  const remote = startRemoteObject(new URL(`data:text/javascript,${encodeURIComponent(lists)}`), undefined);
  try {
    const lengths = [3, 1_000, 0, 4_000, 257];
    const asked = lengths.map((length, at) => remote.call("list", length, `answer ${at} `));
    await expect(remote.call("broken")).rejects.toThrow("no rows");
    for (const [at, answer] of (await Promise.all(asked)).entries()) {
      const name = `answer ${at} `;
      const rows = Array.from({ length: lengths[at]! }, (_, row) => `${name}${row}`);
      expect(answer).toEqual({ name, rows, few: [1] });
    }
  } finally {
    await remote.terminate();
  }
});
