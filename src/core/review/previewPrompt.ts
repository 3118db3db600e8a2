/** Shows what would be sent before anybody agrees to it: made by the same hands that make it for sending. */
import type { PromptPreview, RunRequest } from "../engine.ts";
import { OnceoverError } from "../../shared/errors.ts";
import type { ModelRequest } from "../model/model.ts";
import { packRequestOf } from "./packRequest.ts";
import { parcelsOf, type Parcel } from "./parcels.ts";
import { planRun } from "./planRun.ts";
import { prepareUnit, type PreparedUnit, type PromptSource } from "./preparedUnit.ts";
import { openClaims } from "./refuter/claims.ts";
import { lookRequestOf } from "./refuter/lookRequest.ts";
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
  // Neighbours may share its request: which they are follows from all that would be sent.
  const plan = await planRun(reviewing, request, signal);
  // Neighbours may share its request: which they are follows from all that would be sent.
  const parcels = parcelsOf(unitsToSend(plan.files), plan.contexts, reviewing).filter((parcel) =>
    parcel.some((job) => job.file.path === path),
  );
  const first = parcels.toSorted((a, b) => ordinalIn(a, path) - ordinalIn(b, path))[0];
  if (!first) return null;
  const contexts = await redactContexts(plan.contexts, pool, signal);
  const source = { contexts, pool, cancelSignal: signal, recipe };
  const { parts, schema } = await requestFor(first, path, { ...source, refuterRecipe });
  return {
    path,
    requests: parcels.length,
    parts: parts.map(({ role, text }) => ({ role, text })),
    schema: schema?.schema ?? null,
  };
}

interface Failure {
  readonly failure: string;
}

function isFailure(prepared: object): prepared is Failure {
  return "failure" in prepared;
}

async function requestFor(
  parcel: Parcel,
  path: string,
  source: PromptSource & Pick<Reviewing, "refuterRecipe">,
): Promise<ModelRequest> {
  const shown = <T extends object>(prepared: T | Failure): T => {
    if (!isFailure(prepared)) return prepared;
    throw new OnceoverError("unreadable-file", `${path} cannot be shown: ${prepared.failure}`);
  };
  const own = parcel.find((job) => job.file.path === path)!;
  const { review, key: unitKey } = own.unit;
  if (review && source.refuterRecipe !== null) {
    const look = { run: source, unitKey, recipe: source.refuterRecipe };
    const claims = shown(await prepareLook(own, openClaims(review), look));
    return lookRequestOf(claims, look.recipe).request;
  }
  const prepared = await Promise.all(parcel.map((job) => prepareUnit(job, source)));
  const { request } = shown<PreparedUnit>(prepared[parcel.indexOf(own)]!);
  const units = prepared.flatMap((one) => (isFailure(one) ? [] : [one]));
  return units.length > 1 ? packRequestOf(units, source.contexts) : request;
}

function ordinalIn(parcel: Parcel, path: string): number {
  return parcel.find((job) => job.file.path === path)!.unit.ordinal;
}
