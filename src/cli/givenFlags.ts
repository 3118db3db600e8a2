/** The words of a command line: flags with their values, refused where they are unknown or belong elsewhere. */
import { parseArgs } from "node:util";
import type { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { FLAGS, type Command, type Flag } from "./flags.ts";
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
export function readFlags(argv: readonly string[], flags: Readonly<Record<string, Flag>> = FLAGS): Given {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, { type: flag.value ? "string" : "boolean" } as const]),
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
        checkFlag(flags, { name, rawName, value: isFlag ? undefined : value }, command);
      }
    },
  };
}

interface UsedFlag {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function checkFlag(flags: Readonly<Record<string, Flag>>, used: UsedFlag, command: Command): void {
  const { name, rawName, value } = used;
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (!flag) throw unknownFlag(flags, name, rawName, command);
  if (!flag.commands.includes(command)) {
    throw usage(`--${name} does not belong to onceover ${command}.`, "See onceover --help.");
  }
  if (flag.value && (value === undefined || value === "")) {
    throw usage(`--${name} needs a value.`, `Write: --${name} ${flag.value}`);
  }
  if (!flag.value && value !== undefined) throw usage(`--${name} takes no value.`, `Write: --${name}`);
}

function unknownFlag(
  flags: Readonly<Record<string, Flag>>,
  name: string,
  rawName: string,
  command: Command,
): OnceoverError {
  const words = Object.keys(flags).filter((one) => flags[one]!.commands.includes(command));
  const nearest = nearestWord(name, words);
  const advice = nearest ? `Did you mean --${nearest}?` : "See onceover --help.";
  return usage(`There is no flag ${escapeLine(rawName)}.`, advice);
}
