import { describe, expect, test } from "vitest";
import type { RunView } from "../../../src/shared/runView.ts";
import { describeRun, type RunSituation } from "../../../src/webview/panel/describeRun.ts";
import { webviewScenes } from "../../support/webviewScenes.ts";

function situation(scene: string, changes: Partial<RunView> = {}): RunSituation {
  const source = webviewScenes[scene]!();
  const view = source.current();
  return {
    view: view && { ...view, ...changes },
    settings: source.settings(),
    trusted: source.isTrusted(),
    activity: source.activity(),
  };
}

function commandsOf(scene: string, changes?: Partial<RunView>) {
  return describeRun(situation(scene, changes)).actions.map((action) => action.command);
}

test.each([
  ["first", "Nothing reviewed yet", ["analyzeWorkspace", "chooseModel"]],
  ["restricted", "Restricted workspace", ["analyzeWorkspace"]],
  ["running", "Reviewing 18 of 38", []],
  ["complete", "Complete", []],
  ["partial", "Partial", ["analyzeWorkspace"]],
  ["cancelled", "Cancelled", ["analyzeWorkspace"]],
  ["budget", "Stopped at the budget", ["analyzeWorkspace", "chooseModel"]],
  ["error", "The key was refused", ["setApiKey", "chooseModel"]],
  ["interrupted", "Interrupted", ["resume"]],
])("%s: %s", (scene, title, commands) => {
  expect(describeRun(situation(scene)).title).toBe(title);
  expect(commandsOf(scene)).toEqual(commands);
});

test("a run that left files unreviewed never looks complete", () => {
  for (const scene of ["partial", "cancelled", "budget", "error", "interrupted"]) {
    expect([scene, describeRun(situation(scene)).tone]).not.toEqual([scene, "good"]);
  }
});

describe("buttons that spend say how much", () => {
  test("at the price per file so far, bounded by the quote and the budget", () => {
    const [action] = describeRun(situation("cancelled")).actions;
    expect(action).toMatchObject({ label: "Continue, About $0.06 More", hint: "18 files, at most $0.16." });
  });

  test("by the quote while too few files are known", () => {
    const coverage = { files: 20, reviewed: 2, cached: 0, skipped: 0, failed: 0, pending: 18 };
    const view = { coverage, spentUsd: 0.5, quote: { likelyUsd: 2, atMostUsd: 4 }, budgetUsd: 1 };
    const [action] = describeRun(situation("cancelled", view)).actions;
    expect(action).toMatchObject({ label: "Continue, About $1.00 More", hint: "18 files, at most $1.00." });
  });

  test("but no figure where the cost is not known, and none for the free engine", () => {
    for (const view of [{ costUnknown: true }, { provider: "offline" as const }, { quote: null }]) {
      expect(describeRun(situation("cancelled", view)).actions[0]?.label).toBe("Continue");
    }
  });
});

test("before the first run a model without a key asks for the key", () => {
  const settings = { provider: "openai", model: "gpt-5-mini", budgetUsd: 1, keySet: false } as const;
  const { actions } = describeRun({ view: null, settings, trusted: true, activity: "none" });
  expect(actions.map((action) => action.command)).toEqual(["setApiKey", "chooseModel"]);
});

test("errors nobody has foreseen still say what happened and what to do", () => {
  const error = { code: "something-new", message: "It broke." };
  const description = describeRun(situation("error", { error }));
  expect(description.title).toBe("The run failed");
  expect(description.text[0]).toBe("It broke.");
  expect(commandsOf("error", { error })).toEqual(["analyzeWorkspace", "showLog"]);
});

test("a run that waits at the agreed sum leads to the question", () => {
  const { title, text, actions } = describeRun({ ...situation("running"), activity: "asking" });
  expect([title, actions.map(({ command }) => command)]).toEqual(["Waits for your answer", ["showQuestion"]]);
  expect(text.join()).toContain("at most");
});

test("while a question is open nothing is offered but to give up, whatever was there before", () => {
  for (const scene of ["complete", "error", "cancelled"]) {
    const { title, actions } = describeRun({ ...situation(scene), activity: "asking" });
    expect([title, actions.map(({ command }) => command)]).toEqual(["Waits for your answer", ["cancel"]]);
    expect(describeRun({ ...situation(scene), activity: "starting" }).actions).toEqual([]);
  }
});
