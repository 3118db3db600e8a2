/**
 * Figures as people read them, the same in the command line, the status bar and the panel: in English, or as it is usual
 * in the language of the translations. A narrow no-break space stands before units. What is not known is the caller's to
 * say: no function here turns it into a number.
 */
import { displayLanguage, numberInLanguage, t } from "./localize.ts";

const SPACE = "\u202f";

/** Headlines in cents; rows that add up as shown; single files, which cost fractions of a cent. */
export type MoneyStyle = "headline" | "row" | "file";

const MONEY_DIGITS: Readonly<Record<MoneyStyle, number>> = { headline: 2, row: 3, file: 4 };

/** `$0.09`, `$0.090`, `$0.0035`. A sum that would be rounded to nothing is `<$0.01`: 0 means 0. */
export function formatUsd(usd: number, style: MoneyStyle = "headline"): string {
  const digits = MONEY_DIGITS[style];
  if (usd > 0 && Number(usd.toFixed(digits)) === 0) return `<${dollars(10 ** -digits, digits)}`;
  return dollars(usd, digits);
}

function dollars(usd: number, digits: number): string {
  const currency = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" } as const;
  return numberInLanguage(usd, { ...currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `91 %` of a share from 0 to 1. All and nothing are said only of all and nothing. */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 100);
  const shown = share >= 1 ? percent : share <= 0 ? 0 : Math.min(99, Math.max(1, percent));
  return displayLanguage() === undefined ? `${shown}${SPACE}%` : numberInLanguage(shown / 100, { style: "percent" });
}

/** `89 ms`, `31.7 s`, `2 min 24 s`, `1 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms > 0 && ms < 0.5) return t("<{0}\u202fms", 1);
  if (ms < 999.5) return t("{0}\u202fms", Math.max(0, Math.round(ms)));
  if (ms < 59_950) return t("{0}\u202fs", withTenths(ms / 1_000));
  return wholeSeconds(Math.round(ms / 1_000));
}

/** Time that is left, in whole seconds and never early: `12 s`, `2 min 24 s`. */
export function formatCountdown(ms: number): string {
  return wholeSeconds(Math.max(0, Math.ceil(ms / 1_000)));
}

function wholeSeconds(seconds: number): string {
  if (seconds < 60) return t("{0}\u202fs", seconds);
  if (seconds < 3_600) return t("{0}\u202fmin {1}\u202fs", Math.floor(seconds / 60), seconds % 60);
  return t("{0}\u202fh {1}\u202fmin", formatCount(Math.floor(seconds / 3_600)), Math.floor((seconds % 3_600) / 60));
}

/** Whole megabytes, `125 MB`; below one of them whole kilobytes, and bytes. Powers of 1,024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${Math.round(bytes)}${SPACE}B`;
  if (bytes < 1_024 ** 2) return `${Math.min(1_023, Math.round(bytes / 1_024))}${SPACE}KB`;
  return `${formatCount(bytes / 1_024 ** 2)}${SPACE}MB`;
}

/** `297 k`; exact below a thousand. A single file's are exact: `formatCount`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return formatCount(tokens);
  return tokens < 999_500 ? `${Math.round(tokens / 1_000)}${SPACE}k` : `${withTenths(tokens / 1_000_000)}${SPACE}M`;
}

/** Whole numbers with thousands set off: `10,310`. */
export function formatCount(count: number): string {
  return numberInLanguage(Math.round(count));
}

function withTenths(number: number): string {
  return numberInLanguage(Number(number.toFixed(1)), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A number with its English noun: `1 file`, `412 files`. For what is translated: `tCount`. */
export function formatQuantity(count: number, one: string, several = `${one}s`): string {
  return `${formatCount(count)} ${Math.round(count) === 1 ? one : several}`;
}

const MINIMUM_SAMPLES = 20;

/** `p50 0.6 s, p95 5.9 s`; with fewer than 20 samples a percentile says nothing, so the median stands alone. */
export function formatPercentiles(samples: {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
}): string {
  if (samples.count < MINIMUM_SAMPLES) return `median ${formatDuration(samples.p50)}`;
  return `p50 ${formatDuration(samples.p50)}, p95 ${formatDuration(samples.p95)}`;
}
