/** Where requests would go, as the user's settings say it. */
import { isLoopback, parseEndpoint } from "../shared/endpoint.ts";
import type { Provider } from "../shared/report.ts";

/**
 * Scheme, host and port of the endpoint; null for the offline engine, which has none.
 * @throws wrong-endpoint
 */
export function endpointOrigin(settings: {
  readonly provider: Provider;
  readonly baseUrl: string | null;
}): string | null {
  const { provider, baseUrl } = settings;
  return provider === "offline" ? null : parseEndpoint(baseUrl, provider).origin;
}

/** What is sent there could be read on the way. */
export function isUnencrypted(origin: string): boolean {
  return new URL(origin).protocol === "http:" && !isLoopback(origin);
}
