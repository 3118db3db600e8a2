/** A request that got no answer: what that was, from the error that fetch throws. */
import type { Endpoint } from "../../shared/endpoint.ts";
import type { ModelFailure } from "./modelError.ts";

const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** `billed` is `maybe` once the request may have reached the server: nobody knows what it did with it. */
export function connectionFailure(error: unknown, endpoint: Endpoint): ModelFailure {
  const code = findCode(error);
  if (CERTIFICATE.test(code)) {
    return {
      code: "unreachable",
      kind: "terminal",
      message: `The certificate of ${endpoint.host} is not trusted (${code}).`,
      advice: "Make the certificate authority known to this machine, or to Node with NODE_EXTRA_CA_CERTS.",
      cause: error,
    };
  }
  if (chain(error).some((one) => one.message === "bad port")) {
    const message = `The port of ${endpoint.host} is one that HTTP clients refuse to use.`;
    return { code: "wrong-endpoint", kind: "terminal", message, advice: "Check the base URL.", cause: error };
  }
  const wasSent = !NEVER_SENT.has(code);
  return {
    code: "unreachable",
    kind: "transient",
    message: wasSent
      ? `The connection to ${endpoint.host} broke off before an answer came${code ? ` (${code})` : ""}.`
      : `${endpoint.host} cannot be reached (${code}).`,
    advice: endpoint.isLoopback
      ? "Check that the server is running."
      : "Check the network connection and the base URL.",
    billed: wasSent ? "maybe" : "no",
    cause: error,
  };
}

function findCode(error: unknown): string {
  for (const one of chain(error)) {
    if ("code" in one && typeof one.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(one.code)) return one.code;
  }
  return "";
}

/** The error, what caused it, and what it sums up; outermost first. */
function chain(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 8) return [];
  const parts = error instanceof AggregateError ? error.errors : [];
  return [error, ...chain(error.cause, depth + 1), ...parts.flatMap((part) => chain(part, depth + 1))];
}
