/** From arguments to an exit status. Each command is loaded when it is asked for. */
import { describeError, errorCode, isOnceoverError, OnceoverError } from "../shared/errors.ts";
import { escapeLine, escapeText } from "../shared/escapeText.ts";
import { parseArguments } from "./arguments.ts";
import type { Invocation } from "./invocation.ts";
import { errorStatus } from "./exitStatus.ts";
import { helpText } from "./flags.ts";
import type { CliIo } from "./io.ts";
import { createSession, type Session } from "./session.ts";
import { packageVersion } from "./version.ts";

const USAGE_STATUS = 2;

/** Never rejects: what goes wrong is one line on stderr, with its stack only under `--verbose`. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const session = createSession(io, { noColor: argv.includes("--no-color") });
  try {
    return await carryOut(parseArguments(argv), session);
  } catch (error) {
    await session.stderr.write(errorText(error, argv.includes("--verbose"))).catch(() => {});
    return errorStatus(errorCode(error));
  }
}

async function carryOut(invocation: Invocation, session: Session): Promise<number> {
  switch (invocation.command) {
    case "help":
      await (invocation.isAsked ? session.stdout : session.stderr).write(helpText());
      return invocation.isAsked ? 0 : USAGE_STATUS;
    case "version":
      await session.stdout.write(`${packageVersion()}\n`);
      return 0;
    case "analyze":
      return (await import("./analyzeCommand.ts")).analyzeCommand(invocation, session);
    case "overnight":
      return (await import("./overnightCommand.ts")).overnightCommand(invocation, session);
    case "hotspots":
      return (await import("./hotSpotsCommand.ts")).hotSpotsCommand(invocation, session);
    case "tool":
      return (await import("./tool/toolCommand.ts")).toolCommand(invocation, session);
    case "cache":
      return (await import("./cacheCommand.ts")).cacheCommand(invocation, session);
    case "models":
      return (await import("./modelsCommand.ts")).modelsCommand(invocation, session);
  }
}

function errorText(error: unknown, isVerbose: boolean): string {
  const line = `onceover: ${escapeLine(describeError(explain(error)))}\n`;
  const stack = isVerbose && error instanceof Error ? error.stack : undefined;
  return stack === undefined ? line : `${line}${escapeText(stack)}\n`;
}

function explain(error: unknown): unknown {
  if (isOnceoverError(error) && error.code === "internal") return advised(error, error.message);
  if (isOnceoverError(error)) return error;
  if ((error as { code?: unknown } | null)?.code === "ERR_MODULE_NOT_FOUND") {
    return new OnceoverError("internal", "A part of Onceover is missing.", {
      advice: "Install it again.",
      cause: error,
    });
  }
  return advised(error, error instanceof Error ? error.message : String(error));
}

function advised(cause: unknown, message: string): OnceoverError {
  return new OnceoverError("internal", `Something went wrong inside Onceover: ${message}`, {
    advice: "Run again with --verbose for the details.",
    cause,
  });
}
