export interface FakeTimer {
  /** Fits `Schedule`: the function returned calls it off. */
  schedule(run: () => void, delayMs: number): () => void;
  /** Time passes; what falls due runs in order. */
  advance(ms: number): void;
  nowMs(): number;
  pending(): number;
}

export function fakeTimer(): FakeTimer {
  let nowMs = 0;
  const due = new Set<{ readonly atMs: number; readonly run: () => void }>();
  return {
    schedule(run, delayMs) {
      const one = { atMs: nowMs + delayMs, run };
      due.add(one);
      return () => void due.delete(one);
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = [...due].filter((one) => one.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        due.delete(next);
        nowMs = next.atMs;
        next.run();
      }
      nowMs = untilMs;
    },
    nowMs: () => nowMs,
    pending: () => due.size,
  };
}
