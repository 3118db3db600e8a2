/** Plants defects, has them looked for, and counts. */
import type { ContentFinding } from "../../src/core/offline/analysis.ts";
import { applyEdit } from "./findEdits.ts";
import type { Host } from "./hosts.ts";
import { familiesOf } from "./mutator.ts";
import type { Mutator, Shape } from "./mutator.ts";
import { plant, type Planted } from "./plant.ts";
import type { Positions } from "./positions.ts";
import { createRandom, type Random } from "./random.ts";
import type { Edit } from "./rewriter.ts";

type FoundRange = Pick<ContentFinding, "rule" | "startLine" | "endLine">;

export interface ReadableHost extends Host {
  readonly positions: Positions;
  /** Slips that its code allows, by rule. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
}

export interface RecallOptions {
  readonly mutators: readonly Mutator[];
  readonly languages: readonly string[];
  /** By language; those without one are not measured. */
  readonly hosts: ReadonlyMap<string, readonly ReadableHost[]>;
  analyze(text: string, language: string): Promise<readonly FoundRange[]>;
  /** Whether a text has no syntax error. */
  parses(text: string, language: string): Promise<boolean>;
  readonly seed: string;
  /** Of each rule and language; every shape is planted at least once however many there are. */
  readonly plants: number;
}

export interface Miss {
  /** Which of the mutator's shapes for the language, from 0. */
  readonly shape: number;
  readonly snippet: string;
  readonly host: string;
}

export interface RecallRow {
  readonly rule: string;
  readonly language: string;
  readonly planted: number;
  readonly found: number;
  readonly misses: readonly Miss[];
  /** Shapes that are no code in any place that was tried: the mutator's mistake. */
  readonly broken: readonly string[];
}

/** In the order of the mutators, then of the languages. */
export async function measureRecall(options: RecallOptions): Promise<RecallRow[]> {
  const rows: RecallRow[] = [];
  for (const mutator of options.mutators) {
    for (const language of options.languages) {
      const shapes = familiesOf(language).flatMap((family) => mutator.shapes[family] ?? []);
      const hosts = options.hosts.get(language) ?? [];
      if (shapes.length > 0 && hosts.length > 0)
        rows.push(await measureRow(mutator.rule, language, shapes, hosts, options));
    }
  }
  return rows;
}

async function measureRow(
  rule: string,
  language: string,
  shapes: readonly Shape[],
  hosts: readonly ReadableHost[],
  options: RecallOptions,
): Promise<RecallRow> {
  const random = createRandom(`${options.seed} ${rule} ${language}`);
  const misses: Miss[] = [];
  const broken: string[] = [];
  let planted = 0;
  const count = async (shape: number, one: SoundPlant | BrokenPlant) => {
    if ("broken" in one) {
      broken.push(one.broken);
      return;
    }
    planted++;
    const findings = await options.analyze(one.text, language);
    const found = findings.some((finding) => finding.rule === rule && overlaps(finding, one));
    if (!found) misses.push({ shape, snippet: one.snippet, host: one.host });
  };
  for (let index = 0; index < Math.max(options.plants, shapes.length); index++) {
    const shape = index % shapes.length;
    await count(shape, await plantSoundly(shapes[shape]!, language, hosts, random, options));
  }
  for (const one of chooseEdits(rule, hosts, random, options.plants)) {
    if (await options.parses(one.text, language)) await count(REWRITTEN - planted, one);
  }
  return { rule, language, planted, found: planted - misses.length, misses, broken };
}

/** Number of the first edit in place of a shape's: no two edits are alike. */
const REWRITTEN = -1;

/** @returns up to `most` different ones, of any of the files */
function chooseEdits(rule: string, hosts: readonly ReadableHost[], random: Random, most: number): SoundPlant[] {
  const all = hosts.flatMap((host) => (host.edits.get(rule) ?? []).map((edit) => ({ host, edit })));
  const chosen: SoundPlant[] = [];
  while (chosen.length < most && all.length > 0) {
    const [one] = all.splice(random.below(all.length), 1);
    chosen.push({ ...applyEdit(one!.host.text, one!.edit), host: one!.host.name });
  }
  return chosen;
}

interface SoundPlant extends Planted {
  readonly host: string;
}

interface BrokenPlant {
  readonly broken: string;
}

const ATTEMPTS = 4;

/** What makes a syntax error in one place (a template's text, a macro) is tried in another. */
async function plantSoundly(
  shape: Shape,
  language: string,
  hosts: readonly ReadableHost[],
  random: Random,
  options: RecallOptions,
): Promise<SoundPlant | BrokenPlant> {
  let broken = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const host = random.pick(hosts);
    const one = plant({ ...host, language, shape, random });
    if (await options.parses(one.text, language)) return { ...one, host: host.name };
    broken = one.snippet;
  }
  return { broken };
}

function overlaps(finding: FoundRange, { startLine, endLine }: Planted): boolean {
  return finding.startLine <= endLine && finding.endLine >= startLine;
}
