/**
 * Which stored rows are asked for, day by day. Sizes and costs are recorded ones (recordRows.ts), the days follow
 * from a seed.
 */
import { createSeededRandom, type SeededRandom } from "../../test/support/durability/seededRandom.ts";

export interface TracedRow {
  readonly id: number;
  readonly bytes: number;
  readonly costMs: number;
}

export interface UseTrace {
  readonly name: string;
  /** By day: the rows that are asked for, each at most once. */
  readonly days: readonly (readonly TracedRow[])[];
}

export type RecordedRow = Pick<TracedRow, "bytes" | "costMs">;

const DAYS = 90;

export function makeTraces(recorded: readonly RecordedRow[]): UseTrace[] {
  return [
    { name: "one repository, edited", days: editedRepository(createSource(recorded, 1), 400, 12) },
    { name: "branches switched", days: switchedBranches(createSource(recorded, 2)) },
    { name: "many repositories, few often", days: manyRepositories(createSource(recorded, 3)) },
  ];
}

interface Source {
  readonly random: SeededRandom;
  readonly next: () => TracedRow;
}

function createSource(recorded: readonly RecordedRow[], seed: number): Source {
  const random = createSeededRandom(seed);
  let id = 0;
  return { random, next: () => ({ id: id++, ...random.pick(recorded) }) };
}

const rowsOf = ({ next }: Source, count: number) => Array.from({ length: count }, next);

/** Every day all is asked for, and some of it is new: what an edit replaced is not asked for again. */
function editedRepository(source: Source, files: number, editsPerDay: number): TracedRow[][] {
  const current = rowsOf(source, files);
  return Array.from({ length: DAYS }, () => {
    for (let edit = 0; edit < editsPerDay; edit++) current[source.random.below(files)] = source.next();
    return [...current];
  });
}

/** Two states of the same files, of which one is asked for at a time; a quarter differs. */
function switchedBranches(source: Source): TracedRow[][] {
  const shared = rowsOf(source, 300);
  const own = [rowsOf(source, 100), rowsOf(source, 100), rowsOf(source, 100)];
  return Array.from({ length: DAYS }, () => {
    const branch = source.random.below(own.length);
    own[branch]![source.random.below(100)] = source.next();
    return [...shared, ...own[branch]!];
  });
}

/** One is worked in nearly every day, the others are looked at once in a while, each as a whole. */
function manyRepositories(source: Source): TracedRow[][] {
  const main = rowsOf(source, 200);
  const others = Array.from({ length: 12 }, () => rowsOf(source, 150));
  return Array.from({ length: DAYS }, () => {
    main[source.random.below(200)] = source.next();
    const isMain = source.random.below(10) < 7;
    return isMain ? [...main] : source.random.pick(others);
  });
}
