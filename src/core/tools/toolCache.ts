/** Answers that still hold. Nothing is believed because nobody said otherwise: whatever an answer hangs on is looked at. */
import { createMemoryTier } from "../cache/memoryTier.ts";
import type { FileVersions } from "./fileVersions.ts";
import type { Dependency, Guard } from "./guard.ts";

export interface ToolAnswer {
  /** Compact JSON. */
  readonly json: string;
  readonly dependencies: readonly Dependency[];
  /** Of the workspace, from before the tool ran; null: it does not hang on all of it. */
  readonly generation: number | null;
  /** Monotonic, milliseconds: it does not hold any longer. */
  readonly expiresAtMs: number;
}

export interface ToolCache {
  /** The answer, if it holds now. */
  find(key: string): Promise<ToolAnswer | undefined>;
  /** Whether an answer holds now. */
  holds(answer: ToolAnswer): Promise<boolean>;
  keep(key: string, answer: ToolAnswer): void;
  clear(): void;
  readonly sizeBytes: number;
}

export interface ToolCacheOptions {
  readonly maxBytes: number;
  readonly versions: FileVersions;
  readonly guard: Pick<Guard, "stillAdmits">;
  readonly generation: () => Promise<number>;
  readonly monotonicMs: () => number;
}

const DEPENDENCY_BYTES = 250;
const sizeOf = ({ json, dependencies }: ToolAnswer) => 2 * json.length + DEPENDENCY_BYTES * dependencies.length;

export function createToolCache({ maxBytes, versions, guard, generation, monotonicMs }: ToolCacheOptions): ToolCache {
  const answers = createMemoryTier<ToolAnswer>(maxBytes, sizeOf);
  const holds: ToolCache["holds"] = async (answer) => {
    if (monotonicMs() >= answer.expiresAtMs) return false;
    for (const { absolutePath, version, member } of answer.dependencies) {
      if (member && !(await guard.stillAdmits(member, absolutePath))) return false;
      if (versions.look(absolutePath).version !== version) return false;
    }
    return answer.generation === null || (await generation()) === answer.generation;
  };
  return {
    holds,
    async find(key) {
      const answer = answers.find(key);
      if (!answer) return undefined;
      if (await holds(answer)) return answer;
      // Another call may have put a newer one in its place meanwhile.
      if (answers.find(key) === answer) answers.delete(key);
      return undefined;
    },
    keep: (key, answer) => answers.save(key, answer),
    clear: () => answers.clear(),
    get sizeBytes() {
      return answers.bytes;
    },
  };
}
