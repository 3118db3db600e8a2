/** The request of a second look: the code around each claim as it is now, without secrets. */
import type { ModelRequest } from "../../model/model.ts";
import type { LookKeys, UnitFinding } from "../../store/storedReview.ts";
import { fileRole } from "../../workspace/language.ts";
import { outlineLanguage } from "../../workspace/outline/outlineLanguages.ts";
import { sha256 } from "../keys.ts";
import type { ModelRun } from "../modelRun.ts";
import type { UnitJob } from "../unitsToSend.ts";
import { claimKey, claimPlace } from "./claims.ts";
import { excerptAround, MAX_EXCERPT_LENGTH, mergeSpans, signaturesIn, spanOfQuote } from "./excerpts.ts";
import { buildRefuterRequest } from "./refuterPrompt.ts";

/** A claim with the code that it is judged by. */
export interface ClaimInCode extends LookKeys {
  readonly finding: UnitFinding;
  readonly excerpt: { readonly start: number; readonly end: number };
}

export interface PreparedLook {
  /** Those whose code is still what they quote. */
  readonly claims: readonly ClaimInCode[];
  /** For some of the claims. */
  request(asked: readonly ClaimInCode[]): LookRequest;
}

export interface LookRequest {
  /** Of the whole request. */
  readonly key: string;
  readonly request: ModelRequest;
  /** All code in it. */
  readonly seen: readonly string[];
}

/** What of a run the texts of its requests depend on. */
type LookSource = Pick<ModelRun, "contexts" | "pool" | "cancelSignal">;

/** @param unitKey that the claims' review is stored under */
export async function prepareLook(
  { file, unit }: UnitJob,
  open: readonly UnitFinding[],
  { run, unitKey, recipe }: { readonly run: LookSource; readonly unitKey: string; readonly recipe: string },
): Promise<PreparedLook | { readonly failure: string }> {
  const { folder } = run.contexts[file.folder]!;
  // The whole file also for a part of one: a declaration may have been cut in two.
  const prepared = await run.pool.prepare({ absolutePath: file.absolutePath, folder }, run.cancelSignal);
  if (!prepared.ok) return { failure: prepared.message };
  const { text } = prepared;
  const language = file.language ?? "plaintext";
  const role = fileRole(file.path);
  const symbols = text.length > MAX_EXCERPT_LENGTH ? await symbolsOf() : [];
  const offset = (unit.lines?.start ?? 1) - 1;
  const claims = open.flatMap((finding): ClaimInCode[] => {
    const span = spanOfQuote(text, { ...finding, startLine: finding.startLine + offset });
    if (!span) return [];
    const excerpt = excerptAround(text, symbols, span);
    const code = text.slice(excerpt.start, excerpt.end);
    const evidence = { language, role, excerpt: code, signatures: signaturesIn(code, unit.signatures) };
    return [
      { finding, excerpt, key: claimKey(finding, evidence, recipe), place: claimPlace(unitKey, finding, recipe) },
    ];
  });
  return { claims, request };

  async function symbolsOf() {
    if (!outlineLanguage(language) || !prepared.ok) return [];
    const { contentHash } = prepared;
    const task = { absolutePath: file.absolutePath, folder, language, contentHash };
    const [outlined] = await run.pool.outline([task], run.cancelSignal);
    return outlined?.ok && outlined.contentHash === contentHash ? outlined.outline.symbols : [];
  }

  function request(asked: readonly ClaimInCode[]): LookRequest {
    const spans = mergeSpans(asked.map(({ excerpt }) => excerpt));
    const excerpts = spans.map(({ start, end }) => text.slice(start, end));
    const signatures = signaturesIn(excerpts.join("\n"), unit.signatures);
    const isWhole = spans.length === 1 && excerpts[0]!.length === text.length;
    const findings = asked.map(({ finding }) => finding);
    return {
      key: sha256(JSON.stringify(["onceover-look-request/1", asked.map(({ key }) => key)])),
      request: buildRefuterRequest(
        { language, role, isWhole, excerpts, signatures },
        findings,
        `onceover-look-${recipe.slice(0, 8)}`,
      ),
      seen: [...excerpts, signatures],
    };
  }
}
