import { describe, expect, it } from "vitest";
import { describeCompletion, describeOutcome } from "../../../src/extension/outcome.ts";
import { report } from "./fixtures.ts";

const none = { files: 0, reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0 };

describe("the end of a run over no file", () => {
  it("says that there was none, and why that may be", () => {
    expect(describeOutcome(report({ coverage: none }))).toEqual({
      level: "info",
      text: "No file to review there; ignored files are left out.",
      remedies: [],
    });
  });

  it("says of changes with what they were compared, hidden characters shown", () => {
    const outcome = describeOutcome(report({ coverage: none, run: { since: "main\u202e" } }));
    expect(outcome?.text).toBe("Nothing to review: no file differs from main\\u{202e}.");
  });

  it("leaves a run that was stopped to what stopped it, and a run over files alone", () => {
    expect(describeOutcome(report({ coverage: none, run: { stoppedBy: "cancel" } }))).toBeNull();
    expect(describeOutcome(report({ coverage: { ...none, files: 1, reviewed: 1 } }))).toBeNull();
    expect(describeCompletion(report({ run: { stoppedBy: "cancel" } }))).toBeNull();
  });
});
