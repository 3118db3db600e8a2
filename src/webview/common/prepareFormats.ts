import { formatCount } from "../../shared/format.ts";
import { displayLanguage } from "../../shared/localize.ts";

/** Runs something later, in a task of its own. */
type Later = (run: () => void) => void;

/**
 * The first number takes a browser hundreds of times as long as any other, and the first date a fifth of that again:
 * a page writes one of each while it waits for its first message, so that drawing this need not.
 */
export function prepareFormats(later: Later = (run) => void setTimeout(run)): void {
  later(() => formatCount(0));
  later(() => new Date(0).toLocaleDateString(displayLanguage()));
}
