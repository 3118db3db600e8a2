/** A finding as commands and links name it. */
export interface FindingRef {
  readonly path: string;
  readonly id: string;
}

/** Anyone may run a command: undefined when what it was given names no finding. */
export function readFindingRef(given: unknown): FindingRef | undefined {
  if (typeof given !== "object" || given === null || !("path" in given) || !("id" in given)) return undefined;
  const { path, id } = given;
  return typeof path === "string" && typeof id === "string" ? { path, id } : undefined;
}
