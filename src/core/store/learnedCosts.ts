/** What the ledger knows of a model's replies, for the next quote. */
import type { DatabaseSync } from "node:sqlite";
import { countReviews, ENOUGH_REVIEWS, learnCosts, type LearnedByModel, type ReplySize } from "../review/learnCosts.ts";
import type { PlanRequest } from "./plan.ts";

/** Enough to be sure of, few enough for a plan that takes milliseconds; the newest say most. */
const MOST_REPLIES = 500;

interface Reviewer {
  readonly model: string;
  readonly recipe: string;
}

/** The repository's own requests where there are enough of them, else all of the model's. */
export function learnedCosts(
  db: DatabaseSync,
  { model, recipe, strong, workspace }: Pick<PlanRequest, "model" | "recipe" | "strong" | "workspace">,
): LearnedByModel {
  const usual = model === null || recipe === null ? [] : [{ model, recipe }];
  return Object.fromEntries(
    [...usual, ...(strong ? [strong] : [])].flatMap((reviewer) => {
      const own = workspace === undefined ? [] : repliesOf(db, reviewer, workspace);
      const learned = learnCosts(countReviews(own) >= ENOUGH_REVIEWS ? own : repliesOf(db, reviewer, null));
      return learned ? [[reviewer.model, learned]] : [];
    }),
  );
}

function repliesOf(db: DatabaseSync, { model, recipe }: Reviewer, workspace: string | null): ReplySize[] {
  // What was cut or could not be read says how long it was, but not how long it would have been: only answers count.
  const rows = db
    .prepare(
      `SELECT run_id, created_at, prompt_bytes, shared_bytes, own_bytes, unit_bytes, language, asked_units, input_tokens,
         cached_input_tokens, cache_write_tokens, output_tokens, asked_recipe = ? AS is_same_prompt
       FROM ledger INDEXED BY ledger_by_model
       WHERE model = ? AND state = 'settled' AND prompt_bytes > 0 AND input_tokens > 0 AND output_tokens IS NOT NULL
         AND (? IS NULL OR run_id IN (SELECT id FROM runs WHERE workspace = ?))
       ORDER BY created_at DESC, request_id LIMIT ?`,
    )
    .all(recipe, model, workspace, workspace, MOST_REPLIES);
  return rows.map((row) => ({
    runId: String(row["run_id"]),
    sentAtMs: Number(row["created_at"]),
    promptBytes: Number(row["prompt_bytes"]),
    sharedBytes: Number(row["shared_bytes"]),
    ownBytes: Number(row["own_bytes"]),
    unitBytes: Number(row["unit_bytes"]),
    language: String(row["language"]),
    units: Number(row["asked_units"]),
    isSamePrompt: row["is_same_prompt"] === 1,
    usage: {
      inputTokens: Number(row["input_tokens"]),
      cachedInputTokens: countOf(row["cached_input_tokens"]),
      cacheWriteTokens: countOf(row["cache_write_tokens"]),
      outputTokens: Number(row["output_tokens"]),
    },
  }));
}

function countOf(value: unknown): number | null {
  return value === null ? null : Number(value);
}
