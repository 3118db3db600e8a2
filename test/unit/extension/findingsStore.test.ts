import { describe, expect, it } from "vitest";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { events, fileEnd, fileReport, finding, report, runStart } from "./fixtures.ts";

function storeWith(...bodies: Parameters<typeof events>[0][number][]) {
  const store = createFindingsStore();
  const changed: string[][] = [];
  store.onDidChange((paths) => changed.push([...paths]));
  for (const event of events([runStart, ...bodies])) store.apply(event);
  return {
    store,
    changed,
    idsOf: (path: string) =>
      store
        .files()
        .get(path)
        ?.findings.map((one) => one.id),
  };
}

describe("findings store", () => {
  it("shows findings as they arrive, each once, and lets the end of the file have the last word", () => {
    const early = finding({ id: "early" });
    const { store, idsOf } = storeWith({ type: "finding", finding: early }, { type: "finding", finding: early });
    expect(store.files().get("src/a.ts")?.status).toBe("arriving");
    expect(idsOf("src/a.ts")).toEqual(["early"]);
    const whole = finding({ id: "early", detail: "all of it" });
    for (const event of events([{ type: "finding", finding: whole }])) store.apply(event);
    expect(store.files().get("src/a.ts")?.findings).toEqual([whole]);
    for (const event of events([fileEnd("src/a.ts", [finding({ id: "final" })])])) store.apply(event);
    expect(store.files().get("src/a.ts")?.status).toBe("reviewed");
    expect(idsOf("src/a.ts")).toEqual(["final"]);
  });

  it("drops the findings of the last run with the first of the new one", () => {
    const { store, idsOf } = storeWith(fileEnd("src/a.ts", [finding({ id: "old" })]));
    for (const event of events([{ type: "finding", finding: finding({ id: "new" }) }])) store.apply(event);
    expect(idsOf("src/a.ts")).toEqual(["new"]);
  });

  it("ends with the report: what it does not name is gone, what was not reviewed is told", () => {
    const { store, changed } = storeWith(fileEnd("src/gone.ts", [finding({ path: "src/gone.ts" })]));
    store.load(
      report({
        files: [fileReport(), fileReport({ path: "src/b.ts", status: "pending", reason: "budget reached" })],
        findings: [finding()],
      }),
    );
    expect([...store.files().keys()].toSorted()).toEqual(["src/a.ts", "src/b.ts"]);
    expect(store.files().get("src/b.ts")).toMatchObject({ status: "pending", reason: "budget reached" });
    expect(changed.at(-1)?.toSorted()).toEqual(["src/a.ts", "src/b.ts", "src/gone.ts"]);
  });

  it("leaves every other file alone in a run about some files", () => {
    const { store, idsOf } = storeWith(fileEnd("src/other.ts", [finding({ path: "src/other.ts", id: "kept" })]));
    store.beginRun("some-files");
    store.load(report({ files: [fileReport()], findings: [finding({ id: "new" })] }));
    expect(idsOf("src/other.ts")).toEqual(["kept"]);
    expect(idsOf("src/a.ts")).toEqual(["new"]);
  });

  it("shows a report again that it has shown, once a check of some files has shown something else", () => {
    const whole = report({ files: [fileReport()], findings: [finding({ id: "known" })] });
    const { store, changed, idsOf } = storeWith();
    store.beginRun("workspace");
    store.load(whole);
    changed.length = 0;
    store.load({ ...whole });
    expect(changed).toEqual([]);
    store.beginRun("some-files");
    store.load(report({ files: [fileReport()], findings: [finding({ id: "saved" })] }));
    store.beginRun("workspace");
    store.load(whole);
    expect(idsOf("src/a.ts")).toEqual(["known"]);
  });

  it("tells which paths are gone when it is cleared", () => {
    const { store, changed } = storeWith(fileEnd("src/a.ts"));
    store.clear();
    expect(changed.at(-1)).toEqual(["src/a.ts"]);
    expect(store.files().size).toBe(0);
  });
});

describe("what happens to findings between runs", () => {
  const [one, two] = [finding({ id: "one", startLine: 1 }), finding({ id: "two", startLine: 9 })];

  it("leaves out what is dismissed, and brings it back to its place once", () => {
    const { store, changed, idsOf } = storeWith(fileEnd("src/a.ts", [one, two]));
    expect(store.leaveOut("src/a.ts", ({ id }) => id === "one")).toBe(1);
    expect(idsOf("src/a.ts")).toEqual(["two"]);
    expect(store.leaveOut("src/a.ts", ({ id }) => id === "one")).toBe(0);
    store.bringBack([one, two, finding({ path: "unknown.ts" })]);
    expect(idsOf("src/a.ts")).toEqual(["one", "two"]);
    expect(changed).toEqual([["src/a.ts"], ["src/a.ts"], ["src/a.ts"]]);
  });

  it("keeps away what was dismissed while a run goes on, until the next one decides", () => {
    const { store, idsOf } = storeWith({ type: "finding", finding: one });
    store.leaveOut("src/a.ts", ({ id }) => id === "one");
    for (const event of events([{ type: "finding", finding: one }, fileEnd("src/a.ts", [one, two])]))
      store.apply(event);
    expect(idsOf("src/a.ts")).toEqual(["two"]);
    store.load(report({ files: [fileReport()], findings: [one, two] }));
    expect(idsOf("src/a.ts")).toEqual(["two"]);
    store.beginRun("workspace");
    store.load(report({ files: [fileReport()], findings: [one, two] }));
    expect(idsOf("src/a.ts")).toEqual(["one", "two"]);
  });

  it("goes with a renamed file or folder, and with a deleted one", () => {
    const { store, changed, idsOf } = storeWith(fileEnd("src/a.ts", [one]), fileEnd("src2/b.ts"));
    store.moveFiles("src", "lib");
    expect(idsOf("lib/a.ts")).toEqual(["one"]);
    expect(store.files().get("lib/a.ts")?.findings[0]?.path).toBe("lib/a.ts");
    expect([...store.files().keys()].toSorted()).toEqual(["lib/a.ts", "src2/b.ts"]);
    expect(changed.at(-1)).toEqual(["src/a.ts", "lib/a.ts"]);
    store.moveFiles("lib/a.ts", null);
    expect([...store.files().keys()]).toEqual(["src2/b.ts"]);
  });
});
