/** What flags' values mean. Each throws `usage` for what it does not understand. */
import { escapeLine } from "../shared/escapeText.ts";
import type { PriceOverride } from "../shared/settings.ts";
import type { Given } from "./givenFlags.ts";
import { nearestWord } from "./nearestWord.ts";
import { later, usage } from "./usageError.ts";

export function oneOf<Word extends string>(
  given: Given,
  name: string,
  words: readonly Word[],
  laterWords: readonly string[] = [],
): Word | null {
  const value = given.value(name);
  const word = words.find((one) => one === value);
  if (value === null || word !== undefined) return word ?? null;
  if (laterWords.includes(value)) throw later(`--${name} ${value}`);
  const nearest = nearestWord(value, words);
  const choices = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  throw usage(
    `--${name} does not know ${escapeLine(value)}.`,
    nearest ? `Did you mean ${nearest}?` : `It is one of ${choices}.`,
  );
}

export function budgetOf(given: Given, name: "budget" | "daily-budget", fallback: number | null): number | null {
  const value = given.value(name);
  if (value === null) return fallback;
  if (value === "none") return null;
  const advice = `Write an amount in US dollars, as in --${name} 0.50, or none.`;
  return amount(value.replace(/^\$/, ""), `--${name}`, advice);
}

export function priceOf(given: Given): PriceOverride | null {
  const value = given.value("price");
  if (value === null) return null;
  const advice = "Write US dollars per million tokens, as in --price 0.25:2.00 or --price 0.25:2.00:0.025.";
  const [input, output, cached, ...rest] = value.split(":").map((part) => amount(part, "--price", advice));
  if (input === undefined || output === undefined || rest.length > 0) {
    throw usage(`--price does not understand ${escapeLine(value)}.`, advice);
  }
  const base = { inputUsdPerMillion: input, outputUsdPerMillion: output };
  return cached === undefined ? base : { ...base, cachedInputUsdPerMillion: cached };
}

function amount(text: string, name: string, advice: string): number {
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(text) || !Number.isFinite(Number(text))) {
    throw usage(`${name} does not understand ${text === "" ? "an empty amount" : escapeLine(text)}.`, advice);
  }
  return Number(text);
}

export function wholeNumber(given: Given, name: string, fallback: number, least: number, most: number): number {
  const value = given.value(name);
  if (value === null) return fallback;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usage(`--${name} does not understand ${escapeLine(value)}.`, `Write a whole number from ${least} to ${most}.`);
}

/** An absolute URL without a key in it; null for null. Throws `usage`. */
export function baseUrlOf(value: string | null, source: string): string | null {
  if (value === null) return null;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw usage(`${source} is not a web address: ${escapeLine(value)}.`, "Write it as in https://api.openai.com/v1.");
  }
  if (url.username || url.password) {
    throw usage(`${source} holds a user name or password.`, "Put the key into ONCEOVER_API_KEY instead.");
  }
  return value;
}
