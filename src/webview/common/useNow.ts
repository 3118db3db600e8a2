import { useEffect, useRef, useState } from "preact/hooks";

const FAST_MS = 1_000;
/** Times that are told in whole minutes stay true. */
const SLOW_MS = 60_000;

/** Milliseconds on the page's monotonic clock, renewed every second while `active`, else every minute. */
export function useNow(active: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  const drawn = useRef(active);
  useEffect(() => {
    // At first all was drawn a moment ago: it need not be drawn again for this.
    if (drawn.current !== active) setNow(performance.now());
    drawn.current = active;
    const timer = setInterval(() => setNow(performance.now()), active ? FAST_MS : SLOW_MS);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}
