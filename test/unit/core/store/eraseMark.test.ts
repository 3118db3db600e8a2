import fs from "node:fs";
import path from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { createEraseMark } from "../../../../src/core/store/eraseMark.ts";
import { openEngine, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const times = { timeout: 10_000, interval: 10 };

function markIn(folder: string, owner: string, now = () => 1) {
  const mark = createEraseMark(folder, owner, now);
  onTestFinished(() => void mark.dispose());
  return mark;
}

it("is seen by others, each time once, and never by the one who wrote it", async () => {
  const folder = temporaryFolder();
  let now = 0;
  const [one, two] = [markIn(folder, "one", () => ++now), markIn(folder, "two")];
  const [told, toldOther] = [vi.fn<() => void>(), vi.fn<() => void>()];
  one.add(told);
  two.add(toldOther);
  one.watch();
  two.watch();
  one.write();
  await vi.waitFor(() => expect(toldOther).toHaveBeenCalledTimes(1), times);
  // Other files of the store change all the time.
  fs.writeFileSync(path.join(folder, "onceover.db-wal"), "…");
  one.write();
  await vi.waitFor(() => expect(toldOther).toHaveBeenCalledTimes(2), times);
  two.write();
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), times);
  expect(toldOther).toHaveBeenCalledTimes(2);
});

it("from before the watching means nothing", async () => {
  const folder = temporaryFolder({ erased: "someone 5" });
  const [one, two] = [markIn(folder, "one"), markIn(folder, "two")];
  const told = vi.fn<() => void>();
  two.add(told);
  two.watch();
  fs.utimesSync(path.join(folder, "erased"), new Date(), new Date());
  one.write();
  await vi.waitFor(() => expect(told).toHaveBeenCalled(), times);
  expect(told).toHaveBeenCalledTimes(1);
});

it("does without a folder, and without a place to write to", () => {
  const mark = markIn(path.join(temporaryFolder(), "gone"), "one");
  mark.add(() => {});
  expect(() => mark.watch()).not.toThrow();
  expect(() => mark.write()).not.toThrow();
});

it("reaches an engine on the same store, and not the one that erases", async () => {
  const storeFolder = temporaryFolder();
  const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
  const [one, two] = [await openEngine({ settings: { storeFolder } }), await openEngine({ settings: { storeFolder } })];
  const [told, toldOther] = [vi.fn<() => void>(), vi.fn<() => void>()];
  one.onDidErase(told);
  two.onDidErase(toldOther);
  for (const engine of [one, two]) await engine.run(requestFor(workspace));
  await one.eraseAll();
  await vi.waitFor(() => expect(toldOther).toHaveBeenCalledTimes(1), times);
  expect(told).not.toHaveBeenCalled();
});
