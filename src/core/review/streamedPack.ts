/** Findings out of a reply about several units that is still arriving. */
import { JSONParser } from "@streamparser/json";
import { parseReplyFinding } from "./parseReply.ts";
import { unitNumber } from "./parsePack.ts";
import type { StreamedFinding, StreamedFindings } from "./streamedFindings.ts";

/** How deep the parser is when a whole entry is done: the reply and its list. */
const ENTRY_DEPTH = 2;

export interface StreamedUnitFinding extends StreamedFinding {
  /** 1-based. */
  readonly unit: number;
}

/** @param count units asked about; what is said of any other is left out */
export function createStreamedPack(
  count: number,
  onFinding: (streamed: StreamedUnitFinding) => void,
): StreamedFindings {
  let isBroken = false;
  let unit: number | undefined;
  let position = 0;
  const parser = new JSONParser({
    paths: ["$.reviews.*.unit", "$.reviews.*.findings.*.title", "$.reviews.*.findings.*", "$.reviews.*"],
    keepStack: false,
  });
  parser.onValue = ({ value, key, parent, stack }) => {
    if (key === "unit") {
      unit = unitNumber({ unit: value }, count);
      return;
    }
    if (stack.length <= ENTRY_DEPTH) {
      unit = undefined;
      position = 0;
      return;
    }
    const isWhole = key !== "title";
    const finding = parseReplyFinding(isWhole ? value : parent);
    if (finding && unit !== undefined) onFinding({ unit, finding, position, isWhole });
    if (isWhole) position++;
  };
  parser.onError = () => {
    isBroken = true;
  };
  return {
    push(delta) {
      if (isBroken || parser.isEnded) return;
      try {
        parser.write(delta);
      } catch {
        isBroken = true;
      }
    },
  };
}
