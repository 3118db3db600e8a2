import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  announceStanding,
  forgetStanding,
  hasStanding,
  readStanding,
  type Standing,
  type StandingPlace,
} from "../../../../src/core/standing/standingFile.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const STANDING: Standing = {
  keptAtMs: 5,
  repository: { files: ["/there/.git/index"], marks: ["/there/.git"] },
  stamps: "stamps",
  database: "1:2",
  state: "state",
  entries: [
    ["run", '{ "id": "é\\u0000" }'],
    ["files", "[]"],
    ["findings", ""],
  ],
};
/** Texts as they were given. */
const read = (place: StandingPlace) => {
  const standing = readStanding(place);
  return (
    standing && { ...standing, entries: standing.entries.map(([key, text]) => [key, Buffer.from(text).toString()]) }
  );
};
const ONE = "1".repeat(64);
const TWO = "2".repeat(64);
const asked = (number: number) => number.toString(16).padStart(64, "a");
const placeIn = (storeFolder: string, question = asked(0), workspace = ONE) => ({ storeFolder, workspace, question });
const namesIn = (storeFolder: string) => fs.readdirSync(path.join(storeFolder, "standing"));

describe("an answer that is kept as a file", () => {
  it("is read as it was written, under its own question and workspace alone", () => {
    const place = placeIn(temporaryFolder());
    expect(hasStanding(place)).toBe(false);
    expect(readStanding(place)).toBeUndefined();
    announceStanding(place).fillIn(STANDING);
    expect(hasStanding(place)).toBe(true);
    expect(read(place)).toEqual(STANDING);
    expect(readStanding({ ...place, question: asked(1) })).toBeUndefined();
    expect(readStanding({ ...place, workspace: TWO })).toBeUndefined();
  });

  it("is for its owner alone", () => {
    const storeFolder = temporaryFolder();
    announceStanding(placeIn(storeFolder)).fillIn(STANDING);
    const folder = path.join(storeFolder, "standing");
    expect(fs.statSync(folder).mode & 0o077).toBe(0);
    for (const name of namesIn(storeFolder)) expect(fs.statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  });

  it("is none when a byte of it is another one, or missing, or when it stands under another question", () => {
    const storeFolder = temporaryFolder();
    const place = placeIn(storeFolder);
    announceStanding(place).fillIn(STANDING);
    const file = path.join(storeFolder, "standing", namesIn(storeFolder)[0]!);
    const whole = fs.readFileSync(file);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, flip, isCut) => {
        const damaged = isCut ? whole.subarray(0, at) : Buffer.from(whole);
        if (!isCut) damaged[at]! ^= flip;
        fs.writeFileSync(file, damaged);
        expect(readStanding(place)).toBeUndefined();
      }),
    );
    fs.writeFileSync(file, whole);
    expect(read(place)).toEqual(STANDING);
    fs.copyFileSync(file, path.join(storeFolder, "standing", `${ONE}-${asked(1)}`));
    expect(readStanding(placeIn(storeFolder, asked(1)))).toBeUndefined();
  });

  it("is not filled in when all were forgotten after it was announced", () => {
    const place = placeIn(temporaryFolder());
    const announced = announceStanding(place);
    forgetStanding(place.storeFolder);
    // Somebody else's, announced since, does not stand in for it.
    const other = announceStanding(place);
    expect(() => announced.fillIn(STANDING)).toThrow(/ENOENT/);
    expect(hasStanding(place)).toBe(false);
    other.fillIn(STANDING);
    expect(hasStanding(place)).toBe(true);
  });

  it("is forgotten with its workspace, or with all", () => {
    const storeFolder = temporaryFolder();
    const one = placeIn(storeFolder);
    const two = placeIn(storeFolder, asked(0), TWO);
    for (const place of [one, two]) announceStanding(place).fillIn(STANDING);
    forgetStanding(storeFolder, ONE);
    expect([hasStanding(one), hasStanding(two)]).toEqual([false, true]);
    forgetStanding(storeFolder);
    expect(hasStanding(two)).toBe(false);
    forgetStanding(path.join(storeFolder, "not there"));
  });

  it("leaves nothing behind when it is given up, and few when there are many", () => {
    const storeFolder = temporaryFolder();
    announceStanding(placeIn(storeFolder)).giveUp();
    expect(namesIn(storeFolder)).toEqual([]);
    for (let count = 0; count < 30; count++) {
      announceStanding(placeIn(storeFolder, asked(count))).fillIn(STANDING);
      const file = path.join(storeFolder, "standing", `${ONE}-${asked(count)}`);
      fs.utimesSync(file, count, count);
    }
    expect(namesIn(storeFolder).length).toBeLessThanOrEqual(20);
    expect(hasStanding(placeIn(storeFolder, asked(29)))).toBe(true);
    expect(hasStanding(placeIn(storeFolder, asked(0)))).toBe(false);
  });

  it("is none where the store is no folder", () => {
    const place = placeIn(path.join(temporaryFolder({ file: "" }), "file"));
    expect(hasStanding(place)).toBe(false);
    expect(readStanding(place)).toBeUndefined();
    forgetStanding(place.storeFolder);
    expect(() => announceStanding(place)).toThrow();
  });

  it("is neither written, read nor removed behind a link, and nothing that somebody else put there is removed", () => {
    const victim = temporaryFolder(
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`note${at}`, "kept"])) as Record<string, string>,
    );
    const storeFolder = temporaryFolder();
    fs.symlinkSync(victim, path.join(storeFolder, "standing"));
    expect(() => announceStanding(placeIn(storeFolder))).toThrow(/link/);
    forgetStanding(storeFolder);
    expect(fs.readdirSync(victim)).toHaveLength(30);
    const own = temporaryFolder({ "standing/note": "kept" });
    for (let count = 0; count < 30; count++) announceStanding(placeIn(own, asked(count))).fillIn(STANDING);
    forgetStanding(own);
    expect(namesIn(own)).toEqual(["note"]);
  });

  it("is not kept when it is longer than what is read at a start", () => {
    const place = placeIn(temporaryFolder());
    const announced = announceStanding(place);
    announced.fillIn({ ...STANDING, entries: [["files", "x".repeat(17 * 1024 * 1024)]] });
    announced.giveUp();
    expect(hasStanding(place)).toBe(false);
    expect(namesIn(place.storeFolder)).toEqual([]);
  });
});
