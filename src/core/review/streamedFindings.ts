/** Findings out of a reply that is still arriving: as soon as one has its title, and again when its object is closed. */
import { JSONParser } from "@streamparser/json";
import { parseReplyFinding, type ReplyFinding } from "./parseReply.ts";

export interface StreamedFindings {
  /** A piece of the reply. Never throws: the finished reply is judged by parseReply. */
  push(delta: string): void;
}

export interface StreamedFinding {
  /** What has arrived of it; what follows the title in the schema may be empty still. */
  readonly finding: ReplyFinding;
  /** 0-based, in the order of the reply. */
  readonly position: number;
  readonly isWhole: boolean;
}

export function createStreamedFindings(onFinding: (streamed: StreamedFinding) => void): StreamedFindings {
  let broken = false;
  let position = 0;
  const parser = new JSONParser({ paths: ["$.findings.*.title", "$.findings.*"], keepStack: false });
  parser.onValue = ({ value, key, parent }) => {
    const isWhole = key !== "title";
    const finding = parseReplyFinding(isWhole ? value : parent);
    if (finding) onFinding({ finding, position, isWhole });
    if (isWhole) position++;
  };
  parser.onError = () => {
    broken = true;
  };
  return {
    push(delta) {
      if (broken || parser.isEnded) return;
      try {
        parser.write(delta);
      } catch {
        broken = true;
      }
    },
  };
}
