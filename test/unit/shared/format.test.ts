import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatCountdown,
  formatDuration,
  formatPercent,
  formatPercentiles,
  formatQuantity,
  formatTokens,
  formatUsd,
} from "../../../src/shared/format.ts";
import { useTranslations } from "../../../src/shared/localize.ts";
import { shippedTranslations } from "../../support/translationFiles.ts";

/** The narrow space, so that expectations can be read. */
const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("money", () => {
  test.each([
    [0.09, "headline", "$0.09"],
    [0.0904, "row", "$0.090"],
    [0.0035, "file", "$0.0035"],
    [0, "headline", "$0.00"],
    [0.0035, "headline", "<$0.01"],
    [0.00004, "file", "<$0.0001"],
    [0.005, "headline", "$0.01"],
    [1234.5, "headline", "$1,234.50"],
    [-0.09, "headline", "-$0.09"],
  ] as const)("%d as %s is %s", (usd, style, shown) => {
    expect(formatUsd(usd, style)).toBe(shown);
  });

  test("what was spent never looks like nothing", () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 1e6, noNaN: true }), (usd) => {
        for (const style of ["headline", "row", "file"] as const) {
          expect(formatUsd(usd, style)).not.toMatch(/^\$0\.0+$/);
        }
      }),
    );
  });
});

test.each([
  [371 / 409, "91 %"],
  [0, "0 %"],
  [1, "100 %"],
  [0.999, "99 %"],
  [0.001, "1 %"],
])("share %d is %s", (share, shown) => {
  expect(plain(formatPercent(share))).toBe(shown);
});

test.each([
  [0, "0 ms"],
  [0.2, "<1 ms"],
  [89.4, "89 ms"],
  [999.6, "1.0 s"],
  [31_700, "31.7 s"],
  [59_949, "59.9 s"],
  [59_960, "1 min 0 s"],
  [144_000, "2 min 24 s"],
  [3_599_600, "1 h 0 min"],
  [3_900_000, "1 h 5 min"],
])("%d ms take %s", (ms, shown) => {
  expect(plain(formatDuration(ms))).toBe(shown);
});

test("a countdown is never early", () => {
  expect(plain(formatCountdown(11_001))).toBe("12 s");
  expect(plain(formatCountdown(-5))).toBe("0 s");
  expect(plain(formatCountdown(144_000))).toBe("2 min 24 s");
});

test("bytes are whole megabytes, small files whole kilobytes", () => {
  expect(plain(formatBytes(125 * 1_024 ** 2 + 400_000))).toBe("125 MB");
  expect(plain(formatBytes(4_096))).toBe("4 KB");
  expect(plain(formatBytes(1_024 ** 2 - 1))).toBe("1023 KB");
  expect(plain(formatBytes(12))).toBe("12 B");
});

test("tokens by the thousand", () => {
  expect(plain(formatTokens(297_400))).toBe("297 k");
  expect(plain(formatTokens(999))).toBe("999");
  expect(plain(formatTokens(999_600))).toBe("1.0 M");
  expect(formatCount(12_345)).toBe("12,345");
});

test("a number agrees with its noun", () => {
  expect(formatQuantity(1, "retry", "retries")).toBe("1 retry");
  expect(formatQuantity(10_310, "file")).toBe("10,310 files");
  expect(formatQuantity(0, "file")).toBe("0 files");
});

test("below 20 samples the median stands alone", () => {
  expect(plain(formatPercentiles({ count: 19, p50: 580, p95: 5_900 }))).toBe("median 580 ms");
  expect(plain(formatPercentiles({ count: 20, p50: 580, p95: 5_900 }))).toBe("p50 580 ms, p95 5.9 s");
});

test("units are set off by a narrow no-break space", () => {
  expect(formatDuration(31_700)).toBe("31.7\u202fs");
  expect(formatPercent(0.91)).toBe("91\u202f%");
});

describe("in the reader's language", () => {
  afterEach(() => useTranslations(undefined, "en"));

  const shown = () =>
    [formatUsd(1_234.5), formatUsd(0.0035), formatPercent(0.914), formatCount(12_345), formatDuration(31_700)].map(
      (text) => text.replaceAll(/[\u202f\u00a0]/g, " "),
    );

  test.each([
    ["de", "1.234,50 $|<0,01 $|91 %|12.345|31,7 s"],
    ["ja", "$1,234.50|<$0.01|91%|12,345|31.7 秒"],
    ["zh-cn", "$1,234.50|<$0.01|91%|12,345|31.7 秒"],
  ] as const)("figures are written as in %s", (language, expected) => {
    const { bundle } = shippedTranslations(language);
    useTranslations(bundle, language);
    expect(shown().join("|")).toBe(expected);
  });
});
