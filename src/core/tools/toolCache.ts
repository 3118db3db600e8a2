/** Answers that still hold. Nothing is believed because nobody said otherwise: whatever an answer hangs on is looked at. */
import { checkRegularFile } from "../workspace/readRegularFile.ts";
import { createByteCache } from "./byteCache.ts";
import type { FileVersions } from "./fileVersions.ts";
import type { Dependency } from "./guard.ts";

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
  readonly generation: () => Promise<number>;
  readonly monotonicMs: () => number;
}

const DEPENDENCY_BYTES = 250;

export function createToolCache({ maxBytes, versions, generation, monotonicMs }: ToolCacheOptions): ToolCache {
  const answers = createByteCache<ToolAnswer>(maxBytes);
  const holds: ToolCache["holds"] = async (answer) => {
    if (monotonicMs() >= answer.expiresAtMs) return false;
    if (!answer.dependencies.every((one) => isUnchanged(one, versions))) return false;
    return answer.generation === null || (await generation()) === answer.generation;
  };
  return {
    holds,
    async find(key) {
      const answer = answers.get(key);
      if (!answer) return undefined;
      if (await holds(answer)) return answer;
      // Another call may have put a newer one in its place meanwhile.
      if (answers.get(key) === answer) answers.delete(key);
      return undefined;
    },
    keep(key, answer) {
      answers.set(key, answer, 2 * answer.json.length + DEPENDENCY_BYTES * answer.dependencies.length);
    },
    clear: () => answers.clear(),
    get sizeBytes() {
      return answers.sizeBytes;
    },
  };
}

function isUnchanged({ absolutePath, version, within }: Dependency, versions: FileVersions): boolean {
  if (versions.look(absolutePath).version !== version) return false;
  if (within === null) return true;
  try {
    checkRegularFile(absolutePath, within);
    return true;
  } catch {
    return false;
  }
}
