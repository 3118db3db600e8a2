import { expect, test } from "vitest";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { createRunMirror } from "../../../src/extension/runMirror.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { shopRun } from "../../support/scriptedRun.ts";
import { testWatch } from "../../support/testWatch.ts";

function setUp() {
  const findings = createFindingsStore();
  const mirror = createRunMirror();
  const asked = { forgotten: 0 };
  const answers = {
    measure: () => ({ bytes: asked.forgotten > 0 ? 0 : 20_000, count: 10 }),
    forget: () => void asked.forgotten++,
    boundBytes: 64e6,
  };
  return { findings, mirror, asked, ...testWatch(mirror, findings, answers) };
}

test("what findings, events, the trace and stored answers hold is measured after each run", () => {
  const { findings, mirror, watch, timer } = setUp();
  expect(watch.trace()).toBeNull();
  watch.begin();
  timer.tick?.();
  mirror.begin(createRunReader);
  for (const event of shopRun({ end: { stoppedBy: null } }).events) {
    watch.onEvent(event);
    mirror.push(event);
    findings.apply(event);
  }
  expect(watch.end(1e9)).toBeNull();
  expect(timer.tick).toBeNull();
  const { holders, samples, snapshots } = watch.memory();
  expect(holders.map(({ name }) => name).toSorted()).toEqual(["answers", "events", "findings", "trace"]);
  expect(holders.every(({ bytes }) => bytes > 10_000)).toBe(true);
  expect(holders.find(({ name }) => name === "findings")?.count).toBe(412);
  expect(samples).toHaveLength(3);
  expect(snapshots).toMatchObject([{ number: 1, label: "run", holders }]);
  watch.takeSnapshot();
  expect(watch.memory().snapshots.map(({ label }) => label)).toEqual(["asked", "run"]);
  expect(watch.trace()?.otherData).toMatchObject({
    runId: "run-1",
    "activation, ms": 4,
    "event loop delay": "p50 0, p99 12, max 80 ms",
  });
  expect(watch.memory().host).toEqual({ activationMs: 4, loopDelayMs: { p50: 0, p99: 12, max: 80 } });
  watch.forgetTrace();
  expect(watch.trace()).toBeNull();
});

test("above the limit stored answers and the trace go; findings stay and are named", () => {
  const { findings, watch, asked } = setUp();
  for (const event of shopRun({ end: { stoppedBy: null } }).events) {
    watch.onEvent(event);
    findings.apply(event);
  }
  expect(watch.end(1_000)).toMatchObject({ kind: "limit" });
  expect(asked.forgotten).toBe(1);
  expect(watch.trace()).toBeNull();
  expect(findings.files().size).toBe(412);
});

test("the end of the window ends sampling and the probe", () => {
  const { watch, timer } = setUp();
  watch.begin();
  watch.dispose();
  expect(timer).toEqual({ tick: null, disposed: 1 });
});
