import { OnceoverError } from "../../../shared/errors.ts";

/** No wildcard in it means anything. */
export function literalPath(within: string): string {
  return within === "." ? "." : `:(literal)${within}`;
}

export function gitFailed(what: string): OnceoverError {
  return new OnceoverError("unreadable-file", `git ${what} has no answer for that.`, {
    advice: "A repository without commits has none.",
  });
}
