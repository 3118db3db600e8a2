import { afterEach, expect, test, vi } from "vitest";
import { prepareFormats } from "../../../src/webview/common/prepareFormats.ts";

afterEach(() => vi.restoreAllMocks());

test("a number's format and a date are made, each in a task of its own and none before", () => {
  const formats = vi.spyOn(Intl, "NumberFormat");
  const dates = vi.spyOn(Date.prototype, "toLocaleDateString");
  const made = () => [formats.mock.calls.length, dates.mock.calls.length];
  const tasks: (() => void)[] = [];
  prepareFormats((task) => tasks.push(task));
  expect([tasks.length, made()]).toEqual([2, [0, 0]]);
  tasks[0]!();
  expect(made()).toEqual([1, 0]);
  tasks[1]!();
  expect(made()).toEqual([1, 1]);
});
