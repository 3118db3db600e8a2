import { expect, test } from "vitest";
import { createAnalysisPool } from "../../../../src/core/offline/analysisPool.ts";
import { redactContexts } from "../../../../src/core/review/redactContexts.ts";

const NEVER = new AbortController().signal;
const contexts = [
  { folder: "/a", text: "", hash: "none" },
  { folder: "/b", text: `Key: ${["AKIA", "Q7ZK4WTR2MNX5VYC"].join("")}\n`, hash: "b" },
];

test("secrets in what a folder's prompts begin with are replaced; hash and layout stay", async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const pool = createAnalysisPool({ logger, size: 1 });
  try {
    const [empty, redacted] = await redactContexts(contexts, pool, NEVER);
    expect(empty).toEqual(contexts[0]);
    expect(redacted).toEqual({ folder: "/b", text: `Key: ${"*".repeat(20)}\n`, hash: "b" });
  } finally {
    await pool.dispose();
  }
});

test("what could not be searched is not sent", async () => {
  const pool = { redact: async () => ({ ok: false, message: "the thread died" }) as const };
  await expect(redactContexts(contexts, pool, NEVER)).rejects.toThrow(/search for secrets failed: the thread died/);
});
