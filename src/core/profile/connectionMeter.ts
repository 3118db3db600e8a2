/**
 * How many connections the requests of a run went over: few connections for many requests were kept, not made anew. Fetch
 * does not tell; undici, on which Node's and VS Code's fetch are built, publishes on which socket it sends a request.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { DisposableLike } from "../../shared/disposables.ts";

export interface ConnectionMeter extends DisposableLike {
  /** Used since the meter was made, also where they were opened earlier; null: nothing was told of any. */
  readonly count: number | null;
}

/** @param onMore a request went over one that none went over before */
export function createConnectionMeter(origins: readonly string[], onMore: (count: number) => void): ConnectionMeter {
  const ours = new Set(origins);
  const seen = new WeakSet<object>();
  let count = 0;
  const onSent = (message: unknown) => {
    const { request, socket } = message as {
      readonly request?: { readonly origin?: unknown };
      readonly socket?: object;
    };
    if (!socket || !ours.has(String(request?.origin)) || seen.has(socket)) return;
    seen.add(socket);
    onMore(++count);
  };
  subscribe("undici:client:sendHeaders", onSent);
  return {
    get count() {
      return count === 0 ? null : count;
    },
    dispose: () => void unsubscribe("undici:client:sendHeaders", onSent),
  };
}
