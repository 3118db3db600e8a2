/** What a second look at a unit's claims is made of: the code around each claim as it is now, without secrets. */
import type { LookKeys, UnitFinding } from "../../store/storedReview.ts";
import { fileRole } from "../../workspace/language.ts";
import { outlineLanguage } from "../../workspace/outline/outlineLanguages.ts";
import type { Span } from "../../offline/analysis.ts";
import type { ModelRun } from "../modelRun.ts";
import type { UnitJob } from "../unitsToSend.ts";
import { claimKey, claimPlace } from "./claims.ts";
import { excerptAround, MAX_EXCERPT_LENGTH, signaturesIn, spanOfQuote } from "./excerpts.ts";

/** The file that claims are about. */
export interface LookedAtFile {
  /** Secrets already taken out. */
  readonly text: string;
  readonly language: string;
  readonly role: string;
  readonly signatures: UnitJob["unit"]["signatures"];
}

/** A claim with the code that it is judged by. */
export interface ClaimInCode extends LookKeys {
  readonly finding: UnitFinding;
  readonly file: LookedAtFile;
  readonly excerpt: Span;
}

/** What of a run the texts of its requests depend on. */
type LookSource = Pick<ModelRun, "contexts" | "pool" | "cancelSignal">;

export interface LookOptions {
  readonly run: LookSource;
  /** That the claims' review is stored under. */
  readonly unitKey: string;
  readonly recipe: string;
}

/** @returns those whose code is still what they quote */
export async function prepareLook(
  { file, unit }: UnitJob,
  open: readonly UnitFinding[],
  { run, unitKey, recipe }: LookOptions,
): Promise<readonly ClaimInCode[] | { readonly failure: string }> {
  const { folder } = run.contexts[file.folder]!;
  // The whole file also for a part of one: a declaration may have been cut in two.
  const prepared = await run.pool.prepare({ absolutePath: file.absolutePath, folder }, run.cancelSignal);
  if (!prepared.ok) return { failure: prepared.message };
  const { text } = prepared;
  const language = file.language ?? "plaintext";
  const role = fileRole(file.path);
  const symbols = text.length > MAX_EXCERPT_LENGTH ? await symbolsOf() : [];
  const offset = (unit.lines?.start ?? 1) - 1;
  const lookedAt: LookedAtFile = { text, language, role, signatures: unit.signatures };
  return open.flatMap((finding): ClaimInCode[] => {
    const span = spanOfQuote(text, { ...finding, startLine: finding.startLine + offset });
    if (!span) return [];
    const excerpt = excerptAround(text, symbols, span);
    const code = text.slice(excerpt.start, excerpt.end);
    const evidence = { language, role, excerpt: code, signatures: signaturesIn(code, unit.signatures) };
    const keys = { key: claimKey(finding, evidence, recipe), place: claimPlace(unitKey, finding, recipe) };
    return [{ finding, file: lookedAt, excerpt, ...keys }];
  });

  async function symbolsOf() {
    if (!outlineLanguage(language) || !prepared.ok) return [];
    const { contentHash } = prepared;
    const task = { absolutePath: file.absolutePath, folder, language, contentHash };
    const [outlined] = await run.pool.outline([task], run.cancelSignal);
    return outlined?.ok && outlined.contentHash === contentHash ? outlined.outline.symbols : [];
  }
}
