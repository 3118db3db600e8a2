import { describe, expect, it } from "vitest";
import { progressText } from "../../../src/extension/runProgress.ts";
import { statusText, type StatusInput } from "../../../src/extension/statusText.ts";
import { agoText, escapeMarkdown, statusTooltip, TOOLTIP_COMMANDS } from "../../../src/extension/statusTooltip.ts";
import { report, view } from "./fixtures.ts";

const input = (change: Partial<StatusInput>): StatusInput => ({
  view: null,
  isActive: false,
  isAsking: false,
  isTrusted: true,
  wasLookedAt: false,
  monotonicMs: 0,
  ...change,
});
const plain = (text: string) => text.replaceAll("\u202f", " ");
const shown = (change: Partial<StatusInput>) => {
  const { text, colour } = statusText(input(change));
  return `${plain(text)} [${colour}]`;
};

const coverage = { files: 412, reviewed: 38, cached: 371, skipped: 3, failed: 0, pending: 0 };
const daily = { limitUsd: 5, usedUsd: 1.5, endsAt: "2026-11-22T00:00:00.000Z", reached: false };
const onSave = { isChecking: false, spentUsd: 0, costUnknown: false, daily: null, staleFiles: 0, note: null };
const complete = view({ coverage, spentUsd: 0.09, cachedShare: 371 / 409, budgetUsd: 1 });
const running = view({
  ...complete,
  state: "running",
  coverage: { ...coverage, reviewed: 17, pending: 21 },
  spentUsd: 0.04,
});
const offline = { provider: "offline", findings: { error: 1, warning: 6, info: 9 } } as const;

describe("status bar", () => {
  it.each([
    ["ready", {}, "$(pulse) Onceover [plain]"],
    ["restricted", { isTrusted: false }, "$(shield) offline only [plain]"],
    ["asked for", { isActive: true }, "$(sync~spin) counting files [plain]"],
    [
      "a question is open",
      { isActive: true, isAsking: true, view: complete },
      "$(question) waits for your answer [plain]",
    ],
    ["asked for again", { isActive: true, view: complete }, "$(sync~spin) counting files [plain]"],
    ["running", { isActive: true, view: running }, "$(sync~spin) 17 of 38 · $0.04 [plain]"],
    [
      "running, all of it known",
      { isActive: true, view: { ...running, coverage: { ...coverage, cached: 409, reviewed: 0 }, cachedShare: 1 } },
      "$(sync~spin) 100 % cached [plain]",
    ],
    [
      "running, thousands of files",
      { isActive: true, view: { ...running, coverage: { ...coverage, files: 10_374, pending: 10_000 } } },
      "$(sync~spin) 38 of 10,000 · $0.04 [plain]",
    ],
    [
      "waiting",
      { isActive: true, view: { ...running, waiting: { reason: "rate-limit", untilMonotonicMs: 12_000 } } },
      "$(clock) goes on in 12 s · $0.04 [plain]",
    ],
    [
      "waiting, over",
      { isActive: true, view: { ...running, waiting: { reason: "rate-limit", untilMonotonicMs: 0 } } },
      "$(sync~spin) 17 of 38 · $0.04 [plain]",
    ],
    [
      "budget at 80 %",
      { isActive: true, view: { ...running, budgetUsd: 0.5, spentUsd: 0.41 } },
      "$(warning) $0.41 of $0.50 [warning]",
    ],
    [
      "daily budget at 80 %",
      { isActive: true, view: { ...running, daily: { ...daily, usedUsd: 4.2 } } },
      "$(warning) $4.20 of $5.00 today [warning]",
    ],
    [
      "daily budget reserved, not spent",
      { isActive: true, view: { ...running, reservedUsd: 3, daily: { ...daily, usedUsd: 4.2 } } },
      "$(sync~spin) 17 of 38 · $0.04 [plain]",
    ],
    [
      "daily budget reached",
      { view: { ...complete, state: "budget", daily: { ...daily, reached: true } } },
      "$(circle-slash) daily budget reached [warning]",
    ],
    [
      "checking what was saved",
      { view: complete, onSave: { ...onSave, isChecking: true } },
      "$(sync~spin) $0.09 · 91 % cached [plain]",
    ],
    [
      "saved and stale",
      { view: complete, onSave: { ...onSave, staleFiles: 23 } },
      "$(pulse) $0.09 · 91 % cached · 23 stale [plain]",
    ],
    ["complete", { view: complete }, "$(pulse) $0.09 · 91 % cached [plain]"],
    [
      "nothing there",
      { view: { ...complete, coverage: { ...coverage, files: 0 } } },
      "$(pulse) no file to review [plain]",
    ],
    ["offline", { view: { ...complete, ...offline } }, "$(pulse) 16 findings · offline [plain]"],
    ["cost unknown", { view: { ...complete, costUnknown: true } }, "$(pulse) cost unknown · 91 % cached [plain]"],
    [
      "some failed",
      { view: { ...complete, state: "partial", coverage: { ...coverage, failed: 2 } } },
      "$(warning) 2 failed · $0.09 [plain]",
    ],
    [
      "some failed in a run that calls itself complete",
      { view: { ...complete, ...offline, coverage: { ...coverage, failed: 1 } } },
      "$(warning) 1 failed [plain]",
    ],
    [
      "budget reached",
      { view: { ...complete, state: "budget", coverage: { ...coverage, pending: 147 } } },
      "$(circle-slash) budget reached · 147 pending [warning]",
    ],
    [
      "budget reached and looked at",
      { wasLookedAt: true, view: { ...complete, state: "budget", coverage: { ...coverage, pending: 147 } } },
      "$(circle-slash) budget reached · 147 pending [plain]",
    ],
    [
      "error",
      {
        view: {
          ...complete,
          state: "error",
          error: { code: "invalid-key", message: "no" },
          coverage: { ...coverage, pending: 38 },
        },
      },
      "$(error) key refused · 38 pending [error]",
    ],
    ["cancelled", { view: { ...complete, state: "cancelled" } }, "$(circle-slash) cancelled [plain]"],
    ["interrupted", { view: { ...complete, state: "interrupted" } }, "$(debug-disconnect) interrupted [plain]"],
  ] satisfies [string, Partial<StatusInput>, string][])("%s", (_, change, text) => {
    expect(shown(change)).toBe(text);
  });

  it("says the same to a screen reader, without icons", () => {
    expect(plain(statusText(input({ view: complete })).spoken)).toBe("Onceover: $0.09 · 91 % cached");
  });
});

const NOON = Date.parse("2026-11-21T12:00:00.000Z");
const tooltip = (change: Partial<StatusInput>) =>
  plain(statusTooltip({ ...input(change), report: report(), endedAgoMs: 125_000, nowMs: NOON }));

describe("tooltip", () => {
  it("breaks the figures down in the panel's order", () => {
    const lines = tooltip({
      view: { ...complete, savedUsd: 0.75, tokens: { input: 100, cachedInput: 74, output: 1 } },
    });
    expect(lines).toContain("**Complete**, 2 min ago");
    const names = [...lines.matchAll(/^\| ([A-Z][^|]*) \|/gm)].map(([, name]) => name);
    expect(names).toEqual(["Spent", "Saved", "Files", "Findings", "Prompt cache"]);
    expect(lines).toContain("| $0.09 of $1.00 budget |");
    expect(lines).toContain("| 371 cached, 38 reviewed, 3 skipped |");
    expect(lines).toContain("| 74 % of input |");
  });

  it("says what is out for the night, and how to fetch it", () => {
    const overnight = { units: 12, atMostUsd: 0.1, submittedAt: "2026-11-20T21:04:00Z" };
    const outstanding = (more: Partial<typeof overnight>) =>
      plain(
        statusTooltip({
          ...input({}),
          report: null,
          endedAgoMs: null,
          nowMs: NOON,
          overnight: { ...overnight, ...more },
        }),
      );
    const text = outstanding({});
    expect(text).toContain("12 overnight reviews are outstanding, for at most $0.10.");
    expect(text).toContain("(command:onceover.collectOvernight)");
    expect(outstanding({ atMostUsd: 0 })).toContain("12 overnight reviews are outstanding. [");
    expect(tooltip({ view: complete })).not.toContain("overnight");
  });

  it("says what is left of the day where a daily budget is set", () => {
    expect(tooltip({ view: { ...complete, daily } })).toContain("| Left today | $3.50 of $5.00 |");
    const over = { ...daily, endsAt: new Date(NOON).toISOString() };
    expect(tooltip({ view: { ...complete, daily: over } })).not.toContain("Left today");
  });

  it("tells what checks on save are doing, have cost and have left to do", () => {
    const saved = { ...onSave, spentUsd: 0.02 };
    expect(tooltip({ view: complete, onSave: saved })).toContain("| On save | $0.02 spent |");
    expect(tooltip({ view: complete, onSave: { ...saved, costUnknown: true } })).toContain(
      "| unknown, at least $0.02 |",
    );
    expect(tooltip({ view: complete, onSave: { ...saved, isChecking: true } })).toContain("| On save | checking |");
    const stale = tooltip({ view: complete, onSave: { ...saved, staleFiles: 23, note: "[x](command:evil)" } });
    expect(stale).toContain("23 files are stale");
    expect(stale).not.toContain("](command:evil)");
    const later = { ...daily, usedUsd: 2 };
    expect(tooltip({ view: { ...complete, daily }, onSave: { ...saved, daily: later } })).toContain("$3.00 of $5.00");
  });

  it("says what is under way, and how to stop it", () => {
    const lines = tooltip({ isActive: true, view: { ...running, reservedUsd: 0.05, remainingMs: 13_000 } });
    expect(lines).toContain("**Reviewing 17 of 38**, about 13 s left");
    expect(lines).toContain("[Cancel](command:onceover.cancel)");
  });

  it("links no command that it does not list", () => {
    const states = [
      { view: complete },
      { isActive: true, view: running },
      {},
      { view: { ...complete, state: "interrupted" as const } },
    ];
    const linked = states.flatMap((state) => [...tooltip(state).matchAll(/command:([\w.]+)/g)].map(([, name]) => name));
    expect(linked.length).toBeGreaterThan(5);
    for (const command of linked) expect(TOOLTIP_COMMANDS).toContain(command);
  });

  it("lets a server's words be words", () => {
    const message = "[x](command:evil) ![i](http://e) <b> $(rocket) | a\u202e";
    const error = { code: "invalid-key", message };
    const lines = tooltip({ view: { ...complete, state: "error", error } });
    expect(lines).not.toMatch(/(?<!\\)\]\(command:evil|(?<!\\)!\[|(?<!\\)\$\(rocket|(?<!\\)<b|\u202e/);
    expect(escapeMarkdown("a|b")).toBe(String.raw`a\|b`);
  });

  it("never calls what is unknown 0", () => {
    expect(tooltip({ view: { ...complete, costUnknown: true, spentUsd: 0 } })).toContain(
      "| unknown, at least $0.00 of",
    );
  });

  it("tells time coarsely", () => {
    expect([0, 3_599_000, 3_600_000, 86_400_000, 200_000_000].map(agoText)).toEqual([
      "just now",
      "59 min ago",
      "1 h ago",
      "1 day ago",
      "2 days ago",
    ]);
  });
});

const progress = (change: Parameters<typeof view>[0], nowMs = 0) => {
  const { message, percent } = progressText(view({ ...running, ...change }), nowMs);
  return { message: plain(message), percent };
};

describe("progress", () => {
  it("counts, tells money and the time that is left", () => {
    expect(progress({ remainingMs: 13_000 })).toEqual({
      message: "17 of 38 files · $0.04 · about 13 s left",
      percent: (100 * 17) / 38,
    });
    expect(progress({ provider: "offline" }).message).toBe("17 of 38 files");
    expect(progress({ costUnknown: true }).message).toBe("17 of 38 files · cost unknown");
  });

  it("names a pause and failures", () => {
    const waiting = { reason: "rate-limit", untilMonotonicMs: 12_000 };
    expect(progress({ waiting, coverage: { ...running.coverage, failed: 1 } }).message).toBe(
      "18 of 38 files · $0.04 · goes on in 12 s · 1 failed",
    );
  });

  it("waits for an answer before anything is counted", () => {
    expect(progressText(view(running), 0, true)).toEqual({ message: "Waits for your answer…", percent: null });
  });

  it("knows no share before the files are counted, and has none left to do when all are cached", () => {
    expect(progressText(null, 0)).toEqual({ message: "Counting files…", percent: null });
    expect(
      progress({ coverage: { files: 5, reviewed: 0, cached: 5, skipped: 0, failed: 0, pending: 0 } }).percent,
    ).toBe(100);
  });
});
