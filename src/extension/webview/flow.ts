import type { FlowMark } from "../../shared/panelFigures.ts";
import type { RunDetails } from "../../shared/panelProtocol.ts";

const maxSteps = 240;
const MAX_MARKS = 60;

/** Requests in flight over time. Bounded: when the steps are used up, neighbours merge and each step lasts twice as long. */
export interface Flow {
  start(requestId: string, monotonicMs: number): void;
  end(requestId: string, monotonicMs: number): void;
  limit(limit: number, monotonicMs: number): void;
  pause(reason: FlowMark["reason"], ms: number, monotonicMs: number): void;
  samples(): RunDetails["flow"];
}

/** @param startMs monotonic time of the first step */
export function createFlow(startMs: number, firstStepMs = 250): Flow {
  const open = new Set<string>();
  let stepMs = firstStepMs;
  let inFlight: number[] = [];
  let limits: (number | null)[] = [];
  let currentLimit: number | null = null;
  let marks: readonly FlowMark[] = [];

  /** Fills up to the step of `monotonicMs` with what held since the last event. */
  function advance(monotonicMs: number) {
    while ((monotonicMs - startMs) / stepMs >= maxSteps) halve();
    const step = Math.max(0, Math.floor((monotonicMs - startMs) / stepMs));
    while (inFlight.length <= step) {
      inFlight.push(open.size);
      limits.push(currentLimit);
    }
  }

  function halve() {
    inFlight = inFlight.flatMap((count, index) =>
      index % 2 === 0 ? [Math.max(count, inFlight[index + 1] ?? count)] : [],
    );
    limits = limits.flatMap((limit, index) => (index % 2 === 0 ? [limits[index + 1] ?? limit] : []));
    stepMs *= 2;
  }

  function record() {
    const last = inFlight.length - 1;
    inFlight[last] = Math.max(inFlight[last] ?? 0, open.size);
    limits[last] = currentLimit;
  }

  return {
    start(requestId, monotonicMs) {
      advance(monotonicMs);
      open.add(requestId);
      record();
    },
    end(requestId, monotonicMs) {
      advance(monotonicMs);
      open.delete(requestId);
    },
    limit(limit, monotonicMs) {
      advance(monotonicMs);
      currentLimit = limit;
      record();
    },
    pause(reason, ms, monotonicMs) {
      marks = [...marks, { atMs: monotonicMs - startMs, ms, reason }].slice(-MAX_MARKS);
    },
    samples: () => ({ marks, stepMs, inFlight: [...inFlight], limit: [...limits] }),
  };
}
