/** Takes from each group in turn until there are enough, so that frequent things do not crowd out rare ones. */

/**
 * @param path of a thing: its group, the group within that, … Each level is dealt from in turn.
 * @param seed the same things, most and seed give the same sample
 * @returns at most `most` things, those of a group together
 */
export function dealOut<Thing>(
  things: readonly Thing[],
  path: (thing: Thing) => readonly string[],
  most: number,
  seed: number,
): Thing[] {
  const random = createRandom(seed);
  const picked = turns(shuffle(things, random), path, 0).slice(0, most);
  const rank = new Map(things.map((thing, index) => [thing, index]));
  const group = (thing: Thing) => path(thing).join("\n");
  return picked.toSorted((a, b) => compare(group(a), group(b)) || rank.get(a)! - rank.get(b)!);
}

function turns<Thing>(things: readonly Thing[], path: (thing: Thing) => readonly string[], level: number): Thing[] {
  if (things.length === 0 || level >= path(things[0]!).length) return [...things];
  const groups = [...Map.groupBy(things, (thing) => path(thing)[level]!)]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([, group]) => turns(group, path, level + 1));
  const rounds = Math.max(...groups.map((group) => group.length));
  return Array.from({ length: rounds }, (_, round) => groups.flatMap((group) => group.slice(round, round + 1))).flat();
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function shuffle<Thing>(things: readonly Thing[], random: () => number): Thing[] {
  const shuffled = [...things];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/** Mulberry32: small, and even enough to shuffle with. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
