import { useEffect, useState } from "preact/hooks";

/** Times that are told in whole minutes stay true. */
const SLOW_MS = 60_000;

/** Milliseconds on the page's monotonic clock, renewed every second while `active`, else every minute. */
export function useNow(active: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), active ? 1_000 : SLOW_MS);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}
