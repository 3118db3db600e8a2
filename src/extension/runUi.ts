import * as vscode from "vscode";
import type { PromptDocuments } from "./promptDocuments.ts";
import type { RunUi } from "./runController.ts";
import type { RunMirror } from "./runMirror.ts";
import { loadChunk } from "./chunks.ts";
import { formatUsd } from "../shared/format.ts";
import { t } from "../shared/localize.ts";
import { progressText } from "./runProgress.ts";
import { tellProblem } from "./tellProblem.ts";

const SHOW_AFTER_MS = 400;
const UPDATE_EVERY_MS = 250;

/** Questions, progress and messages of a run, as VS Code shows them. */
export function createRunUi(mirror: RunMirror, documents: PromptDocuments): RunUi {
  return {
    async confirm(question, preview) {
      const options = { modal: true, detail: question.detail };
      const look = t("Preview the Prompt…");
      while (!preview.signal.aborted) {
        const chosen = await vscode.window.showInformationMessage(question.title, options, question.accept, look);
        // Answered after the run was cancelled: VS Code cannot close the question, and nobody waits for its answer.
        if (preview.signal.aborted) return false;
        if (chosen !== look) return chosen === question.accept;
        const { showPromptPreview } = await loadChunk(() => import("./previewPrompt.ts"));
        await showPromptPreview(documents, preview);
      }
      return false;
    },
    async agreeToMore({ atMostUsd, spentUsd, nextAtMostUsd }) {
      const [atMost, spent, next] = [atMostUsd, spentUsd, nextAtMostUsd].map((usd) => formatUsd(usd, "row"));
      const text = t(
        "The review was to cost at most {0}. {1} is spent, and the rest may take it to {2}. Go on?",
        atMost!,
        spent!,
        next!,
      );
      const goOn = t("Go On");
      return (await vscode.window.showWarningMessage(text, goOn, t("Stop Here"))) === goOn;
    },
    isInBackground: () => !vscode.window.state.focused,
    showProgress(done, cancel) {
      void vscode.window.withProgress({ location: { viewId: "onceover.findings" } }, () => done);
      // A run that is answered from the cache is over before a notification could be read.
      const timer = setTimeout(() => showNotification(mirror, done, cancel), SHOW_AFTER_MS);
      void done.finally(() => clearTimeout(timer));
    },
    tell: ({ level, ...problem }) => void tellProblem(level, problem),
  };
}

function showNotification(mirror: RunMirror, done: Promise<void>, cancel: () => void): void {
  const options = { location: vscode.ProgressLocation.Notification, title: "Onceover", cancellable: true };
  void vscode.window.withProgress(options, async (progress, token) => {
    let shown = 0;
    const update = () => {
      const { message, percent } = progressText(mirror.current(), performance.now(), mirror.isAsking());
      const increment = percent === null ? 0 : Math.max(0, percent - shown);
      shown += increment;
      progress.report({ message, increment });
    };
    const timer = setInterval(update, UPDATE_EVERY_MS);
    const cancelling = token.onCancellationRequested(cancel);
    update();
    try {
      await done;
    } finally {
      clearInterval(timer);
      cancelling.dispose();
    }
  });
}
