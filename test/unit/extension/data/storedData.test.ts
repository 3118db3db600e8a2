import { describe, expect, it } from "vitest";
import type { CacheStats } from "../../../../src/core/engine.ts";
import { dataSections } from "../../../../src/extension/data/dataRows.ts";
import { eraseQuestion, isNothingStored, type StoredData } from "../../../../src/extension/data/storedData.ts";

const EMPTY: CacheStats = {
  databasePath: "/data/onceover.db",
  sizeBytes: 4096,
  reviews: 0,
  verdicts: 0,
  analyses: 0,
  dismissals: 0,
  runs: 0,
  ledgerRows: 0,
  spentUsd: 0,
  maybeBilledUsd: 0,
  sqliteVersion: "3.53.0",
  journalMode: "wal",
};
const NOTHING: StoredData = { stats: EMPTY, keys: [], agreements: [], recentRuns: 0 };
const MUCH: StoredData = {
  stats: { ...EMPTY, reviews: 1_204, analyses: 7, dismissals: 3, runs: 9, ledgerRows: 1_300, spentUsd: 2.5 },
  keys: [{ provider: "openai", origin: "https://api.openai.com" }],
  agreements: [
    { origin: "https://api.openai.com", models: ["m"] },
    { origin: "vscode-lm://copilot", models: ["copilot/x"] },
  ],
  recentRuns: 4,
};

describe("the question before all is erased", () => {
  it("names everything that goes, what it cost, and what it will cost again", () => {
    const { detail, accept } = eraseQuestion(MUCH, false);
    for (const words of ["1,204", "$2.50", "offline engine: 7", "Ignored findings: 3", "runs: 9", "record: 1,300"]) {
      expect(detail).toContain(words);
    }
    expect(detail).toContain("API keys: https://api.openai.com\n");
    expect(detail).toContain("Agreements to send code: https://api.openai.com, copilot, through VS Code");
    expect(detail).toContain("paid for again");
    expect(accept).toBe("Erase All");
  });

  it("says that the review under way is cancelled, on the button too", () => {
    const { detail, accept } = eraseQuestion(NOTHING, true);
    expect(detail).toMatch(/^The review that is under way is cancelled first\.\n/);
    expect(accept).toBe("Cancel the Review and Erase All");
    expect(detail).not.toContain("paid for again");
    expect(detail).not.toContain("\n\n\n");
  });

  it("tells what may have been billed from what was, and hides nothing in a name", () => {
    const keys = [{ provider: "openai", origin: "https://\u202eevil.example" }];
    const { detail } = eraseQuestion({ ...MUCH, keys, stats: { ...MUCH.stats, maybeBilledUsd: 0.25 } }, false);
    expect(detail).toContain("$2.50, and up to $0.25 that may have been billed");
    expect(detail).toContain("\\u{202e}evil");
  });

  it("shortens a long list and says by how much", () => {
    const keys = Array.from({ length: 8 }, (_, index) => ({ provider: "openai", origin: `https://${index}.example` }));
    expect(eraseQuestion({ ...MUCH, keys }, false).detail).toMatch(/https:\/\/4\.example and 3 more\n/);
  });
});

it.each([
  [NOTHING, true],
  [{ ...NOTHING, recentRuns: 1 }, false],
  [{ ...NOTHING, keys: MUCH.keys }, false],
  [{ ...NOTHING, stats: { ...EMPTY, dismissals: 1 } }, false],
])("nothing is stored only where nothing is (%#)", (data, expected) => {
  expect(isNothingStored(data)).toBe(expected);
});

describe("the list of all that is kept", () => {
  it("has a line for every key and agreement, with what can be done about it", () => {
    const actions = dataSections(MUCH, "/logs").flatMap(({ rows }) => rows.map(({ action }) => action));
    expect(actions).toContainEqual({ kind: "delete-key", key: MUCH.keys[0] });
    expect(actions).toContainEqual({ kind: "withdraw", origin: "vscode-lm://copilot" });
    expect(actions).toContainEqual({ kind: "reveal", path: "/logs" });
    expect(actions.slice(0, 4).map(({ kind }) => kind)).toEqual(["reveal", "verify", "prune", "erase"]);
  });

  it("says so where there is none", () => {
    const labels = dataSections(NOTHING, "/logs").flatMap(({ rows }) => rows.map(({ label }) => label));
    expect(labels).toContain("$(key) No API key");
    expect(labels).toContain("$(globe) No agreement to send code anywhere");
  });
});
