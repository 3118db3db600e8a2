/**
 * Checks what was saved, quietly: by the offline engine, or by the model where that was settled before. Findings change
 * in place; the run that is shown stays the one that somebody asked for. Knows nothing of VS Code.
 */
import type { Engine, PlanSummary, RunRequest } from "../../core/engine.ts";
import type { Logger } from "../../core/ports.ts";
import { isEditorOrigin, isLoopback, originsOfPlan } from "../../shared/endpoint.ts";
import { errorCode } from "../../shared/errors.ts";
import type { Report } from "../../shared/report.ts";
import type { Engines } from "../engines.ts";
import type { FindingsStore } from "../findingsStore.ts";
import type { Consents, WorkspaceMemory } from "../memory.ts";
import type { Outcome } from "../outcome.ts";
import { describeFailure, describeProblem } from "../problems.ts";
import type { RunInputs } from "../runController.ts";
import type { RunMirror } from "../runMirror.ts";
import type { KeyRing } from "../secrets.ts";
import { reportAsView } from "../webview/reportAsView.ts";
import { modelsOf } from "../consent.ts";
import { saveRefusal, type Refusal } from "./saveRefusal.ts";
import type { SaveStatus } from "./saveStatus.ts";

/** More than these are not sent for one save: they wait until somebody asks for them. */
const MAX_FILES_PER_SAVE = 20;

export interface CheckSavedOptions {
  readonly engines: Engines;
  /** Throws `invalid-setting` or `missing-folder`. */
  readonly readInputs: () => RunInputs;
  readonly mirror: RunMirror;
  readonly findings: FindingsStore;
  readonly memory: WorkspaceMemory;
  readonly consents: Consents;
  readonly keys: KeyRing;
  readonly status: SaveStatus;
  readonly tell: (outcome: Outcome) => void;
  readonly logger: Logger;
}

interface Check {
  readonly engine: Engine;
  readonly request: RunRequest;
  /** Stale, and left alone. */
  readonly staleFiles: number;
  readonly note: string | null;
}

/** Never rejects. */
export function createCheckSaved(options: CheckSavedOptions) {
  const { status, mirror, findings, memory, logger } = options;
  const told = new Set<string>();

  const tellOnce = ({ text, remedies, isTold }: Refusal) => {
    if (!isTold || told.has(text)) return;
    told.add(text);
    options.tell({ level: "info", text, remedies });
  };

  const show = async ({ engine, request }: Check) => {
    const { folders, trusted, only = [] } = request;
    const report = await engine.lastReport({ folders, trusted });
    if (!report || mirror.isActive()) return;
    findings.beginRun("some-files");
    findings.load(partOf(report, new Set(only)));
    mirror.restore(report, reportAsView(report));
    await memory.reportStored();
  };

  const carryOut = async (check: Check, signal: AbortSignal) => {
    const report = await check.engine.run(check.request, { signal });
    const { spentUsd, costUnknown } = status.current();
    const { usd, maybeBilledUsd, unknown, daily } = report.cost;
    const failure = report.run.error && !signal.aborted ? describeFailure(report.run.error).text : null;
    if (failure) logger.warn(`The check on save was stopped (${report.run.error?.code}).`);
    status.change({
      spentUsd: spentUsd + usd + maybeBilledUsd,
      costUnknown: costUnknown || unknown,
      daily: daily ?? status.current().daily,
      staleFiles: check.staleFiles,
      note: failure ?? check.note,
    });
    await show(check);
  };

  return async (paths: readonly string[], signal: AbortSignal): Promise<void> => {
    try {
      const inputs = options.readInputs();
      if (inputs.settings.analyzeOnSave === "off") return;
      status.change({ isChecking: true });
      await carryOut(await prepare(options, inputs, paths, tellOnce, signal), signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn(`The check on save failed (${errorCode(error)}).`);
      status.change({ note: describeProblem(error).text });
    } finally {
      status.change({ isChecking: false });
    }
  };
}

async function prepare(
  options: CheckSavedOptions,
  { settings, folders, trusted }: RunInputs,
  saved: readonly string[],
  refuse: (refusal: Refusal) => void,
  signal: AbortSignal,
): Promise<Check> {
  const engine = await options.engines.get(settings.engine);
  signal.throwIfAborted();
  const base = { folders, trusted };
  const offline: Check = { engine, request: { ...base, only: saved, onSave: "offline" }, staleFiles: 0, note: null };
  if (settings.analyzeOnSave !== "model" || settings.engine.provider === "offline" || !trusted) return offline;
  const request = { ...base, only: saved, onSave: "model" } as const;
  const plan = await planOrProblem(engine, request, signal);
  if ("refusal" in plan) {
    refuse(plan.refusal);
    return { ...offline, note: plan.refusal.text };
  }
  const refusal = await refusalOf(options, plan, settings.confirmAboveUsd);
  if (refusal) {
    refuse(refusal);
    return { ...offline, note: refusal.text };
  }
  const chosen = chooseFiles(saved, plan);
  return { ...offline, request: { ...request, only: chosen.only }, staleFiles: chosen.staleFiles };
}

/** A model that cannot even be planned with (of unknown price, say) is no reason to look at nothing. */
async function planOrProblem(
  engine: Engine,
  request: RunRequest,
  signal: AbortSignal,
): Promise<PlanSummary | { readonly refusal: Refusal }> {
  try {
    return await engine.estimate(request, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return { refusal: { ...describeProblem(error), isTold: true } };
  }
}

async function refusalOf(
  { consents, keys }: CheckSavedOptions,
  plan: PlanSummary,
  confirmAboveUsd: number | null,
): Promise<Refusal | null> {
  const origins = originsOfPlan(plan);
  // What is answered from the store needs nobody's leave.
  if (origins.length === 0 || plan.misses === 0) return null;
  const hasKey = async (origin: string) =>
    isLoopback(origin) || isEditorOrigin(origin) || (await keys.apiKey(plan.provider, origin)) !== undefined;
  const models = modelsOf(plan);
  return saveRefusal({
    plan,
    origins,
    hasAgreed: origins.every((origin) => models.every((model) => consents.has(origin, model))),
    hasKey: (await Promise.all(origins.map(hasKey))).every(Boolean),
    confirmAboveUsd,
  });
}

/** The saved files go first; those that hang on them only all together, or somebody would take the rest for reviewed. */
function chooseFiles(saved: readonly string[], { pending }: PlanSummary) {
  const users = pending.map(({ path }) => path).filter((path) => !saved.includes(path));
  const whole = [...saved, ...users];
  if (whole.length <= MAX_FILES_PER_SAVE) return { only: whole, staleFiles: 0 };
  const only = saved.slice(0, MAX_FILES_PER_SAVE);
  return { only, staleFiles: whole.length - only.length };
}

function partOf(report: Report, paths: ReadonlySet<string>): Report {
  const isIn = ({ path }: { readonly path: string }) => paths.has(path);
  return { ...report, files: report.files.filter(isIn), findings: report.findings.filter(isIn) };
}
