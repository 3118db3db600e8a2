/** Findings out of a reply that is still arriving, each as soon as its object is closed. */
import { JSONParser } from "@streamparser/json";
import { parseReplyFinding, type ReplyFinding } from "./parseReply.ts";

export interface StreamedFindings {
  /** A piece of the reply. Never throws: the finished reply is judged by parseReply. */
  push(delta: string): void;
}

export function createStreamedFindings(onFinding: (finding: ReplyFinding) => void): StreamedFindings {
  let broken = false;
  const parser = new JSONParser({ paths: ["$.findings.*"], keepStack: false });
  parser.onValue = ({ value }) => {
    const finding = parseReplyFinding(value);
    if (finding) onFinding(finding);
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
