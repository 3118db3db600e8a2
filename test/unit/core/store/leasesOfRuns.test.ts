import { expect, it, onTestFinished } from "vitest";
import { createStoreHost } from "../../../../src/core/store/storeHost.ts";
import { intentOf, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

async function open(folder: string, ownerId: string) {
  const host = createStoreHost({ folder, ownerId });
  onTestFinished(async () => void (await host.close()));
  await host.open();
  const begin = (id: string) => host.startRun({ id, workspace: "w", provider: "openai", model: "m" });
  const ask = (runId: string, id: string) => host.recordIntent({ ...intentOf(id, "key"), runId }, true);
  /** The reply could not be read, and is to be asked for once more: the key stays held. */
  const endUnread = async (runId: string, id: string) => {
    await host.recordReply(id, "?", RECEIPT);
    const unread = { review: null, verdict: null, code: "reply-unparseable", keepLease: true };
    await host.settle({ ...settlementOf(id, "key"), runId, ...unread });
  };
  return { host, begin, ask, endUnread };
}

it("a run that was to ask once more, and ended before, holds nothing any longer", async () => {
  const folder = temporaryFolder();
  const [one, two] = [await open(folder, "one"), await open(folder, "two")];
  await one.begin("run1");
  expect(await one.ask("run1", "q1")).toEqual({ outcome: "granted" });
  await one.endUnread("run1", "q1");
  expect(await two.ask("run2", "q2")).toMatchObject({ outcome: "held" });
  await one.host.endRun("run1", "budget");
  expect(await two.ask("run2", "q3")).toEqual({ outcome: "granted" });
});

it("what another run of the same process has taken over stays held", async () => {
  const folder = temporaryFolder();
  const [one, two] = [await open(folder, "one"), await open(folder, "two")];
  await one.begin("run1");
  await one.ask("run1", "q1");
  await one.endUnread("run1", "q1");
  await one.begin("run3");
  expect(await one.ask("run3", "q2")).toEqual({ outcome: "granted" });
  await one.host.endRun("run1", "budget");
  expect(await two.ask("run2", "q3")).toMatchObject({ outcome: "held" });
  await one.endUnread("run3", "q2");
  expect(await two.ask("run2", "q4")).toMatchObject({ outcome: "held" });
  await one.host.endRun("run3", "budget");
  expect(await two.ask("run2", "q5")).toEqual({ outcome: "granted" });
});
