import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { PlanRequest } from "../../../../src/core/store/plan.ts";
import type { Store } from "../../../../src/core/store/store.ts";
import { intentOf, openStore, planRequest, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

let requests = 0;

/** Plans, answers every miss as a run would, and returns why each file was one. */
async function review(
  store: Store,
  workspace: string,
  patch: Partial<PlanRequest> = {},
  end: "settle" | "fail" | "leave" = "settle",
): Promise<Record<string, string>> {
  const request = planRequest(workspace, patch);
  const { files, contexts } = await store.plan(request);
  const parts = { workspace: contexts[0]!.hash, symbols: [] };
  const reasons: Record<string, string> = {};
  for (const file of files) {
    for (const unit of file.units.filter((one) => one.missReason !== null)) {
      reasons[file.path] = unit.missReason!;
      const { ordinal, contentHash, key } = unit;
      const place = { path: file.absolutePath, ordinal, contentHash, contextHash: unit.contextHash, parts };
      const id = `q${++requests}`;
      const asked = { ...place, recipe: request.recipe!, model: request.model! };
      await store.recordIntent({ ...intentOf(id, key), place: asked }, request.useCache);
      if (end === "settle") await store.settle(settlementOf(id, key));
      if (end === "fail") await store.recordFailure(id, "server-error", { ...RECEIPT, usage: null });
    }
  }
  return reasons;
}

describe("why a unit has to be sent", () => {
  it("is new, then answered, then edited, and answered again when the edit is taken back", async () => {
    const store = await openStore(temporaryFolder());
    const workspace = temporaryFolder({ "a.ts": "let a = 1;\n", "b.ts": "let b = 1;\n" });
    expect(await review(store, workspace)).toEqual({ "a.ts": "new file", "b.ts": "new file" });
    expect(await review(store, workspace)).toEqual({});
    writeFiles(workspace, { "a.ts": "let a = 2;\n" });
    expect(await review(store, workspace)).toEqual({ "a.ts": "edited" });
    writeFiles(workspace, { "a.ts": "let a = 1;\n" });
    expect(await review(store, workspace)).toEqual({});
  });

  it("names the model before a switch, a new way to ask, and a change that all files share", async () => {
    const store = await openStore(temporaryFolder());
    const workspace = temporaryFolder({ "a.ts": "let a = 1;\n" });
    await review(store, workspace);
    const switched = { model: "big", recipe: "recipe of big" };
    expect(await review(store, workspace, switched)).toEqual({ "a.ts": "model switched from m" });
    expect(await review(store, workspace)).toEqual({});
    expect(await review(store, workspace, { ...switched, recipe: "newer" })).toEqual({
      "a.ts": "how Onceover asks has changed",
    });
    writeFiles(workspace, { ".onceover/rules.md": "No abbreviations.\n" });
    expect(await review(store, workspace, { ...switched, recipe: "newer" })).toEqual({
      "a.ts": "conventions or frameworks of the workspace changed",
    });
  });

  it("tells a failed, an interrupted and a forgotten answer apart", async () => {
    const store = await openStore(temporaryFolder());
    const workspace = temporaryFolder({ "a.ts": "let a = 1;\n" });
    await review(store, workspace, {}, "fail");
    expect(await review(store, workspace, {}, "leave")).toEqual({ "a.ts": "an earlier try failed" });
    expect(await review(store, workspace)).toEqual({ "a.ts": "an earlier try was interrupted" });
    await store.clear();
    expect(await review(store, workspace)).toEqual({ "a.ts": "its stored answer is gone" });
    expect(await review(store, workspace, { useCache: false })).toEqual({ "a.ts": "stored answers are not used" });
  });

  it("knows a renamed file by its new name, and an edit of it as an edit", async () => {
    const store = await openStore(temporaryFolder());
    const workspace = temporaryFolder({ "a.ts": "let a = 1;\n" });
    await review(store, workspace);
    fs.renameSync(path.join(workspace, "a.ts"), path.join(workspace, "renamed.ts"));
    expect(await review(store, workspace)).toEqual({});
    writeFiles(workspace, { "renamed.ts": "let a = 2;\n" });
    expect(await review(store, workspace)).toEqual({ "renamed.ts": "edited" });
  });
});
