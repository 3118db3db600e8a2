import { afterEach, describe, expect, test } from "vitest";
import { hoverMarkdown } from "../../../src/extension/editor/findingText.ts";
import { findingsAsMarkdown } from "../../../src/extension/findingsAsMarkdown.ts";
import { groupings } from "../../../src/extension/findingsFilter.ts";
import { describeRow } from "../../../src/extension/findingsLabels.ts";
import { childrenOf, type FindingsNode } from "../../../src/extension/findingsModel.ts";
import { describeOutcome } from "../../../src/extension/outcome.ts";
import { describeFailure } from "../../../src/extension/problems.ts";
import { progressText } from "../../../src/extension/runProgress.ts";
import { buildSettings } from "../../../src/extension/settings.ts";
import { statusText } from "../../../src/extension/statusText.ts";
import { statusTooltip } from "../../../src/extension/statusTooltip.ts";
import { useTranslations } from "../../../src/shared/localize.ts";
import type { RunView } from "../../../src/shared/runView.ts";
import { bracketedTranslations, outsideBrackets, shippedTranslations } from "../../support/translationFiles.ts";
import { buildFindingsModel, fileReport, finding, report, view } from "./fixtures.ts";

const coverage = { files: 412, reviewed: 17, cached: 371, skipped: 3, failed: 2, pending: 19 };
const failure = { code: "invalid-key", message: "401" };
const states: readonly RunView["state"][] = [
  "idle",
  "running",
  "complete",
  "partial",
  "cancelled",
  "budget",
  "error",
  "interrupted",
];

/** One of each situation, with all the figures that any of them shows. */
const views: readonly RunView[] = states.flatMap((state) => {
  const tokens = { input: 1_000, cachedInput: 500, output: 100 };
  const money = { budgetUsd: 1, spentUsd: 0.04, reservedUsd: 0.01, savedUsd: 0.2, maybeBilledUsd: 0.01 };
  const error = state === "error" ? failure : null;
  const online = view({ state, coverage, tokens, ...money, error, remainingMs: 20_000, provider: "openai" });
  return [online, { ...online, costUnknown: true, budgetUsd: null }, { ...online, provider: "offline" as const }];
});

function useAll({ bundle, language }: ReturnType<typeof bracketedTranslations>): void {
  useTranslations(bundle, language);
}

afterEach(() => useTranslations(undefined, "en"));

describe("nothing is said that cannot be translated", () => {
  /** Markdown, icons, commands and the product's name are no words. */
  const words = (text: string) =>
    outsideBrackets(text).replaceAll(/\$\([\w~-]+\)|\]\(command:[^)]*\)|&nbsp;|```\w*\n.*\n```|Onceover/g, "");

  test.each(views.map((one) => [one.state, one.provider, one] as const))("in state %s, %s", (_, __, one) => {
    useAll(bracketedTranslations());
    for (const isActive of [true, false]) {
      const input = { view: one, isActive, isAsking: false, isTrusted: isActive, wasLookedAt: false, monotonicMs: 0 };
      const { text, spoken } = statusText(input);
      const tooltip = statusTooltip({ ...input, report: report(), endedAgoMs: 7_200_000, nowMs: 0 });
      const { message } = progressText(one, 0);
      expect(words(statusText({ ...input, isAsking: true }).text + progressText(one, 0, true).message)).not.toMatch(
        /[a-z]{2}/i,
      );
      for (const said of [text, spoken, tooltip, message]) expect(words(said)).not.toMatch(/[a-z]{2}/i);
    }
  });

  test("of an outcome, a problem and a finding", () => {
    useAll(bracketedTranslations());
    const outcomes = [
      describeOutcome(report({ run: { stoppedBy: "budget" }, coverage: { files: 2, pending: 1 } })),
      describeOutcome(report({ run: { stoppedBy: "error", error: failure }, coverage: { files: 2, pending: 2 } })),
      describeOutcome(report({ coverage: { files: 2, failed: 2 } })),
      describeOutcome(report({ coverage: { files: 0 } })),
      describeOutcome(report({ coverage: { files: 0 }, run: { since: "42" } })),
    ];
    for (const outcome of outcomes) {
      for (const said of [outcome!.text, ...outcome!.remedies.map((one) => one.title)])
        expect(words(said)).not.toMatch(/[a-z]{2}/i);
    }
    expect(describeFailure(failure).remedies.map((one) => one.title)).toEqual(["⟦Set API Key…⟧", "⟦Show Log⟧"]);
    const said = hoverMarkdown(finding({ rule: "", category: "bug" }), true, fileReport());
    expect(words(said)).not.toMatch(/[a-z]{2}/i);
  });

  test.each(groupings)("of the rows of the tree, grouped by %s", (grouping) => {
    useAll(bracketedTranslations());
    const findings = (["error", "warning", "info", "info"] as const).map((severity, at) => {
      const source = at === 0 ? "offline" : "model";
      return finding({ path: "1/2.c", severity, source, category: "api-misuse", rule: "", title: "3", detail: "4" });
    });
    const files = [
      { path: "1/2.c", status: "reviewed" as const, reason: null, findings },
      ...(["pending", "failed", "skipped"] as const).map((status) => {
        return { path: `${status.length}.c`, status, reason: "5", findings: [] };
      }),
    ];
    const { roots } = buildFindingsModel(files, { isShown: () => true, isUnsaved: () => true, grouping });
    const withChildren = (node: FindingsNode): FindingsNode[] => [node, ...childrenOf(node).flatMap(withChildren)];
    const nodes: readonly FindingsNode[] = [
      ...roots.flatMap(withChildren),
      { kind: "more", branch: "skipped", count: 2 },
      { kind: "rest", within: "", count: 2 },
    ];
    for (const { label, description, tooltip, spoken } of nodes.map(describeRow)) {
      for (const said of [label, description, tooltip, spoken]) expect(words(said)).not.toMatch(/[a-z]{2}/i);
    }
    expect(new Set(nodes.map(({ kind }) => kind)).size).toBe(grouping === "file" || grouping === "hotSpots" ? 6 : 7);
    expect(words(findingsAsMarkdown(findings))).not.toMatch(/[a-z]{2}/i);
  });
});

test("German, from a run to its end", () => {
  useAll(shippedTranslations("de"));
  const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, " ");
  const running = views.find((one) => one.state === "running");
  const status = (one: RunView, isActive: boolean) =>
    plain(
      statusText({ view: one, isActive, isAsking: false, isTrusted: true, wasLookedAt: false, monotonicMs: 0 }).text,
    );
  expect(status(running!, true)).toBe("$(sync~spin) 19 von 38 · 0,04 $");
  expect(plain(progressText(running!, 0).message)).toBe(
    "19 von 38 Dateien · 0,04 $ · noch etwa 20 s · 2 fehlgeschlagen",
  );
  const coverage = { files: 1, reviewed: 1, cached: 0, skipped: 0, failed: 0, pending: 0 };
  expect(status(view({ state: "complete", provider: "offline", coverage }), false)).toBe(
    "$(pulse) 0 Befunde · offline",
  );
  const outcome = describeOutcome(report({ coverage: { files: 2, failed: 1 } }));
  expect(outcome?.text).toBe("1 Datei konnte nicht geprüft werden. Der Grund steht unter „Fehlgeschlagen“.");
  const inspect = (name: string) => (name === "concurrency" ? { globalValue: 0 } : undefined);
  expect(() => buildSettings({ user: inspect, folders: [], trusted: true })).toThrow(
    "Die Einstellung onceover.concurrency ist 0.",
  );
});
