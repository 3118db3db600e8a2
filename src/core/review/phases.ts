import type { PhaseName } from "../../shared/events.ts";
import type { Emit } from "./emitter.ts";

export interface Phases {
  /** Times `work`, whatever becomes of it. */
  measure<T>(name: PhaseName, work: () => Promise<T>): Promise<T>;
  /** Notes a phase that was measured elsewhere (the store's worker). */
  add(name: PhaseName, ms: number): void;
  readonly list: readonly { readonly name: PhaseName; readonly ms: number }[];
}

export function createPhases(emit: Emit, monotonicMs: () => number): Phases {
  const list: { name: PhaseName; ms: number }[] = [];
  const add = (name: PhaseName, ms: number) => {
    list.push({ name, ms: Math.round(ms) });
    emit({ type: "phase", name, state: "end", ms });
  };
  return {
    list,
    add,
    async measure(name, work) {
      emit({ type: "phase", name, state: "start", ms: 0 });
      const startedAt = monotonicMs();
      try {
        return await work();
      } finally {
        add(name, monotonicMs() - startedAt);
      }
    },
  };
}
