import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseArguments } from "../../../src/cli/arguments.ts";
import { FLAGS, helpText } from "../../../src/cli/flags.ts";
import { describeError, errorCode, isOnceoverError } from "../../../src/shared/errors.ts";

function refusal(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    expect(errorCode(error)).toBe("usage");
    return describeError(error);
  }
  throw new Error(`accepted: ${argv.join(" ")}`);
}

test("the defaults are those of the contract", () => {
  expect(parseArguments(["analyze"])).toEqual({
    command: "analyze",
    paths: ["."],
    provider: "offline",
    model: null,
    strongModel: null,
    baseUrl: null,
    endpoints: [],
    price: null,
    refuter: true,
    budgetUsd: 1,
    dailyBudgetUsd: null,
    serviceTier: "default",
    overnight: false,
    waitForBatches: true,
    estimate: false,
    concurrency: 16,
    include: [],
    exclude: [],
    since: null,
    failOn: "never",
    format: "pretty",
    output: null,
    trace: null,
    cacheDir: null,
    teamFolder: null,
    useCache: true,
    quiet: false,
    verbose: false,
    noColor: false,
  });
});

test("every flag of analyze is understood", () => {
  const argv =
    "analyze a b --provider openai --model m --strong-model s --no-refute --base-url http://127.0.0.1:1/v1 --endpoint http://127.0.0.1:2/v1 --endpoint=https://b.test --price 0.25:2:.025 --budget=0.5 --daily-budget 3 --service-tier flex --no-wait-batch --estimate --concurrency 256 --include *.ts --include=*.js --exclude x --since main --fail-on warning --format json --output r.json --trace t.json --cache-dir c --team-folder t --no-cache --quiet --verbose --no-color";
  expect(parseArguments(argv.split(" "))).toEqual({
    command: "analyze",
    paths: ["a", "b"],
    provider: "openai",
    model: "m",
    strongModel: "s",
    refuter: false,
    baseUrl: "http://127.0.0.1:1/v1",
    endpoints: ["http://127.0.0.1:2/v1", "https://b.test"],
    price: { inputUsdPerMillion: 0.25, outputUsdPerMillion: 2, cachedInputUsdPerMillion: 0.025 },
    budgetUsd: 0.5,
    dailyBudgetUsd: 3,
    serviceTier: "flex",
    overnight: false,
    waitForBatches: false,
    estimate: true,
    concurrency: 256,
    include: ["*.ts", "*.js"],
    exclude: ["x"],
    since: "main",
    failOn: "warning",
    format: "json",
    output: "r.json",
    trace: "t.json",
    cacheDir: "c",
    teamFolder: "t",
    useCache: false,
    quiet: true,
    verbose: true,
    noColor: true,
  });
});

test("overnight: what is submitted, and what becomes of it", () => {
  expect(parseArguments(["analyze", "--provider", "openai", "--overnight"])).toMatchObject({ overnight: true });
  expect(parseArguments(["overnight"])).toMatchObject({ command: "overnight", action: "status", format: "pretty" });
  const full = "overnight cancel --base-url http://127.0.0.1:1/v1 --cache-dir c --format json".split(" ");
  expect(parseArguments(full)).toMatchObject({ action: "cancel", baseUrl: "http://127.0.0.1:1/v1", cacheDir: "c" });
  expect(refusal("overnight", "fetch")).toContain("status|collect|cancel");
  expect(refusal("overnight", "status", "more")).toContain("one word too many");
  expect(refusal("analyze", "--overnight")).toContain("no meaning offline");
  expect(refusal("analyze", "--team-folder", "t")).toContain("no meaning offline");
  expect(refusal("analyze", "--provider", "ollama", "--overnight")).toContain("Leave --overnight out");
  expect(refusal("analyze", "--provider", "openai", "--overnight", "--fail-on", "error")).toContain("no report yet");
  expect(refusal("analyze", "--provider", "openai", "--overnight", "--format", "sarif")).toContain("pretty or json");
  expect(refusal("analyze", "--provider", "anthropic", "--service-tier", "flex")).toContain("openai");
  expect(refusal("analyze", "--provider", "openai", "--service-tier", "fast")).toContain("one of default, flex or");
});

test("after -- everything is a path", () => {
  expect(parseArguments(["analyze", "--quiet", "--", "--odd"])).toMatchObject({ paths: ["--odd"], quiet: true });
});

test("no wall, and a wall of nothing, are different", () => {
  expect(parseArguments(["analyze", "--budget", "none"])).toMatchObject({ budgetUsd: null });
  expect(parseArguments(["analyze", "--budget", "0"])).toMatchObject({ budgetUsd: 0 });
  expect(parseArguments(["analyze", "--daily-budget", "none"])).toMatchObject({ dailyBudgetUsd: null, budgetUsd: 1 });
});

test.each([
  [["analyze", "--modle", "m"], "There is no flag --modle. Did you mean --model?"],
  [["analyze", "--fail_on", "error"], "There is no flag --fail_on. Did you mean --fail-on?"],
  [["analyze", "--xyzzy"], "There is no flag --xyzzy. See onceover --help."],
  [["analyze", "-x"], "There is no flag -x. See onceover --help."],
  [["analyze", "--constructor"], "There is no flag --constructor. See onceover --help."],
  [["analyze", "--model"], "--model needs a value. Write: --model NAME"],
  [["analyze", "--model", "--quiet"], "--model needs a value. Write: --model NAME"],
  [["analyze", "--output="], "--output needs a value. Write: --output FILE"],
  [["analyze", "--quiet=yes"], "--quiet takes no value. Write: --quiet"],
  [["analyze", "--max-mb", "1"], "--max-mb does not belong to onceover analyze. See onceover --help."],
  [["cache", "stats", "--include", "x"], "--include does not belong to onceover cache. See onceover --help."],
  [
    ["analyze", "--budget", "-1"],
    "--budget does not understand -1. Write an amount in US dollars, as in --budget 0.50, or none.",
  ],
  [
    ["analyze", "--daily-budget", "much"],
    "--daily-budget does not understand much. Write an amount in US dollars, as in --daily-budget 0.50, or none.",
  ],
  [
    ["analyze", "--budget=-1"],
    "--budget does not understand -1. Write an amount in US dollars, as in --budget 0.50, or none.",
  ],
  [
    ["analyze", "--budget", "Infinity"],
    "--budget does not understand Infinity. Write an amount in US dollars, as in --budget 0.50, or none.",
  ],
  [
    ["analyze", "--budget", "1e400"],
    "--budget does not understand 1e400. Write an amount in US dollars, as in --budget 0.50, or none.",
  ],
  [["analyze", "--concurrency", "0"], "--concurrency does not understand 0. Write a whole number from 1 to 256."],
  [["analyze", "--concurrency", "257"], "--concurrency does not understand 257. Write a whole number from 1 to 256."],
  [["analyze", "--concurrency", "1.5"], "--concurrency does not understand 1.5. Write a whole number from 1 to 256."],
  [["analyze", "--fail-on", "warn"], "--fail-on does not know warn. It is one of error, warning, info or never."],
  [["analyze", "--fail-on", "eror"], "--fail-on does not know eror. Did you mean error?"],
  [["analyze", "--format", "sarf"], "--format does not know sarf. Did you mean sarif?"],
  [["cache", "stats", "--format", "sarif"], "--format does not know sarif. It is one of pretty or json."],
  [
    ["analyze", "--estimate", "--format", "github"],
    "A plan cannot be written as github. With --estimate the format is pretty or json.",
  ],
  [["analyze", "--provider", "olama"], "--provider does not know olama. Did you mean ollama?"],
  [["ask", "why"], "This version does not have the command ask yet. See onceover --help for what it has."],
  [["analyse"], "There is no command analyse. Did you mean onceover analyze?"],
  [["./src"], "There is no command ./src. To review a folder: onceover analyze ./src"],
  [["--quiet"], "No command is given. Write: onceover analyze --quiet"],
  [["analyze", "--model", "m"], "--model has no meaning offline. Add: --provider openai"],
  [["analyze", "--provider", "openai", "--price", "1:2"], "--price needs to know the model. Add: --model NAME"],
  [
    ["analyze", "--provider", "openai", "--base-url", "localhost:80"],
    "--base-url is not a web address: localhost:80. Write it as in https://api.openai.com/v1.",
  ],
  [
    ["analyze", "--provider", "openai", "--base-url", "https://me:pw@h/"],
    "--base-url holds a user name or password. Put the key into ONCEOVER_API_KEY instead.",
  ],
  [["cache"], "What about the cache? Write: onceover cache stats|verify|prune|clear|erase"],
  [["cache", "drop"], "There is no onceover cache drop. Write: onceover cache stats|verify|prune|clear|erase"],
  [["cache", "clear", "--yes"], "--yes does not belong to onceover cache clear. It goes with: onceover cache erase"],
  [
    ["cache", "erase"],
    "This erases all reviews, ignored findings, reports and the record of costs, and cannot be undone. To see how much there is: onceover cache stats. To erase it: onceover cache erase --yes",
  ],
  [["cache", "stats", "more"], "more is one word too many. See onceover --help."],
  [
    ["cache", "clear", "--max-mb", "1"],
    "--max-mb does not belong to onceover cache clear. It goes with: onceover cache prune",
  ],
])("%j is refused", (argv, line) => {
  expect(refusal(...argv)).toBe(line);
});

test.each(["1", "1:2:3:4", "a:b", "1:", ":1", "-1:2", "1:2:"])("price %s is refused", (price) => {
  expect(refusal("analyze", "--provider", "openai", "--model", "m", `--price=${price}`)).toMatch(
    /^--price does not understand /,
  );
});

test("hostile words are shown escaped", () => {
  expect(refusal("\u001b[2Janalyze\u202e")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(refusal("analyze", "--\u001b[2J")).not.toContain("\u001b");
});

test("help and version win over everything else", () => {
  expect(parseArguments(["analyze", "--help", "--nonsense"])).toEqual({ command: "help", isAsked: true });
  expect(parseArguments(["-h"])).toEqual({ command: "help", isAsked: true });
  expect(parseArguments(["--version"])).toEqual({ command: "version" });
  expect(parseArguments([])).toEqual({ command: "help", isAsked: false });
});

describe("help", () => {
  test("lists every flag and nothing that is not there yet", () => {
    for (const name of Object.keys(FLAGS)) expect(helpText()).toContain(`--${name}`);
    expect(helpText()).not.toMatch(/\bask\b|worker/i);
  });

  test("fits an ordinary terminal's width, but for long explanations", () => {
    for (const line of helpText().split("\n")) expect(line.length).toBeLessThanOrEqual(125);
  });
});

test("whatever is typed is either understood or refused in one line", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "analyze",
      "cache",
      "models",
      "--budget",
      "--provider",
      "openai",
      "--price",
      "--",
      "-",
      "--format=json",
      "--include",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      try {
        parseArguments(argv);
      } catch (error) {
        expect(isOnceoverError(error)).toBe(true);
      }
    }),
  );
});
