/** Where requests would go, as the user's settings say it. */
import { isLoopback, originOf } from "../shared/endpoint.ts";
import type { Provider } from "../shared/report.ts";

/**
 * To whom code would go (see originOf); null for the offline engine, which sends none.
 * @throws wrong-endpoint
 */
export function endpointOrigin(settings: {
  readonly provider: Provider;
  readonly model: string | null;
  readonly baseUrl: string | null;
}): string | null {
  const { provider, model, baseUrl } = settings;
  return provider === "offline" ? null : originOf(provider, model, baseUrl);
}

/** What is sent there could be read on the way. */
export function isUnencrypted(origin: string): boolean {
  return new URL(origin).protocol === "http:" && !isLoopback(origin);
}
