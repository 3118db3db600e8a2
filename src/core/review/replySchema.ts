/** The shape of a model's reply as it is sent to the provider: byte-stable and strict. */
import { CATEGORIES, type Severity } from "../../shared/report.ts";

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** At most this many findings of one unit are kept: the prompt asks for the most valuable. */
export const MAX_FINDINGS = 8;

/** Strict structured output: every property required, nothing else allowed, no ranges or lengths (not portable). */
export const REPLY_SCHEMA = {
  name: "review",
  schema: {
    type: "object",
    properties: {
      summary: { type: "string" },
      findings: {
        type: "array",
        items: {
          type: "object",
          properties: {
            quote: { type: "string" },
            category: { type: "string", enum: CATEGORIES },
            severity: { type: "string", enum: SEVERITIES },
            title: { type: "string" },
            scenario: { type: "string" },
            explanation: { type: "string" },
            fix: { type: ["string", "null"] },
            confidence: { type: "number" },
            needs: { type: ["string", "null"] },
          },
          required: ["quote", "category", "severity", "title", "scenario", "explanation", "fix", "confidence", "needs"],
          additionalProperties: false,
        },
      },
    },
    required: ["summary", "findings"],
    additionalProperties: false,
  },
} as const;
