import type { Snapshot } from "../workspace/snapshot.ts";
import type { PlanLookups } from "./plan.ts";
import type { PlanSignatures } from "./planSignatures.ts";

/** @param snapshotMs what listing and looking at the files took */
export function countLookups(
  snapshots: readonly Snapshot[],
  { folders }: PlanSignatures,
  snapshotMs: number,
): PlanLookups {
  const files = snapshots.flatMap((snapshot) => snapshot.files);
  const failures = files.filter(({ failure }) => failure !== null).length;
  const looked = files.filter(({ content }) => content !== null).length;
  const made = snapshots.reduce((sum, { read }) => sum + read.length, 0);
  const counts = folders.flatMap((folder) => folder?.counts() ?? []);
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((total, one) => total + of(one), 0);
  return {
    contents: { calls: looked + failures, made: made + failures, failures, ms: snapshotMs },
    signatures: {
      calls: sum(({ contexts }) => contexts),
      made: sum(({ worked }) => worked),
      failures: 0,
      ms: sum(({ workedMs }) => workedMs),
    },
    outlines: sum(({ outlines }) => outlines),
  };
}
