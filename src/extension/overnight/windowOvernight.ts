/** Reviews at half price, in the window: submitted after the usual question, collected while the window is open. */
import * as vscode from "vscode";
import type { Engine, RunRequest } from "../../core/engine.ts";
import type { Logger } from "../../core/ports.ts";
import type { OvernightCollection, OvernightStatus } from "../../core/review/overnight/overnight.ts";
import { describeError } from "../../shared/errors.ts";
import { formatUsd } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import type { Memento } from "../memory.ts";
import type { Agreed } from "../mayBeSent.ts";
import { OVERNIGHT_MARK, type OvernightNote } from "./overnightNote.ts";

/** Providers need hours; nobody waits for the minute. */
const COLLECT_EVERY_MS = 5 * 60_000;
/** A modal question has a button of its own to end it. */
const NEVER = new AbortController().signal;

export interface WindowOvernightOptions {
  readonly note: OvernightNote;
  readonly globalState: Memento;
  readonly logger: Logger;
  /** For what is stored, whatever the settings are. */
  engine(): Promise<Engine>;
  /** The engine of the settings as they are now, with what a run would be about. */
  prepare(): Promise<{ readonly engine: Engine; readonly request: RunRequest }>;
  /** Asks what has to be asked before code is sent; null: the user did not agree. */
  agree(engine: Engine, request: RunRequest, signal: AbortSignal): Promise<Agreed | null>;
  /** A run about what is stored, which costs nothing, and its report. */
  showReport(): Promise<void>;
  /** @returns what ends it */
  every(ms: number, callback: () => void): () => void;
}

export interface WindowOvernight {
  submit(): Promise<void>;
  /** Asked for: says also that nothing has come. */
  collect(): Promise<void>;
  cancel(): Promise<void>;
  /** Goes on collecting what an earlier window has submitted. */
  resume(): Promise<void>;
  dispose(): void;
}

export function createWindowOvernight(options: WindowOvernightOptions): WindowOvernight {
  const { note, globalState, logger } = options;
  let stopTimer: (() => void) | undefined;
  let collecting: Promise<OvernightCollection> | undefined;

  const follow = async (status: OvernightStatus) => {
    const open = status.batches.filter(({ state }) => state !== "collected" && state !== "refused");
    const atMostUsd = open.reduce((sum, batch) => sum + batch.atMostUsd, 0);
    note.change(open.length > 0 ? { units: status.outstanding, atMostUsd } : null);
    await globalState.update(OVERNIGHT_MARK, open.length > 0 ? true : undefined);
    if (open.length > 0) stopTimer ??= options.every(COLLECT_EVERY_MS, () => void collectQuietly());
    else {
      stopTimer?.();
      stopTimer = undefined;
    }
  };

  /** One at a time: who asks meanwhile gets the same answer. */
  const collectOnce = () =>
    (collecting ??= (async () => {
      const collection = await (await options.engine()).overnight.collect();
      for (const problem of collection.problems) logger.warn(`Overnight: ${problem}`);
      await follow(collection);
      return collection;
    })().finally(() => (collecting = undefined)));

  const tell = async (collection: OvernightCollection) => {
    const show = t("Show Report");
    const chosen = await vscode.window.showInformationMessage(collectedText(collection), show);
    if (chosen === show) await options.showReport();
  };

  const collectQuietly = async () => {
    try {
      const collection = await collectOnce();
      if (collection.reviewed + collection.failed + collection.expired > 0) await tell(collection);
    } catch (error) {
      logger.warn(`Overnight: ${describeError(error)}`);
    }
  };

  return {
    async submit() {
      const { engine, request } = await options.prepare();
      const asked = { ...request, overnight: true };
      // Nothing is said to be on its way before its user has agreed.
      const agreed = await options.agree(engine, asked, NEVER);
      if (!agreed) return;
      const submission = await withProgress(t("Submitting overnight"), async (progress, signal) =>
        engine.overnight.submit(asked, {
          signal,
          ...agreed,
          onProgress: (done, total) => progress.report({ message: t("{0} of {1}", done, total) }),
        }),
      );
      await follow(await engine.overnight.status());
      const { submitted, atMostUsd, beyondBudget, problem } = submission;
      const words = [
        submitted === 0
          ? beyondBudget > 0
            ? t("Nothing was submitted.")
            : t("Nothing was submitted: all of it is reviewed, or submitted already.")
          : tCount(
              submitted,
              "{0} review submitted overnight, for at most {1}. It is collected while a window is open.",
              "{0} reviews submitted overnight, for at most {1}. They are collected while a window is open.",
              formatUsd(atMostUsd),
            ),
        ...(beyondBudget > 0
          ? [tCount(beyondBudget, "The budget has no room for {0} more.", "The budget has no room for {0} more.")]
          : []),
        ...(problem === null ? [] : [problem]),
      ];
      const show = problem === null ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
      void show(words.join(" "));
    },
    async collect() {
      const collection = await withProgress(t("Collecting overnight reviews"), collectOnce);
      const [problem] = collection.problems;
      if (collection.reviewed + collection.failed + collection.expired > 0) return tell(collection);
      if (problem !== undefined) void vscode.window.showWarningMessage(problem);
      else void vscode.window.showInformationMessage(waitingText(collection));
    },
    async cancel() {
      const { outstanding } = await (await options.engine()).overnight.status();
      if (outstanding === 0) return void vscode.window.showInformationMessage(t("Nothing is submitted overnight."));
      const yes = t("Cancel Them");
      const title = tCount(outstanding, "Cancel {0} Overnight Review?", "Cancel {0} Overnight Reviews?");
      const detail = t("What the provider has done by now is kept, and billed at half price.");
      if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, yes)) !== yes) return;
      const collection = await (await options.engine()).overnight.cancel();
      await follow(collection);
      const [problem] = collection.problems;
      void vscode.window.showInformationMessage(problem ?? waitingText(collection));
    },
    async resume() {
      await follow(await (await options.engine()).overnight.status());
      if (note.current()) await collectQuietly();
    },
    dispose: () => stopTimer?.(),
  };
}

function collectedText({ reviewed, failed, expired, costUsd, outstanding }: OvernightCollection): string {
  const more = [
    ...(failed > 0 ? [t("{0} failed", failed)] : []),
    ...(expired > 0 ? [t("{0} not done, and not billed", expired)] : []),
    ...(outstanding > 0 ? [t("{0} outstanding", outstanding)] : []),
  ];
  const came = tCount(
    reviewed,
    "{0} overnight review is in, for {1}.",
    "{0} overnight reviews are in, for {1}.",
    formatUsd(costUsd),
  );
  return more.length > 0 ? `${came} ${more.join(", ")}.` : came;
}

function waitingText({ outstanding }: OvernightStatus): string {
  if (outstanding === 0) return t("Nothing is submitted overnight.");
  return tCount(outstanding, "{0} overnight review is outstanding.", "{0} overnight reviews are outstanding.");
}

type Progress = vscode.Progress<{ message?: string }>;

async function withProgress<T>(
  title: string,
  work: (progress: Progress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const cancelling = token.onCancellationRequested(() => abort.abort());
    try {
      return await work(progress, abort.signal);
    } finally {
      cancelling.dispose();
    }
  });
}
