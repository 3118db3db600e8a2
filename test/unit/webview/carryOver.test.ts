import { expect, test } from "vitest";
import { createViewFeed } from "../../../src/extension/webview/viewFeed.ts";
import { createRunDetailsReader } from "../../../src/extension/webview/runDetails.ts";
import type { HostMessage } from "../../../src/shared/panelProtocol.ts";
import { carryOver, type WholeMessage } from "../../../src/webview/panel/carryOver.ts";
import { fakeTimer } from "../../support/fakeTimer.ts";
import { shopRun } from "../../support/scriptedRun.ts";
import { scriptedSource } from "../../support/scriptedSource.ts";

test("a page that missed nothing stands where one stands that is opened now", () => {
  const source = scriptedSource();
  const details = createRunDetailsReader();
  source.onEvent((event) => details.push(event));
  const timer = fakeTimer();
  let whole: WholeMessage | null = null;
  const post = (message: HostMessage) => {
    if (message.type === "view") whole = carryOver(whole, message);
  };
  const feed = createViewFeed({ source, schedule: timer.schedule, post, details, withReport: false });
  feed.ready({ type: "ready", runId: null, lastSeq: 0 });
  feed.wishFiles({ order: "slowest", from: 0, count: 5 });
  for (const event of shopRun({ ended: 20 }).events) {
    source.push(event);
    timer.advance(7);
  }
  timer.advance(1_000);
  const followed = whole;
  feed.wishFiles({ order: "slowest", from: 0, count: 5 });
  expect(followed).toEqual(whole);
  expect(followed).toMatchObject({ files: { order: "slowest" } });
});
