/** Which spans can be drawn in one row: those that lie within one another or apart, as a viewer of traces demands. */
import type { Span } from "./profiler.ts";

/** A span with its end known: what is under way ends now. */
export interface ClosedSpan extends Span {
  readonly endMs: number;
}

export interface Lane {
  readonly group: string;
  readonly spans: readonly ClosedSpan[];
}

interface OpenLane {
  readonly group: string;
  readonly spans: ClosedSpan[];
  /** Ends of the spans that surround the next one, the outermost first. */
  readonly around: number[];
}

/**
 * Puts each span into its parent's row where it fits, else into the first row of its group that it fits into, else into
 * a new one. In each row every two spans are nested or apart; rows come in the order of their first span.
 */
export function assignLanes(spans: readonly ClosedSpan[], groupOf: (span: ClosedSpan) => string): readonly Lane[] {
  const lanes: OpenLane[] = [];
  const laneOf = new Map<number, OpenLane>();
  // What begins together is ordered by its end: the outer one first.
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs || a.id - b.id)) {
    const parents = laneOf.get(span.parent);
    const group = groupOf(span);
    const isOwnGroup = parents === undefined || parents.group !== group;
    const lane =
      (!isOwnGroup && fits(parents, span) ? parents : undefined) ??
      lanes.find((one) => one.group === group && fits(one, span)) ??
      openLane(lanes, group);
    fits(lane, span);
    lane.around.push(span.endMs);
    lane.spans.push(span);
    laneOf.set(span.id, lane);
  }
  return lanes;
}

function openLane(lanes: OpenLane[], group: string): OpenLane {
  const lane: OpenLane = { group, spans: [], around: [] };
  lanes.push(lane);
  return lane;
}

/** Forgets what has ended by then: spans come in the order of their start. */
function fits({ around }: OpenLane, { startMs, endMs }: ClosedSpan): boolean {
  while (around.length > 0 && around.at(-1)! <= startMs) around.pop();
  return around.length === 0 || around.at(-1)! >= endMs;
}
