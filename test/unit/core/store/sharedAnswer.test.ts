// What comes from elsewhere never takes the place of what was paid for here.
import { expect, onTestFinished, test } from "vitest";
import type { SharedAnswer } from "../../../../src/core/store/sharedAnswer.ts";
import { createStoreHost } from "../../../../src/core/store/storeHost.ts";
import type { IntentAnswer } from "../../../../src/core/store/intent.ts";
import { intentOf, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const about = { model: "m", recipe: "r", listPriceNano: 1 };
const reviewSaying = (summary: string) => ({ summary, findings: [], dropped: 0 });
const lookSaying = (reason: string) => ({ verdict: "confirmed" as const, reason, evidence: null });

async function openHost() {
  const host = createStoreHost({ folder: temporaryFolder(), ownerId: "here" });
  await host.open();
  onTestFinished(() => host.close() as Promise<void>);
  await host.startRun({ id: "run", workspace: "w", provider: "openai", model: "m" });
  return host;
}

test("a review that was paid for here stays; one that is missing is there from then on", async () => {
  const host = await openHost();
  await host.recordIntent({ ...intentOf("request", "own"), runId: "run" }, true);
  await host.recordReply("request", "raw", RECEIPT);
  await host.settle(settlementOf("request", "own", { review: reviewSaying("ours") }));
  const theirs = (key: string): SharedAnswer => ({ kind: "review", key, ...about, review: reviewSaying("theirs") });
  await host.saveShared([theirs("own"), theirs("missing")]);
  const summaryOf = async (key: string) => {
    const answer = (await host.recordIntent({ ...intentOf(`again ${key}`, key), runId: "run" }, true)) as IntentAnswer;
    return answer.outcome === "answered" ? answer.unit.review?.summary : answer.outcome;
  };
  expect(await summaryOf("own")).toBe("ours");
  expect(await summaryOf("missing")).toBe("theirs");
});

test("a second look that was paid for here stays, whatever claim somebody else names it for", async () => {
  const host = await openHost();
  const theirs = (key: string, place: string, reason: string): SharedAnswer => ({
    kind: "look",
    key,
    place,
    ...about,
    look: lookSaying(reason),
  });
  await host.saveShared([theirs("look", "place", "first")]);
  await host.saveShared([theirs("look", "elsewhere", "second")]);
  expect(await host.findLooks([{ key: "look", place: "place" }])).toEqual([lookSaying("first")]);
});
