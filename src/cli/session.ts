/** What every command has at hand: where to write, how wide, in which colours. */
import type { Logger } from "../core/ports.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { CommonArguments } from "./invocation.ts";
import type { CliIo } from "./io.ts";
import { createOutput, type Output } from "./output.ts";
import { createPalette, isTerminal, textWidth, wantsColour, type Palette } from "./palette.ts";
import { withoutWorkflowCommands } from "./workflowCommand.ts";

export interface Session {
  readonly io: CliIo;
  readonly stdout: Output;
  readonly stderr: Output;
  /** For stdout. */
  readonly palette: Palette;
  readonly width: number;
}

export function createSession(io: CliIo, options: Pick<CommonArguments, "noColor">): Session {
  return {
    io,
    stdout: createOutput(io.stdout),
    stderr: isWorkflow(io.env) ? withoutCommands(createOutput(io.stderr)) : createOutput(io.stderr),
    palette: createPalette(wantsColour(io.stdout, io.env, options.noColor)),
    width: textWidth(io.stdout, io.env),
  };
}

/** A step of a GitHub workflow: its runner obeys lines of what is written. */
export function isWorkflow(env: CliIo["env"]): boolean {
  return env["GITHUB_ACTIONS"] === "true";
}

function withoutCommands(output: Output): Output {
  return {
    get isClosed() {
      return output.isClosed;
    },
    write: (piece) => output.write(typeof piece === "string" ? withoutWorkflowCommands(piece) : piece),
  };
}

/** `--no-color` and NO_COLOR are about colour: a line that is rewritten in place has none. */
export function progressMode({ io }: Session, { quiet }: CommonArguments): "live" | "log" | "quiet" {
  if (quiet) return "quiet";
  return isTerminal(io.stderr, io.env) ? "live" : "log";
}

function silent(): void {}

/** @param write takes one line, without its end */
export function createCliLogger(write: (line: string) => void, { quiet, verbose }: CommonArguments): Logger {
  const line = (message: string) => write(escapeLine(message.trim()));
  return {
    debug: verbose ? line : silent,
    info: verbose ? line : silent,
    warn: quiet ? silent : line,
    error: line,
  };
}
