import fc from "fast-check";
import { expect, test } from "vitest";
import { createFlow } from "../../../../src/extension/webview/flow.ts";

test("counts what overlaps, step by step", () => {
  const flow = createFlow(1000, 100);
  flow.limit(4, 1000);
  flow.start("a", 1010);
  flow.start("b", 1020);
  flow.end("a", 1130);
  flow.start("c", 1320);
  flow.end("b", 1330);
  flow.end("c", 1340);
  flow.limit(2, 1450);
  flow.pause("rate-limit", 500, 1460);
  const marks = [{ atMs: 460, ms: 500, reason: "rate-limit" }];
  expect(flow.samples()).toEqual({ marks, stepMs: 100, inFlight: [2, 2, 1, 2, 0], limit: [4, 4, 4, 4, 2] });
});

test("however long a run lasts, it keeps its peak and at most 240 steps", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
      const flow = createFlow(0, 250);
      let nowMs = 0;
      let open = 0;
      let peak = 0;
      for (const [index, gapMs] of gaps.entries()) {
        nowMs += gapMs;
        flow.start(String(index), nowMs);
        peak = Math.max(peak, ++open);
        if (index % 3 === 2) {
          flow.end(String(index - 1), nowMs);
          open -= 1;
        }
      }
      const { stepMs, inFlight, limit } = flow.samples();
      expect(inFlight.length).toBeLessThanOrEqual(240);
      expect(limit.length).toBe(inFlight.length);
      expect(Math.max(...inFlight)).toBe(peak);
      expect(inFlight.length * stepMs).toBeGreaterThan(nowMs);
      expect((inFlight.length - 1) * stepMs).toBeLessThanOrEqual(nowMs);
    }),
  );
});
