import { expect, test } from "vitest";
import { timeLeft } from "../../../src/webview/panel/timeLeft.ts";

const left = (remainingMs: number | null, elapsedMs: number) =>
  timeLeft(remainingMs, elapsedMs)?.replaceAll("\u202f", " ");

test("time left passes between two estimates, and stands still where none comes", () => {
  expect(timeLeft(null, 0)).toBeNull();
  expect(left(35_000, 0)).toBe("About 35 s left");
  expect(left(35_000, 3_000)).toBe("About 32 s left");
  expect(left(35_000, 20_000)).toBe("About 30 s left");
  expect(left(3_500, 20_000)).toBe("Almost done");
});
