/** The offline engine itself: one file in, findings or redacted text out. Runs in a worker thread. */
import type { Language, Tree } from "web-tree-sitter";
import type {
  AnalyzeResult,
  AnalyzeTask,
  ContentFinding,
  OutlineResult,
  OutlineTask,
  PrepareResult,
  PrepareTask,
  RedactResult,
} from "./analysis.ts";
import { describeError } from "../../shared/errors.ts";
import { findComplexFunctions, type ComplexityRules } from "./complexity.ts";
import { isTestText } from "./contextChecks.ts";
import { createMetricsReader, type MetricsReader } from "./functionMetrics.ts";
import { createForeignPlaces } from "./foreignCode.ts";
import { languageSupport } from "./languages.ts";
import { createLineIndex } from "./lineIndex.ts";
import { isInLongText } from "./longTexts.ts";
import { createOutlineReader } from "./outlineReader.ts";
import { parsedPart } from "./parsedPart.ts";
import type { RawFinding } from "./rawFinding.ts";
import { readTextFile } from "./readTextFile.ts";
import { redact } from "./redact.ts";
import { readRuleAsset } from "./ruleAsset.ts";
import { parseRules, type Rule } from "./ruleFile.ts";
import { createRuleRunner, type RuleRunner } from "./ruleRunner.ts";
import { samplesAsRemarks } from "./sampleSecrets.ts";
import { secretFindings } from "./secretFindings.ts";
import { createSecretDetector, type SecretSpan } from "./secrets.ts";
import { settleFindings } from "./settleFindings.ts";
import { createSyntax } from "./syntax.ts";
import { createCompileCount } from "./withoutTierUp.ts";
import { createUserRuleRunner, type UserRuleRunner } from "./userRuleRunner.ts";

export interface Analyzer {
  /** Never throws: what goes wrong is the result. */
  analyze(task: AnalyzeTask): Promise<AnalyzeResult>;
  prepare(task: PrepareTask): Promise<PrepareResult>;
  outline(task: OutlineTask): Promise<OutlineResult>;
  redact(text: string): Promise<RedactResult>;
  /** Findings of a text that is already in memory; what is wrong with the team's own rules is added to their notices. */
  analyzeText(text: string, language: string, kind: AnalyzeTask["kind"], own?: OwnRules): Promise<ContentFinding[]>;
}

interface OwnRules {
  readonly packed: string;
  readonly notices: string[];
}

interface LanguageTools {
  readonly grammar: Language;
  readonly rules: RuleRunner;
  readonly metrics: MetricsReader;
}

/** @param compileCount shared by all analyzers of the process */
export async function createAnalyzer(compileCount = createCompileCount()): Promise<Analyzer> {
  const rules = parseRules(JSON.parse(readRuleAsset()) as Record<string, string>);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const complexity: ComplexityRules = { complex: byId.get("complex-function")!, long: byId.get("long-function")! };
  const detector = await createSecretDetector();
  const toolsFor = createToolbox(rules, complexity.complex);
  const userRunnerFor = createUserRunners();
  let syntax: ReturnType<typeof createSyntax> | undefined;
  const openSyntax = () => (syntax ??= createSyntax(compileCount));
  const readOutline = createOutlineReader(
    openSyntax,
    detector,
    async (parser, language) => (await toolsFor(parser, language)).metrics,
  );

  const analyzeText: Analyzer["analyzeText"] = async (text, language, kind, own) => {
    const secrets = await detector.find(text);
    const inCode = kind === "source";
    let found = withoutMadeUpSecrets(samplesAsRemarks(secretFindings(secrets, byId), text, inCode), text);
    if (kind === "source" && languageSupport(language) && text.trim() !== "") {
      const parser = await openSyntax();
      const tools = await toolsFor(parser, language);
      const parsed = parsedPart(text);
      const tree = parser.parse(tools.grammar, parsed);
      try {
        found = found.map((one) => (isAssigned(one) && isInLongText(tree, one) ? asRemark(one) : one));
        const isForeign = createForeignPlaces(text);
        const ours = (one: RawFinding) => (isForeign(one) ? asRemark(one) : one);
        found.push(...structuralFindings(tree, parsed, tools, complexity).map(ours));
        if (own) {
          const user = userRunnerFor(tools.grammar, language, own.packed).run(tree, parsed);
          found.push(...user.found);
          own.notices.push(...user.notices);
        }
      } finally {
        tree.delete();
      }
    }
    return settleFindings(found, text, secrets, createLineIndex(text));
  };

  return {
    analyzeText,
    async analyze(task) {
      const startedAtMs = performance.now();
      try {
        const { contentHash, text } = readTextFile(task.absolutePath, task.folder);
        const own = task.userRules === undefined ? undefined : { packed: task.userRules, notices: [] as string[] };
        const findings = await analyzeText(text, task.language, task.kind, own);
        const parseMs = performance.now() - startedAtMs;
        return { ok: true, contentHash, findings, parseMs, ...(own?.notices.length && { notices: own.notices }) };
      } catch (error) {
        return { ok: false, message: describeError(error) };
      }
    },
    async prepare(task) {
      try {
        const { contentHash, text } = readTextFile(task.absolutePath, task.folder);
        return { ok: true, contentHash, ...cut(text, await detector.find(text), task) };
      } catch (error) {
        return { ok: false, message: describeError(error) };
      }
    },
    async outline(task) {
      try {
        const { contentHash, text } = readTextFile(task.absolutePath, task.folder);
        return { ok: true, contentHash, outline: await readOutline(text, task.language) };
      } catch (error) {
        return { ok: false, message: describeError(error) };
      }
    },
    async redact(text) {
      try {
        return { ok: true, text: redact(text, await detector.find(text)) };
      } catch (error) {
        return { ok: false, message: describeError(error) };
      }
    },
  };
}

function structuralFindings(tree: Tree, text: string, tools: LanguageTools, rules: ComplexityRules): RawFinding[] {
  return [...(tools.rules.run(tree, text) ?? []), ...findComplexFunctions(tree, text, tools.metrics, rules)];
}

const asRemark = (finding: RawFinding): RawFinding => ({ ...finding, severity: "info" });

const isAssigned = ({ rule }: RawFinding) => rule.id === "hardcoded-secret";

/** What tests call a password is made up; keys in a provider's form are keys there too. */
function withoutMadeUpSecrets(found: RawFinding[], text: string): RawFinding[] {
  return found.some(isAssigned) && isTestText(text) ? found.filter((one) => !isAssigned(one)) : found;
}

/** Queries are compiled once per language and thread. */
function createToolbox(rules: readonly Rule[], complex: Rule) {
  const toolbox = new Map<string, Promise<LanguageTools>>();
  const make = async (syntax: Awaited<ReturnType<typeof createSyntax>>, language: string): Promise<LanguageTools> => {
    const { families } = languageSupport(language)!;
    const grammar = (await syntax.grammar(language))!;
    const metrics = families.map((family) => complex.patterns.get(family) ?? "").join("\n");
    let runner: RuleRunner | undefined;
    return {
      grammar,
      // Takes as long as hundreds of outlines, which do without (measured for TypeScript: 0.4 s).
      get rules() {
        return (runner ??= createRuleRunner(grammar, families, rules));
      },
      metrics: createMetricsReader(grammar, metrics),
    };
  };
  return (syntax: Awaited<ReturnType<typeof createSyntax>>, language: string): Promise<LanguageTools> => {
    const tools = toolbox.get(language) ?? make(syntax, language);
    toolbox.set(language, tools);
    return tools;
  };
}

/** Those of the newest rules are kept: whoever edits a rule runs it again and again. */
function createUserRunners() {
  let current = "";
  const runners = new Map<string, UserRuleRunner>();
  return (grammar: Language, language: string, packed: string): UserRuleRunner => {
    if (packed !== current) runners.clear();
    current = packed;
    const runner = runners.get(language) ?? createUserRuleRunner(grammar, languageSupport(language)!.families, packed);
    runners.set(language, runner);
    return runner;
  };
}

/** Redacted first, then cut: a secret may begin before the chunk. */
function cut(text: string, secrets: readonly SecretSpan[], { startLine, endLine }: PrepareTask) {
  const redacted = redact(text, secrets);
  if (startLine === undefined && endLine === undefined) {
    return { text: redacted, redactions: secrets.map(({ start, end }) => ({ start, end })) };
  }
  const lines = createLineIndex(text);
  const from = lines.lineStart(startLine ?? 1);
  const to = endLine === undefined ? text.length : lines.lineStart(endLine + 1);
  const redactions = secrets
    .filter(({ start, end }) => end > from && start < to)
    .map(({ start, end }) => ({ start: Math.max(start, from) - from, end: Math.min(end, to) - from }));
  return { text: redacted.slice(from, to), redactions };
}
