import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { offlineVersion } from "../../../../src/core/offline/offlineVersion.ts";
import { readRuleAsset } from "../../../../src/core/offline/ruleAsset.ts";

it("is short, stable and names the engine's own version", () => {
  expect(offlineVersion()).toMatch(/^\d+-[0-9a-f]{16}$/);
  expect(offlineVersion()).toBe(offlineVersion());
});

it("covers every file of every rule", () => {
  const folder = path.join(import.meta.dirname, "../../../../src/core/offline/rules");
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const packed = JSON.parse(readRuleAsset()) as Record<string, string>;
  expect(Object.keys(packed)).toHaveLength(files.length);
  expect(Object.keys(packed)).toEqual(Object.keys(packed).toSorted());
});
