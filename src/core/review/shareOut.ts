/** Cuts a whole number into whole parts that come to exactly that number. */

/**
 * @param whole not negative, such as nano-dollars
 * @param weights not negative; where all are 0 the parts are as even as can be
 * @returns one part for each weight, in proportion to it, none off by 1 or more
 */
export function shareOut(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let taken = 0;
  let passed = 0;
  return weights.map((weight, index) => {
    passed += total === 0 ? 1 : weight;
    const isLast = index === weights.length - 1;
    const upTo = isLast ? whole : Math.floor((whole / (total === 0 ? weights.length : total)) * passed);
    const part = upTo - taken;
    taken = upTo;
    return part;
  });
}
