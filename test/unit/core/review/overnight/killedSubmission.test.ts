import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it } from "vitest";
import { systemClock } from "../../../../../src/core/systemPorts.ts";
import { openModelEngine, openSimulator, requestFor } from "../../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

const MAIN = path.join(import.meta.dirname, "../../../../../src/cli/main.ts");

it.each([
  ["OpenAI's batch was made", "openai", "gpt-5-mini", "POST /v1/batches", "after", 2],
  ["OpenAI's file was uploaded", "openai", "gpt-5-mini", "POST /v1/batches", "before", 0],
  ["anything was uploaded to OpenAI", "openai", "gpt-5-mini", "POST /v1/files", "before", 0],
  ["Anthropic's batch was made", "anthropic", "claude-haiku-4-5", "POST /v1/messages/batches", "after", 2],
] as const)(
  "killed when %s, it is found out what became of it, and nothing is submitted twice",
  { timeout: 60_000 },
  async (_, provider, model, call, drop, reviewed) => {
    const arrived = Promise.withResolvers<void>();
    const killed = Promise.withResolvers<void>();
    const simulator = await openSimulator({
      async batchCall(name) {
        if (name !== call) return null;
        arrived.resolve();
        await killed.promise;
        return { drop };
      },
    });
    const baseUrl = provider === "openai" ? simulator.url : simulator.origin;
    const folder = temporaryFolder({ "a.ts": "export const a = 1;\n", "b.ts": "export const b = 2;\n" });
    const storeFolder = temporaryFolder();
    const asked = ["analyze", folder, "--overnight", "--provider", provider, "--model", model, "--base-url", baseUrl];
    const child = spawn(process.execPath, [MAIN, ...asked, "--cache-dir", storeFolder], {
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ONCEOVER_API_KEY: simulator.key },
      stdio: "ignore",
    });
    await arrived.promise;
    child.kill("SIGKILL");
    await once(child, "exit");
    killed.resolve();

    let laterMs = 0;
    const clock = { ...systemClock, now: () => Date.now() + laterMs };
    const engine = await openModelEngine(simulator, { provider, model, baseUrl, storeFolder }, { clock });
    expect(await engine.estimate(requestFor(folder))).toMatchObject({ misses: 0, submittedFiles: 2 });
    await engine.overnight.collect();
    laterMs = 3_600_000;
    const collected = await engine.overnight.collect();
    expect(collected).toMatchObject({ outstanding: 0, problems: [] });
    expect(collected.batches).toMatchObject([{ reviewed, state: reviewed > 0 ? "collected" : "refused" }]);
    expect(await engine.estimate(requestFor(folder))).toMatchObject({ hits: reviewed, misses: 2 - reviewed });
    expect(await engine.cache.stats()).toMatchObject({
      spentUsd: expect.closeTo(simulator.bill().usd, 6),
      maybeBilledUsd: 0,
    });
    expect([...simulator.batches.files.keys()]).toEqual([]);
  },
);
