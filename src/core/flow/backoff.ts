/** How long to wait where nobody has said how long. */
const FIRST_MS = 500;
const HIGHEST_MS = 20_000;

/**
 * From 0.5 s, doubling, up to 30 s. Jitter makes a wait up to half as long again, so that those who failed together
 * do not come back together.
 *
 * @param failures how many came before this one, 0 at the first
 * @param random from 0 to 1
 */
export function backoffMs(failures: number, random: () => number): number {
  return Math.min(FIRST_MS * 2 ** failures, HIGHEST_MS) * (1 + random() / 2);
}
