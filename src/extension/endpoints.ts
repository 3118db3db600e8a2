/** Where requests would go, as the user's settings say it. */
import type { Provider } from "../shared/report.ts";

export const OPENAI_BASE_URL = "https://api.openai.com/v1";

/** Scheme, host and port of the endpoint; null for the offline engine, which has none. */
export function endpointOrigin(settings: {
  readonly provider: Provider;
  readonly baseUrl: string | null;
}): string | null {
  if (settings.provider === "offline") return null;
  return new URL(settings.baseUrl ?? OPENAI_BASE_URL).origin;
}

/** This machine: nothing leaves it, and encryption adds nothing. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** What is sent there could be read on the way. */
export function isUnencrypted(origin: string): boolean {
  return new URL(origin).protocol === "http:" && !isLoopback(origin);
}
