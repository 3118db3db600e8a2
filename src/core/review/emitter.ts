/** The head of every event: run, number, monotonic time. */
import type { RunEvent, RunEventBody, RunListener } from "../../shared/events.ts";
import type { Clock, Logger } from "../ports.ts";

export type Emit = (body: RunEventBody) => void;

/** A listener that throws is logged and must not end a run that costs money. */
export function createEmitter(runId: string, clock: Clock, logger: Logger, listeners: readonly RunListener[]): Emit {
  let seq = 0;
  return (body) => {
    const event = { runId, seq: ++seq, monotonicMs: clock.monotonicMs(), ...body } as RunEvent;
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        logger.error(`A reader of run events failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
}
