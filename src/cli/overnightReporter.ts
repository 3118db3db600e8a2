/** What was submitted for the night, how it stands, and what came of it, for the terminal and for scripts. */
import type {
  OvernightBatch,
  OvernightCollection,
  OvernightStatus,
  OvernightSubmission,
} from "../core/review/overnight/overnight.ts";
import { renderJsonValue } from "../core/export/jsonReporter.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { formatQuantity, formatUsd } from "../shared/format.ts";

const PARTIAL = 3;
const BUDGET = 4;

export function renderSubmission(submission: OvernightSubmission, isJson: boolean): string {
  if (isJson) return renderJsonValue({ schema: "onceover.overnight-submission/1", ...submission });
  const { submitted, batches, model, endpoint, atMostUsd, priceKnown, known, beyondBudget, leftOut } = submission;
  const title =
    submitted === 0
      ? "Nothing was submitted."
      : `Submitted ${formatQuantity(submitted, "review")} to ${escapeLine(model)} at ${escapeLine(endpoint)}, in ${formatQuantity(batches.length, "batch", "batches")}.`;
  const price = priceKnown ? `at most ${formatUsd(atMostUsd)}, half the usual price` : "price unknown";
  return text([
    title,
    ...(submitted > 0 ? [`  ${price}; billed for what is done, within a day`] : []),
    ...(known > 0 ? [`  ${formatQuantity(known, "part")} of the files reviewed or submitted already`] : []),
    ...(beyondBudget > 0
      ? [`  ${formatQuantity(beyondBudget, "part")} left out: the budget has no room for what all may cost at most`]
      : []),
    ...leftOut.map((line) => `  left out: ${escapeLine(line)}`),
    ...(submission.problem ? [`  ${escapeLine(submission.problem)}`] : []),
    ...(submitted > 0 ? ["Fetch the reviews later with: onceover overnight collect"] : []),
  ]);
}

export function submissionStatus({ problem, leftOut, beyondBudget }: OvernightSubmission): number {
  if (beyondBudget > 0) return BUDGET;
  return problem !== null || leftOut.length > 0 ? PARTIAL : 0;
}

export function renderStatus(status: OvernightStatus, isJson: boolean): string {
  if (isJson) return renderJsonValue({ schema: "onceover.overnight-status/1", ...status });
  return text(statusRows(status));
}

export function renderCollection(collection: OvernightCollection, isJson: boolean): string {
  if (isJson) return renderJsonValue({ schema: "onceover.overnight-collection/1", ...collection });
  const { reviewed, failed, expired, costUsd, problems, outstanding } = collection;
  const came = [
    `${formatQuantity(reviewed, "review")} collected for ${formatUsd(costUsd)}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(expired > 0 ? [`${expired} not done and not billed`] : []),
    ...(outstanding > 0 ? [`${outstanding} outstanding`] : []),
  ];
  return text([
    `${came.join(" · ")}.`,
    ...problems.map((problem) => `  ${escapeLine(problem)}`),
    ...(outstanding > 0 ? statusRows({ ...collection, batches: collection.batches.filter(isOut) }) : []),
    ...(reviewed > 0
      ? ["For the report, run onceover analyze with the same flags: what is stored costs nothing."]
      : []),
  ]);
}

/** Scripts may wait for 0: everything is in. */
export function collectionStatus({ problems, outstanding }: OvernightCollection): number {
  return problems.length > 0 || outstanding > 0 ? PARTIAL : 0;
}

function isOut({ state }: OvernightBatch): boolean {
  return state !== "collected" && state !== "refused";
}

function statusRows({ batches }: OvernightStatus): string[] {
  if (batches.length === 0) return ["Nothing was submitted overnight."];
  return batches.flatMap((batch) => [
    `${batch.id.slice(0, 8)}  ${escapeLine(batch.workspace)} with ${escapeLine(batch.model)} at ${escapeLine(batch.origin)}`,
    `  ${stateWords(batch)} · submitted ${minute(batch.submittedAt)} · ${priceWords(batch)}`,
    ...(batch.problem ? [`  ${escapeLine(batch.problem)}`] : []),
  ]);
}

function stateWords({ state, remoteState, units, done, reviewed, failed, expired }: OvernightBatch): string {
  const remote = remoteState === null ? "" : ` (${escapeLine(remoteState)})`;
  switch (state) {
    case "submitting":
      return `${units} being submitted`;
    case "unclear":
      return `${units} submitted, not yet found at the provider`;
    case "pending":
      return `${done} of ${units} done${remote}`;
    case "cancelling":
      return `being cancelled, ${done} of ${units} done`;
    case "refused":
      return `${units} not accepted`;
    case "collected":
      return [
        `${reviewed} reviewed`,
        ...(failed ? [`${failed} failed`] : []),
        ...(expired ? [`${expired} not done`] : []),
      ].join(", ");
  }
}

function priceWords(batch: OvernightBatch): string {
  if (isOut(batch)) return `at most ${formatUsd(batch.atMostUsd)}`;
  const maybe = batch.maybeBilledUsd > 0 ? `, maybe ${formatUsd(batch.maybeBilledUsd)} more` : "";
  return `cost ${formatUsd(batch.costUsd)}${maybe}`;
}

/** ISO 8601 → date and minute, UTC. */
function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

function text(rows: readonly string[]): string {
  return `${rows.join("\n").replaceAll("\u202f", " ")}\n`;
}
