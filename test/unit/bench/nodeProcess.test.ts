import { describe, expect, it } from "vitest";
import { runNode } from "../../../bench/nodeProcess.ts";

describe("a measured process", () => {
  it.runIf(process.platform === "linux")("is not given the memory of who started it", async () => {
    const held = Buffer.alloc(400_000_000, 1);
    const { peakRssBytes, exitCode } = await runNode("--eval", ["0"], { timeoutMs: 60_000 });
    expect(exitCode).toBe(0);
    expect(peakRssBytes).toBeGreaterThan(20_000_000);
    expect(peakRssBytes).toBeLessThan(held.length / 2);
  });
});
