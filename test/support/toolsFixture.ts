import { onTestFinished } from "vitest";
import type { Engine } from "../../src/core/engine.ts";
import type { Clock } from "../../src/core/ports.ts";
import { systemClock } from "../../src/core/systemPorts.ts";
import { openTools, type OpenToolsOptions, type Tools } from "../../src/core/tools/openTools.ts";
import { isOnceoverError } from "../../src/shared/errors.ts";

/** Tools over one folder without an engine: nothing is taken for a secret, and nothing of outlines can be asked. */
export function openPlainTools(
  folder: string,
  options: Partial<Omit<OpenToolsOptions, "workspace" | "planning">> & { trusted?: boolean; clock?: Clock } = {},
): Tools {
  const { trusted = false, clock = systemClock, ...rest } = options;
  const unused = (): never => {
    throw new Error("No engine stands behind these tools.");
  };
  const tools = openTools({
    workspace: { folders: [{ path: folder, prefix: "" }], trusted },
    planning: {
      ports: {
        clock,
        logger: { debug() {}, info() {}, warn() {}, error() {} },
        secrets: { apiKey: unused },
        fetch: unused,
      },
      pool: {
        warmUp: unused,
        analyze: unused,
        prepare: unused,
        outline: unused,
        redact: async (text) => ({ ok: true, text }),
        dispose: async () => {},
      },
      store: new Proxy({} as OpenToolsOptions["planning"]["store"], { get: unused }),
      planRequest: unused,
    },
    exclude: [],
    ...rest,
  });
  onTestFinished(() => tools.dispose());
  return tools;
}

export async function openEngineTools(engine: Engine, folder: string, trusted = true): Promise<Tools> {
  const tools = await engine.openTools({ folders: [{ path: folder, prefix: "" }], trusted });
  onTestFinished(() => tools.dispose());
  return tools;
}

export async function ask<Result = Record<string, unknown>>(
  tools: Tools,
  name: string,
  parameters: object = {},
): Promise<{ readonly result: Result; readonly source: string }> {
  const { json, source } = await tools.call(name, parameters);
  return { result: JSON.parse(json) as Result, source };
}

/** The code of what a call fails with; "" when it does not. */
export async function failureOf(tools: Tools, name: string, parameters: object = {}): Promise<string> {
  try {
    await tools.call(name, parameters);
    return "";
  } catch (error) {
    if (isOnceoverError(error)) return error.code;
    throw error;
  }
}
