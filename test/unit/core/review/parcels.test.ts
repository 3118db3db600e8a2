import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPriceBook } from "../../../../src/core/model/prices.ts";
import {
  MAX_PACKED_UNITS,
  MAX_PACK_TOKENS,
  MAX_PACKED_UNIT_TOKENS,
  packUnits,
  type Parcel,
} from "../../../../src/core/review/parcels.ts";
import { makespanMs, replyMs, sourceTokens } from "../../../../src/core/review/requestEstimate.ts";
import type { ChosenModel } from "../../../../src/core/review/reviewing.ts";
import type { UnitJob } from "../../../../src/core/review/unitsToSend.ts";

const prices = await createPriceBook({});
const modelNamed = (name: string, provider: ChosenModel["provider"] = "openai"): ChosenModel => ({
  name,
  provider,
  prices,
  origin: "https://example.invalid",
  origins: ["https://example.invalid"],
  priceKnown: true,
  open: async () => Promise.reject(new Error("nothing is sent")),
});
const strong = modelNamed("gpt-5");
const contexts = [0, 1].map((at) => ({ folder: `/${at}`, text: "", hash: "" }));

function jobAt(
  path: string,
  sizeBytes: number,
  patch: { folder?: number; key?: string; isChunk?: boolean; isStrong?: boolean; unlooked?: number } = {},
): UnitJob {
  const unit = {
    key: patch.key ?? `${patch.folder ?? 0}:${path}`,
    ordinal: 0,
    sizeBytes,
    lines: patch.isChunk ? { start: 1, end: 9 } : null,
    rawReply: null,
    signatures: null,
    review: patch.unlooked ? { summary: null, findings: [], dropped: 0 } : null,
    unlooked: patch.unlooked ?? 0,
  };
  const strongReason = patch.isStrong ? "complex: cognitive 99" : null;
  const file = { path, folder: patch.folder ?? 0, strongReason, units: [unit] };
  return { file, unit } as unknown as UnitJob;
}

const small = (count: number, sizeBytes = 800) =>
  Array.from({ length: count }, (_, at) => jobAt(`src/file${String(at).padStart(3, "0")}.ts`, sizeBytes));
const pathsOf = (parcels: readonly Parcel[]) => parcels.map((parcel) => parcel.map(({ file }) => file.path));
const endOf = (parcels: readonly Parcel[], lanes: number) => makespanMs(parcels.map(replyMs), lanes);

const jobsArbitrary = fc
  .array(
    fc.record({
      path: fc.stringMatching(/^[a-c]{1,3}$/),
      sizeBytes: fc.integer({ min: 1, max: 40_000 }),
      folder: fc.nat(1),
      isChunk: fc.boolean(),
      isStrong: fc.boolean(),
      unlooked: fc.constantFrom(0, 0, 0, 1, 3),
      twin: fc.nat(3),
    }),
    { maxLength: 120 },
  )
  .map((all) =>
    all.map(({ path, twin, ...patch }, at) =>
      jobAt(`${path}${at}`, patch.sizeBytes, twin === 0 ? { ...patch, key: `twin${at % 3} ${patch.isStrong}` } : patch),
    ),
  );

describe("packUnits", () => {
  it("puts every unit into exactly one parcel, within all limits, and ends no later by estimate", () => {
    fc.assert(
      fc.property(jobsArbitrary, fc.integer({ min: 1, max: 32 }), (jobs, lanes) => {
        const parcels = packUnits(jobs, { chosen: modelNamed("gpt-5-mini"), strong, contexts, lanes });
        expect(new Set(parcels.flat())).toEqual(new Set(jobs));
        expect(parcels.flat()).toHaveLength(jobs.length);
        for (const pack of parcels.filter((parcel) => parcel.length > 1)) {
          expect(pack.length).toBeLessThanOrEqual(MAX_PACKED_UNITS);
          expect(pack.reduce((sum, job) => sum + sourceTokens(job), 0)).toBeLessThanOrEqual(MAX_PACK_TOKENS);
          expect(Math.max(...pack.map(sourceTokens))).toBeLessThanOrEqual(MAX_PACKED_UNIT_TOKENS);
          expect(new Set(pack.map(({ file }) => file.folder)).size).toBe(1);
          expect(new Set(pack.map(({ unit }) => unit.key)).size).toBe(pack.length);
          expect(pack.every(({ unit }) => unit.lines === null)).toBe(true);
          expect(new Set(pack.map(({ file }) => file.strongReason)).size).toBe(1);
          expect(pack.every(({ unit }) => unit.unlooked === 0)).toBe(true);
        }
        const alone = packUnits(jobs, { chosen: null, strong, contexts, lanes });
        expect(endOf(parcels, lanes)).toBeLessThanOrEqual(endOf(alone, lanes));
      }),
    );
  });

  it("depends on the units alone, not on their order", () => {
    const shuffled = jobsArbitrary.chain((jobs) =>
      fc.shuffledSubarray([...jobs], { minLength: jobs.length }).map((other) => [jobs, other] as const),
    );
    // Of equal units the first by path is packed, so paths must differ: they do.
    fc.assert(
      fc.property(shuffled, ([jobs, other]) => {
        const options = { chosen: modelNamed("gpt-5-mini"), strong, contexts, lanes: 4 };
        expect(pathsOf(packUnits(other, options))).toEqual(pathsOf(packUnits(jobs, options)));
      }),
    );
  });

  it("packs neighbours where there are more units than lanes, and keeps the lanes full", () => {
    const parcels = packUnits(small(200), { chosen: modelNamed("gpt-5-mini"), strong, contexts, lanes: 16 });
    expect(parcels.length).toBeLessThanOrEqual(100);
    expect(parcels.length).toBeGreaterThanOrEqual(16);
    for (const pack of pathsOf(parcels)) {
      const numbers = pack.map((path) => Number(/\d+/.exec(path)![0]));
      expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
    }
  });

  it("sends them alone where all have a lane anyway", () => {
    const parcels = packUnits(small(16), { chosen: modelNamed("gpt-5-mini"), strong, contexts, lanes: 16 });
    expect(parcels).toHaveLength(16);
  });

  it("packs beside a unit that takes longer, where the rules would be paid in full every time", () => {
    // Its provider caches no prefix that short.
    const chosen = modelNamed("claude-haiku-4-5", "anthropic");
    const parcels = packUnits([...small(8), jobAt("large.ts", 30_000)], { chosen, strong: null, contexts, lanes: 16 });
    expect(parcels.length).toBeLessThan(9);
  });

  it("packs what each model reviews, also where their files stand among each other", () => {
    const jobs = small(96).map(({ file }, at) => jobAt(file.path, 800, { isStrong: at % 2 === 0 }));
    const parcels = packUnits(jobs, { chosen: modelNamed("gpt-5-mini"), strong, contexts, lanes: 4 });
    const packed = parcels.filter((parcel) => parcel.length > 1).map(([job]) => job!.file.strongReason === null);
    expect(new Set(packed)).toEqual(new Set([true, false]));
    const withSmall = { chosen: modelNamed("gpt-5-mini"), strong: modelNamed("house-model"), contexts, lanes: 4 };
    const usualOnly = packUnits(jobs, withSmall).filter((parcel) => parcel.length > 1);
    expect(usualOnly.length).toBeGreaterThan(0);
    expect(usualOnly.flat().every(({ file }) => file.strongReason === null)).toBe(true);
  });

  it("leaves what only needs a second look out of packs", () => {
    const jobs = small(60).map(({ file }, at) => jobAt(file.path, 800, { unlooked: at % 3 === 0 ? 1 : 0 }));
    const parcels = packUnits(jobs, { chosen: modelNamed("gpt-5-mini"), strong: null, contexts, lanes: 4 });
    const alone = parcels.filter((parcel) => parcel.some(({ unit }) => unit.unlooked > 0));
    expect(alone.map((parcel) => parcel.length)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(parcels.some((parcel) => parcel.length > 1)).toBe(true);
  });

  it.each([
    ["a server of small models", modelNamed("llama3", "ollama")],
    ["a model with a short memory", modelNamed("gpt-4")],
    ["a model that nobody knows", modelNamed("house-model")],
  ])("asks %s about one unit at a time", (_, chosen) => {
    expect(packUnits(small(100), { chosen, strong: null, contexts, lanes: 4 })).toHaveLength(100);
  });
});
