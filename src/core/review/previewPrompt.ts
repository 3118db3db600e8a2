/** Shows what would be sent before anybody agrees to it: made by the same hands that make it for sending. */
import type { PromptPreview, RunRequest } from "../engine.ts";
import { OnceoverError } from "../../shared/errors.ts";
import { planRun } from "./planRun.ts";
import { prepareUnit } from "./preparedUnit.ts";
import { openClaims } from "./refuter/claims.ts";
import { prepareLook } from "./refuter/prepareLook.ts";
import { redactContexts } from "./redactContexts.ts";
import type { Reviewing } from "./reviewing.ts";
import { unitsToSend } from "./unitsToSend.ts";

const NEVER = new AbortController().signal;

/**
 * @returns null when nothing would be sent for that file
 * @throws unreadable-file
 */
export async function previewPrompt(
  reviewing: Reviewing,
  request: RunRequest,
  path: string,
  signal: AbortSignal = NEVER,
): Promise<PromptPreview | null> {
  const { pool, recipe, refuterRecipe } = reviewing;
  if (recipe === null) return null;
  const plan = await planRun(reviewing, { ...request, only: [path] }, signal);
  const jobs = unitsToSend(plan.files).filter((job) => job.file.path === path);
  const [first] = jobs;
  if (!first) return null;
  const contexts = await redactContexts(plan.contexts, pool, signal);
  const source = { contexts, pool, cancelSignal: signal, recipe };
  const { review, key: unitKey } = first.unit;
  const prepared =
    review && refuterRecipe !== null
      ? await prepareLook(first, openClaims(review), { run: source, unitKey, recipe: refuterRecipe })
      : await prepareUnit(first, source);
  if ("failure" in prepared) throw new OnceoverError("unreadable-file", `${path} cannot be shown: ${prepared.failure}`);
  const { parts, schema } = "claims" in prepared ? prepared.request(prepared.claims).request : prepared.request;
  return {
    path,
    requests: jobs.length,
    parts: parts.map(({ role, text }) => ({ role, text })),
    schema: schema?.schema ?? null,
  };
}
