/**
 * What in a run calls for a person: each kind once, with the figures of now, from events alone, so that replaying gives
 * the same.
 */
import type { RunEvent } from "./events.ts";
import type { RunAlert } from "./panelFigures.ts";
import { createSampleRing } from "./sampleRing.ts";

/** With fewer, one bad reply would be an alarm. */
const MIN_REQUESTS = 10;
const ERROR_SHARE = 0.25;
const MIN_FAILED = 5;
/** Requests that set what is usual, and the newest ones that are held against it. */
const USUAL_REPLIES = 20;
const NEWEST_REPLIES = 10;
const LATENCY_FACTOR = 3;
/** Less than that and it is over; between the two nothing changes, so that no alert comes and goes. */
const CALM_FACTOR = 2;
/** Faster than this nobody waits. */
const MIN_LATENCY_MS = 5_000;
const BUDGET_SHARE = 0.8;

export interface AlertReader {
  push(event: RunEvent): void;
  /** In the order in which they came. */
  alerts(): readonly RunAlert[];
}

export function createAlertReader(): AlertReader {
  let state = freshState();

  const isRaised = (kind: RunAlert["kind"]) => state.alerts.some((one) => one.kind === kind);
  /** What was said before holds its place: beside newer figures older ones would look wrong. */
  const put = (alert: RunAlert) => {
    state.alerts = isRaised(alert.kind)
      ? state.alerts.map((one) => (one.kind === alert.kind ? alert : one))
      : [...state.alerts, alert];
  };

  const endRequest = (event: RunEvent & { readonly type: "request-end" }) => {
    if (event.outcome === "cancelled") return;
    state.requests++;
    if (event.outcome === "failed") state.failed++;
    const { failed, requests } = state;
    const isMany = requests >= MIN_REQUESTS && failed >= MIN_FAILED && failed / requests >= ERROR_SHARE;
    if (isMany || isRaised("errors")) put({ kind: "errors", failed, requests });
    if (event.outcome === "ok") judgeLatency(event.ms);
  };

  const judgeLatency = (ms: number) => {
    if (state.usual.values().length < USUAL_REPLIES) return state.usual.push(ms);
    state.newest.push(ms);
    if (state.newest.values().length < NEWEST_REPLIES) return;
    const usualMs = state.usual.summary().p50;
    const p50Ms = state.newest.summary().p50;
    const factor = isRaised("latency") ? CALM_FACTOR : LATENCY_FACTOR;
    if (p50Ms >= MIN_LATENCY_MS && p50Ms >= usualMs * factor) put({ kind: "latency", p50Ms, usualMs });
    else state.alerts = state.alerts.filter(({ kind }) => kind !== "latency");
  };

  return {
    push(event) {
      switch (event.type) {
        case "run-start":
          state = { ...freshState(), budgetUsd: event.budgetUsd };
          return;
        case "plan":
          state.quotedUsd = event.priceKnown ? event.quote.likelyUsd : null;
          return;
        case "money": {
          const { budgetUsd, quotedUsd } = state;
          if (budgetUsd === null || budgetUsd <= 0 || event.spentUsd < budgetUsd * BUDGET_SHARE) return;
          const nextUsd = quotedUsd === null ? null : Math.max(0, quotedUsd - event.spentUsd);
          return put({ kind: "budget", spentUsd: event.spentUsd, budgetUsd, nextUsd });
        }
        case "request-end":
          return endRequest(event);
        default:
      }
    },
    alerts: () => state.alerts,
  };
}

function freshState() {
  return {
    alerts: [] as readonly RunAlert[],
    budgetUsd: null as number | null,
    quotedUsd: null as number | null,
    requests: 0,
    failed: 0,
    usual: createSampleRing(USUAL_REPLIES),
    newest: createSampleRing(NEWEST_REPLIES),
  };
}
