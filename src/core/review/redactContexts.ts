/** What every request of a folder begins with, made ready to be sent. */
import { OnceoverError } from "../../shared/errors.ts";
import type { AnalysisPool } from "../offline/analysis.ts";
import type { WorkspaceContext } from "../store/plan.ts";

/**
 * Their hashes stay those of the texts as they are on disk: the same text is always redacted in the same way.
 * @throws internal: rather nothing is sent than a text that was not searched for secrets
 */
export async function redactContexts(
  contexts: readonly WorkspaceContext[],
  pool: Pick<AnalysisPool, "redact">,
  signal: AbortSignal,
): Promise<WorkspaceContext[]> {
  return Promise.all(
    contexts.map(async (context) => {
      if (context.text === "") return context;
      const redacted = await pool.redact(context.text, signal);
      if (redacted.ok) return { ...context, text: redacted.text };
      throw new OnceoverError("internal", `The search for secrets failed: ${redacted.message}`, {
        advice: "Nothing was sent. Run again; if it happens again, look whether .onceover/rules.md is a text file.",
      });
    }),
  );
}
