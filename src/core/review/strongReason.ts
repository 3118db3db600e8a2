/** Why a file is for the strong model: by its content alone, so that nothing else changes who reviews it. */
import { sensitiveTopics } from "../offline/sensitiveTopics.ts";
import { triage } from "../offline/triage.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";

/**
 * In English, for the report; null: the usual model will do.
 * @param outline undefined: of its language none is made, so its size alone counts
 */
export function strongReason(sizeBytes: number, outline: MeasuredOutline | undefined): string | null {
  const { cognitiveComplexity, lines } = outline?.metrics ?? { cognitiveComplexity: 0, lines: 0 };
  const topics = outline ? sensitiveTopics(outline) : [];
  // Its own words are about findings; here they are about what a file is.
  const { level } = triage({ cognitiveComplexity, lines, sizeBytes, sinks: topics });
  if (level === "simple") return null;
  if (topics.length > 0) return `touches ${topics.join(", ")}`;
  const { level: byComplexity } = triage({ cognitiveComplexity, lines: 0, sizeBytes: 0, sinks: [] });
  if (byComplexity === "complex") return `complex: cognitive ${cognitiveComplexity}`;
  return lines > 0 ? `large: ${lines} lines` : `large: ${Math.round(sizeBytes / 1024)} KB`;
}
