/**
 * Tells a server that cannot be reached from one that thinks for long. Fetch itself does not tell the two apart, but
 * undici, on which Node's and VS Code's fetch are built, publishes when it starts a request and when it has sent the
 * headers. With another fetch nothing is published, and the idle watchdog alone decides.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { NOT_NEEDED } from "../flow/notNeeded.ts";
import type { Clock } from "../ports.ts";

export interface ConnectWatch {
  /** Calls back once when the request that is about to start has no connection for `connectMs`. Returns its end. */
  begin(onTimeout: () => void): () => void;
  dispose(): void;
}

interface Attempt {
  arm(): void;
  end(): void;
}

export function createConnectWatch(origin: string, connectMs: number, clock: Clock): ConnectWatch {
  const attempts = new Set<Attempt>();
  const isOurs = (value: unknown) => String(value) === origin;

  const onCreate = (message: unknown) => {
    if (isOurs(field(message, "request", "origin"))) for (const attempt of attempts) attempt.arm();
  };
  // Headers go out once there is a connection, a new one or one that was kept.
  const onSent = (message: unknown) => {
    if (isOurs(field(message, "request", "origin"))) for (const attempt of attempts) attempt.end();
  };
  subscribe("undici:request:create", onCreate);
  subscribe("undici:client:sendHeaders", onSent);

  return {
    begin(onTimeout) {
      const ended = new AbortController();
      let isArmed = false;
      const attempt: Attempt = {
        arm() {
          if (isArmed) return;
          isArmed = true;
          clock.sleep(connectMs, ended.signal).then(
            () => (attempt.end(), onTimeout()),
            () => undefined,
          );
        },
        end() {
          attempts.delete(attempt);
          ended.abort(NOT_NEEDED);
        },
      };
      attempts.add(attempt);
      return () => attempt.end();
    },
    dispose() {
      for (const attempt of attempts) attempt.end();
      unsubscribe("undici:request:create", onCreate);
      unsubscribe("undici:client:sendHeaders", onSent);
    },
  };
}

function field(message: unknown, object: string, name: string): unknown {
  const inner = (message as Record<string, Record<string, unknown> | undefined> | undefined)?.[object];
  return inner?.[name];
}
