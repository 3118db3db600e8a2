/** Files in order, where few change between two looks: what was in order stays, what came is merged in. Pure. */
import type { FileNode, SeverityCounts } from "./findingsModel.ts";

export interface SortedFiles {
  add(file: FileNode): void;
  remove(file: FileNode): void;
  size(): number;
  counts(): SeverityCounts;
  /** The same array until something is added or removed. */
  inOrder(): readonly FileNode[];
}

export function createSortedFiles(compare: (a: FileNode, b: FileNode) => number): SortedFiles {
  const members = new Set<FileNode>();
  const arrived = new Set<FileNode>();
  const sum = { error: 0, warning: 0, info: 0 };
  let sorted: readonly FileNode[] = [];
  let isInOrder = true;

  const weigh = ({ counts }: FileNode, sign: 1 | -1) => {
    sum.error += sign * counts.error;
    sum.warning += sign * counts.warning;
    sum.info += sign * counts.info;
    isInOrder = false;
  };
  return {
    add(file) {
      members.add(file);
      arrived.add(file);
      weigh(file, 1);
    },
    remove(file) {
      if (!members.delete(file)) return;
      arrived.delete(file);
      weigh(file, -1);
    },
    size: () => members.size,
    counts: () => ({ ...sum }),
    inOrder() {
      if (isInOrder) return sorted;
      const stayed = sorted.filter((file) => members.has(file));
      // Two runs in order: the engine's sort merges them without comparing each with each.
      sorted = [...stayed, ...[...arrived].toSorted(compare)].toSorted(compare);
      arrived.clear();
      isInOrder = true;
      return sorted;
    },
  };
}
