/** `--output FILE`: all or nothing, so that no reader ever finds half a report. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";
import type { Piece } from "./output.ts";

export interface OutputFile {
  /** Replaces the file with all pieces. Throws `store-failed`. */
  write(pieces: Iterable<Piece>): void;
  /** Removes what is half written. */
  discard(): void;
}

/** What is written, for people: as in "The report could not be written", "Choose another --output". */
interface Written {
  readonly flag: "--output" | "--trace";
  readonly thing: "report" | "trace";
}

const REPORT: Written = { flag: "--output", thing: "report" };
export const TRACE: Written = { flag: "--trace", thing: "trace" };

/** Called before the run, so that a path that cannot be written to is found out before money is spent. Throws `usage`. */
export function openOutputFile(given: string, cwd: string, written = REPORT): OutputFile {
  const target = throughLinks(path.resolve(cwd, given));
  const shown = escapeLine(given);
  if (isSpecial(target)) return openSpecial(target, shown, written);
  const unfinished = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${randomBytes(4).toString("hex")}.part`,
  );
  // Tried, and gone again: while the run looks at the folder, nothing of ours lies in it.
  closeAndRemove(openNew(unfinished, target, shown, written), unfinished);
  let descriptor: number | undefined;
  const discard = () => {
    if (descriptor !== undefined) closeAndRemove(descriptor, unfinished);
    descriptor = undefined;
  };
  return {
    discard,
    write(pieces) {
      try {
        descriptor = fs.openSync(unfinished, "wx");
        for (const piece of pieces) fs.writeFileSync(descriptor, piece);
        fs.fsyncSync(descriptor);
        fs.closeSync(descriptor);
        descriptor = undefined;
        fs.renameSync(unfinished, target);
      } catch (error) {
        discard();
        fs.rmSync(unfinished, { force: true });
        throw notWritten(shown, error, written);
      }
    },
  };
}

function closeAndRemove(descriptor: number, file: string): void {
  fs.closeSync(descriptor);
  fs.rmSync(file, { force: true });
}

/** A link stays a link: what it leads to is replaced. */
function throughLinks(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

/** A device or a pipe (/dev/null, /dev/stdout) is written to; renaming a file over it would destroy it. */
function isSpecial(target: string): boolean {
  const stats = fs.statSync(target, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

function openSpecial(target: string, shown: string, written: Written): OutputFile {
  return {
    discard() {},
    write(pieces) {
      try {
        const descriptor = fs.openSync(target, "w");
        for (const piece of pieces) fs.writeFileSync(descriptor, piece);
        fs.closeSync(descriptor);
      } catch (error) {
        throw notWritten(shown, error, written);
      }
    },
  };
}

function notWritten(shown: string, cause: unknown, { flag, thing }: Written): OnceoverError {
  const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
  return new OnceoverError("store-failed", `The ${thing} could not be written to ${shown} (${code}).`, {
    advice: `Make room or choose another ${flag}; running again costs nothing.`,
    cause,
  });
}

function openNew(unfinished: string, target: string, shown: string, { flag }: Written): number {
  try {
    if (fs.statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
      throw new OnceoverError("usage", `${flag} ${shown} is a folder.`, { advice: "Name a file in it." });
    }
    return fs.openSync(unfinished, "wx");
  } catch (error) {
    if (error instanceof OnceoverError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new OnceoverError("usage", `Cannot write to ${shown} (${code}).`, {
      advice: "Choose a file in a folder that exists and may be written to.",
      cause: error,
    });
  }
}
