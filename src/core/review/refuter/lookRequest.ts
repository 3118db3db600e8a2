import type { ModelRequest } from "../../model/model.ts";
import { sha256 } from "../keys.ts";
import { mergeSpans, signaturesIn } from "./excerpts.ts";
import type { ClaimInCode, LookedAtFile } from "./prepareLook.ts";
import { buildRefuterRequest, type RefuterText } from "./refuterPrompt.ts";

export interface LookRequest {
  /** Of the whole request. */
  readonly key: string;
  readonly request: ModelRequest;
  /** For each claim all code that it may be judged by. */
  readonly seen: readonly (readonly string[])[];
}

/** One request about all of them, whichever files they are in. */
export function lookRequestOf(asked: readonly ClaimInCode[], recipe: string): LookRequest {
  const files = [...new Set(asked.map(({ file }) => file))];
  const texts = files.map((file) => textOf(file, asked));
  const seen = texts.map(({ excerpts, signatures }) => [...excerpts, signatures]);
  const claims = asked.map(({ finding, file }) => ({ finding, file: files.indexOf(file) }));
  return {
    key: sha256(JSON.stringify(["onceover-look-request/1", asked.map(({ key }) => key)])),
    request: buildRefuterRequest(texts, claims, `onceover-look-${recipe.slice(0, 8)}`),
    seen: claims.map(({ file }) => seen[file]!),
  };
}

function textOf(file: LookedAtFile, asked: readonly ClaimInCode[]): RefuterText {
  const { text, language, role } = file;
  const spans = mergeSpans(asked.filter((claim) => claim.file === file).map(({ excerpt }) => excerpt));
  const excerpts = spans.map(({ start, end }) => text.slice(start, end));
  const isWhole = spans.length === 1 && excerpts[0]!.length === text.length;
  return { language, role, isWhole, excerpts, signatures: signaturesIn(excerpts.join("\n"), file.signatures) };
}
