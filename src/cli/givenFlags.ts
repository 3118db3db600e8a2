/** The words of a command line: flags with their values, refused where they are unknown or belong elsewhere. */
import { parseArgs } from "node:util";
import type { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { FLAGS, type Command } from "./flags.ts";
import { nearestWord } from "./nearestWord.ts";
import { usage } from "./usageError.ts";

export interface Given {
  readonly positionals: readonly string[];
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The last one counts. */
  value(name: string): string | null;
  values(name: string): readonly string[];
  /** Refuses what is unknown or belongs to another command. */
  checkFor(command: Command): void;
}

/** Throws `usage`. */
export function readFlags(argv: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [name, { type: flag.value ? "string" : "boolean" } as const]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const used = tokens.filter((token) => token.kind === "option");
  const values = (name: string) =>
    used.filter((token) => token.name === name).flatMap(({ value }) => (value === undefined ? [] : [value]));
  return {
    positionals,
    names: used.map((token) => token.name),
    has: (name) => used.some((token) => token.name === name),
    value: (name) => values(name).at(-1) ?? null,
    values,
    checkFor(command) {
      for (const { name, rawName, value, inlineValue } of used) {
        // The parser takes whatever follows; another flag is never meant as a value.
        const isFlag = inlineValue === false && value.startsWith("--");
        checkFlag(name, rawName, isFlag ? undefined : value, command);
      }
    },
  };
}

function checkFlag(name: string, rawName: string, value: string | undefined, command: Command): void {
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  if (!flag) throw unknownFlag(name, rawName, command);
  if (!flag.commands.includes(command)) {
    throw usage(`--${name} does not belong to onceover ${command}.`, "See onceover --help.");
  }
  if (flag.value && (value === undefined || value === "")) {
    throw usage(`--${name} needs a value.`, `Write: --${name} ${flag.value}`);
  }
  if (!flag.value && value !== undefined) throw usage(`--${name} takes no value.`, `Write: --${name}`);
}

function unknownFlag(name: string, rawName: string, command: Command): OnceoverError {
  const words = Object.keys(FLAGS).filter((one) => FLAGS[one]!.commands.includes(command));
  const nearest = nearestWord(name, words);
  const advice = nearest ? `Did you mean --${nearest}?` : "See onceover --help.";
  return usage(`There is no flag ${escapeLine(rawName)}.`, advice);
}
