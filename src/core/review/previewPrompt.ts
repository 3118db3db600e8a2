/** Shows what would be sent before anybody agrees to it: made by the same hands that make it for sending. */
import type { PromptPreview, RunRequest } from "../engine.ts";
import { OnceoverError } from "../../shared/errors.ts";
import { laneCount } from "./laneCount.ts";
import { packRequestOf } from "./packRequest.ts";
import { packUnits, type Parcel } from "./parcels.ts";
import { planRun } from "./planRun.ts";
import { prepareUnit } from "./preparedUnit.ts";
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
  const { pool, recipe, chosen } = reviewing;
  if (recipe === null) return null;
  // Neighbours may share its request: which they are follows from all that would be sent.
  const plan = await planRun(reviewing, request, signal);
  const parcels = packUnits(unitsToSend(plan.files), {
    chosen,
    contexts: plan.contexts,
    lanes: laneCount(reviewing),
  }).filter((parcel) => parcel.some((job) => job.file.path === path));
  const first = parcels.toSorted((a, b) => ordinalIn(a, path) - ordinalIn(b, path))[0];
  if (!first) return null;
  const contexts = await redactContexts(plan.contexts, pool, signal);
  const source = { contexts, pool, cancelSignal: signal, recipe };
  const prepared = await Promise.all(first.map((job) => prepareUnit(job, source)));
  const own = prepared[first.findIndex((job) => job.file.path === path)]!;
  if ("failure" in own) throw new OnceoverError("unreadable-file", `${path} cannot be shown: ${own.failure}`);
  const units = prepared.flatMap((one) => ("failure" in one ? [] : [one]));
  const { parts, schema } = units.length > 1 ? packRequestOf(units, contexts) : own.request;
  return {
    path,
    requests: parcels.length,
    parts: parts.map(({ role, text }) => ({ role, text })),
    schema: schema?.schema ?? null,
  };
}

function ordinalIn(parcel: Parcel, path: string): number {
  return parcel.find((job) => job.file.path === path)!.unit.ordinal;
}
