/** A command line that cannot be carried out: one line that says what is wrong, one that says what to do. */
import { OnceoverError } from "../shared/errors.ts";

export function usage(message: string, advice: string): OnceoverError {
  return new OnceoverError("usage", message, { advice });
}

export function later(what: string): OnceoverError {
  return usage(`This version does not have ${what} yet.`, "See onceover --help for what it has.");
}
