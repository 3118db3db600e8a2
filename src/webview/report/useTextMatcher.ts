import { useEffect, useMemo, useState } from "preact/hooks";
import { foldCase } from "./foldCase.ts";
import type { FileGroup } from "./reportModel.ts";
import { runInSlices } from "./runInSlices.ts";
import { createFoldedText, createTextMatcher, matchAll, type TextMatcher } from "./textMatcher.ts";

/** The matcher of the text that was typed last, as soon as it has looked at all files; until then the one before. */
export function useTextMatcher(files: readonly FileGroup[], text: string): TextMatcher {
  const folded = useMemo(createFoldedText, []);
  const [matcher, setMatcher] = useState(() => createTextMatcher(text, folded));
  useEffect(() => {
    if (foldCase(text.trim()) === matcher.wanted) return;
    return runInSlices(matchAll(files, createTextMatcher(text, folded)), setMatcher);
  }, [text]);
  return matcher;
}
