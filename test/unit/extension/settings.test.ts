import { describe, expect, it } from "vitest";
import { errorCode } from "../../../src/shared/errors.ts";
import { buildSettings, isShown, type InspectedSetting } from "../../../src/extension/settings.ts";

type Values = Readonly<Record<string, InspectedSetting>>;
const inspect = (values: Values) => (name: string) => values[name];
const build = (values: Values, trusted = true) =>
  buildSettings({ user: inspect(values), folders: [inspect(values)], trusted });

describe("what a workspace may decide", () => {
  const everyUserSetting: Values = {
    provider: { defaultValue: "offline", workspaceValue: "openai", workspaceFolderValue: "openai" },
    model: { defaultValue: "", workspaceValue: "theirs" },
    strongModel: { defaultValue: "", workspaceValue: "theirs" },
    refuter: { defaultValue: true, workspaceValue: false, workspaceFolderValue: false },
    baseUrl: {
      defaultValue: "",
      workspaceValue: "https://evil.example/v1",
      workspaceFolderValue: "https://evil.example",
    },
    prices: { defaultValue: {}, workspaceValue: { theirs: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } } },
    teamFolder: { defaultValue: "", workspaceValue: "/theirs", workspaceFolderValue: "/theirs" },
    budgetUsd: { defaultValue: 1, workspaceValue: null, workspaceFolderValue: 1_000 },
    dailyBudgetUsd: { defaultValue: null, globalValue: 2, workspaceValue: null, workspaceFolderValue: 1_000 },
    analyzeOnSave: { defaultValue: "off", workspaceValue: "model", workspaceFolderValue: "model" },
    confirmAboveUsd: { defaultValue: 0.5, workspaceValue: null },
    concurrency: { defaultValue: 16, workspaceValue: 256 },
  };

  it("is nothing about provider, endpoint, price, budget or speed", () => {
    const { engine, confirmAboveUsd, analyzeOnSave } = build(everyUserSetting);
    expect(engine).toMatchObject({
      provider: "offline",
      model: null,
      strongModel: null,
      refuter: true,
      baseUrl: null,
      teamFolder: null,
      prices: {},
      budgetUsd: 1,
      dailyBudgetUsd: 2,
      concurrency: 16,
    });
    expect(confirmAboveUsd).toBe(0.5);
    expect(analyzeOnSave).toBe("off");
  });

  it("is the files and the severity, the folder's own word first", () => {
    const { engine } = build({
      exclude: { defaultValue: [], workspaceValue: ["a/**"], workspaceFolderValue: ["b/**"] },
      minimumSeverity: { defaultValue: "info", globalValue: "error", workspaceValue: "warning" },
      maxFileKb: { defaultValue: 512, globalValue: 64 },
    });
    expect(engine).toMatchObject({ exclude: ["b/**"], minimumSeverity: "warning", maxFileKb: 64 });
  });

  it("is nothing at all while it is not trusted, and nothing is sent", () => {
    const { engine } = build(
      {
        provider: { globalValue: "openai" },
        exclude: { defaultValue: [], workspaceValue: ["secret-hole.ts"] },
        minimumSeverity: { defaultValue: "info", workspaceFolderValue: "error" },
      },
      false,
    );
    expect(engine).toMatchObject({ provider: "offline", exclude: [], minimumSeverity: "info" });
  });
});

const two = (first: Values, second: Values) =>
  buildSettings({ user: inspect({}), folders: [inspect(first), inspect(second)], trusted: true }).engine;

it("a save sends nothing from a folder that is not trusted", () => {
  const values: Values = { analyzeOnSave: { globalValue: "model" } };
  expect([build(values).analyzeOnSave, build(values, false).analyzeOnSave]).toEqual(["model", "offline"]);
});

describe("several folders", () => {
  it("leave out what any excludes, and include globs only where every folder has some", () => {
    const engine = two({ exclude: { workspaceFolderValue: ["x"] }, include: { workspaceFolderValue: ["*.ts"] } }, {});
    expect(engine).toMatchObject({ exclude: ["x"], include: [] });
  });

  it("ask for the lowest severity that any wants to see", () => {
    const engine = two({ minimumSeverity: { globalValue: "error" } }, { minimumSeverity: { globalValue: "warning" } });
    expect(engine.minimumSeverity).toBe("warning");
  });
});

describe("invalid settings", () => {
  const refused: readonly (readonly [string, unknown])[] = [
    ["provider", "gemini"],
    ["model", 3],
    ["baseUrl", "file:///etc/passwd"],
    ["baseUrl", "not an address"],
    ["teamFolder", "team"],
    ["teamFolder", "./team"],
    ["endpoints", "http://127.0.0.1:1234/v1"],
    ["endpoints", ["ftp://127.0.0.1"]],
    ["budgetUsd", -1],
    ["dailyBudgetUsd", -1],
    ["analyzeOnSave", "always"],
    ["budgetUsd", "1"],
    ["budgetUsd", Number.NaN],
    ["confirmAboveUsd", true],
    ["concurrency", 0],
    ["concurrency", 1.5],
    ["prices", []],
    ["prices", { small: { inputUsdPerMillion: 1 } }],
    ["prices", { small: { inputUsdPerMillion: 1, outputUsdPerMillion: -2 } }],
    ["prices", { small: { inputUsdPerMillion: 1, outputUsdPerMillion: 2, cachedInputUsdPerMillion: "1" } }],
    ["include", "src"],
    ["exclude", [1]],
    ["maxFileKb", 0],
    ["minimumSeverity", "fatal"],
  ];
  it.each(refused)("%s: %j is refused by name", (name, globalValue) => {
    let thrown: unknown;
    try {
      build({ [name]: { globalValue } });
    } catch (error) {
      thrown = error;
    }
    expect(errorCode(thrown)).toBe("invalid-setting");
    expect(String(thrown)).toContain(`onceover.${name}`);
  });

  it("does not repeat a password that stands in an address", () => {
    let said = "";
    try {
      build({ baseUrl: { globalValue: "https://me:hunter2@host/v1" } });
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain("onceover.baseUrl");
    expect(said).not.toContain("hunter2");
  });
});

describe("values", () => {
  it("take null for no budget, empty for the default, and prices with or without the cached one", () => {
    const full = { inputUsdPerMillion: 1, outputUsdPerMillion: 2, cachedInputUsdPerMillion: 0.1 };
    const { engine } = build({
      budgetUsd: { defaultValue: 1, globalValue: null },
      model: { globalValue: " " },
      baseUrl: { globalValue: " http://127.0.0.1:1234/v1 " },
      prices: { globalValue: { full, short: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } } },
    });
    expect(engine).toMatchObject({ budgetUsd: null, model: null, baseUrl: "http://127.0.0.1:1234/v1" });
    expect(engine.prices).toEqual({ full, short: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } });
  });

  it("list further servers only beside the one that is set", () => {
    const endpoints = {
      globalValue: [" http://127.0.0.1:2/v1", "https://b.test"],
      workspaceValue: ["https://evil.test"],
    };
    const { engine } = build({ baseUrl: { globalValue: "http://127.0.0.1:1/v1" }, endpoints });
    expect(engine.endpoints).toEqual(["http://127.0.0.1:2/v1", "https://b.test"]);
    expect(build({ endpoints }).engine.endpoints).toEqual([]);
  });

  it("show a finding that is at least as severe as the least that is wanted", () => {
    expect(isShown("error", "warning")).toBe(true);
    expect(isShown("warning", "warning")).toBe(true);
    expect(isShown("info", "warning")).toBe(false);
  });
});
