import { fromNano } from "../../profile/costMeter.ts";
import type { BatchRow } from "../../store/batches.ts";
import type { OvernightBatch, OvernightStatus } from "./overnight.ts";

export function overnightStatus(rows: readonly BatchRow[]): OvernightStatus {
  const batches = rows.map(overnightBatch);
  const open = rows.filter(isOpen);
  const outstanding = open.reduce((sum, row) => sum + row.units - row.reviewed - row.failed - row.expired, 0);
  return { batches, outstanding };
}

export function isOpen({ state }: Pick<BatchRow, "state">): boolean {
  return state !== "collected" && state !== "refused";
}

function overnightBatch(row: BatchRow): OvernightBatch {
  const { id, workspaceName, provider, model, origin, state, remoteState, remoteId, problem } = row;
  return {
    id,
    workspace: workspaceName,
    provider,
    model,
    origin,
    state,
    remoteState,
    remoteId,
    submittedAt: new Date(row.createdAtMs).toISOString(),
    expiresAt: row.expiresAtMs === null ? null : new Date(row.expiresAtMs).toISOString(),
    units: row.units,
    done: row.remoteDone,
    reviewed: row.reviewed,
    failed: row.failed,
    expired: row.expired,
    atMostUsd: fromNano(row.reservedNano),
    costUsd: fromNano(row.costNano),
    maybeBilledUsd: fromNano(row.maybeNano),
    problem,
  };
}
