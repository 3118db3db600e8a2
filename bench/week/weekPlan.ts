/** What is done in the week: after each of these the repository is reviewed. */
import type { WeekRepository } from "./weekRepository.ts";

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] as const;
export type Day = (typeof DAYS)[number];

export const KINDS = [
  "bodies edited",
  "a comment",
  "a signature",
  "a rename",
  "a new file",
  "a deletion",
  "a revert",
  "another branch",
  "back on main",
] as const;
type Kind = (typeof KINDS)[number];

export interface Step {
  readonly day: Day;
  readonly kind: Kind;
  apply(repository: WeekRepository): Promise<void>;
}

type DayStep = Pick<Step, "kind" | "apply">;

const bodies = (count: number, message = "Edit"): DayStep => ({
  kind: "bodies edited",
  async apply(repository) {
    await repository.editBodies(count);
    repository.commit(message);
  },
});

const comment: DayStep = {
  kind: "a comment",
  async apply(repository) {
    await repository.comment();
    repository.commit("Comment");
  },
};

const signature = (file: string, from: string, to: string): DayStep => ({
  kind: "a signature",
  async apply(repository) {
    await repository.replace(file, from, to);
    repository.commit("Signature");
  },
});

const move = (from: string, to: string): DayStep => ({
  kind: "a rename",
  async apply(repository) {
    await repository.move(`internal/util/${from}.ts`, `internal/util/${to}.ts`);
    repository.commit("Rename");
  },
});

const add = (name: string): DayStep => ({
  kind: "a new file",
  async apply(repository) {
    await repository.add(`internal/util/${name}.ts`);
    repository.commit("Add");
  },
});

const remove = (name: string): DayStep => ({
  kind: "a deletion",
  async apply(repository) {
    await repository.remove(`internal/util/${name}.ts`);
    repository.commit("Remove");
  },
});

const revert = (message: string): DayStep => ({
  kind: "a revert",
  apply: async (repository) => repository.revert(message),
});

/** A branch that begins some commits ago, with an edit of its own. */
const branch = (name: string, commitsAgo: number): DayStep => ({
  kind: "another branch",
  async apply(repository) {
    repository.git("switch", "--quiet", "--create", name, `HEAD~${commitsAgo}`);
    await repository.editBodies(1);
    repository.commit("Edit on a branch");
  },
});

const back: DayStep = {
  kind: "back on main",
  apply: async (repository) => repository.git("switch", "--quiet", "main"),
};

const arrRemove = signature("internal/util/arrRemove.ts", ", item: T) {", ", item: T, from = 0) {");
const isScheduler = signature("internal/util/isScheduler.ts", "(value: any)", "(value: any, strict = false)");
const mapOneOrMany = signature(
  "internal/util/mapOneOrManyArgs.ts",
  "(fn: ((...values: T[]) => R))",
  "(fn: ((...values: T[]) => R), limit = 0)",
);

const days: Readonly<Record<Day, readonly DayStep[]>> = {
  Monday: [
    bodies(1),
    comment,
    bodies(3),
    add("countAbove"),
    bodies(2, "Regretted"),
    arrRemove,
    bodies(1),
    revert("Regretted"),
  ],
  Tuesday: [
    bodies(2),
    move("errorContext", "trackErrors"),
    comment,
    bodies(1),
    branch("tuesday", 6),
    back,
    bodies(3),
    bodies(1),
  ],
  Wednesday: [
    isScheduler,
    bodies(1),
    bodies(2),
    remove("countAbove"),
    comment,
    bodies(4, "Doubted"),
    bodies(1),
    revert("Doubted"),
  ],
  Thursday: [bodies(1), add("countBelow"), bodies(2), bodies(1), branch("thursday", 10), back, comment, bodies(3)],
  Friday: [
    bodies(2),
    move("createErrorClass", "defineErrorClass"),
    bodies(1),
    mapOneOrMany,
    comment,
    bodies(1),
    remove("countBelow"),
    bodies(2),
  ],
};

export const WEEK: readonly Step[] = DAYS.flatMap((day) => days[day].map((step) => ({ ...step, day })));
