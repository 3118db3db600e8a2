import * as vscode from "vscode";
import type { RunUi } from "./runController.ts";
import type { RunMirror } from "./runMirror.ts";
import { loadChunk } from "./chunks.ts";
import { t } from "../shared/localize.ts";
import { progressText } from "./runProgress.ts";
import { tellProblem } from "./tellProblem.ts";

const SHOW_AFTER_MS = 400;
const UPDATE_EVERY_MS = 250;

/** Questions, progress and messages of a run, as VS Code shows them. */
export function createRunUi(mirror: RunMirror): RunUi {
  return {
    async confirm(question, preview) {
      const first = { modal: true, detail: question.detail };
      const again = { modal: false };
      const look = t("Preview the Prompt…");
      // With a prompt on the screen the question must not cover it: from then on it is asked at the edge.
      for (let options = first as vscode.MessageOptions; ;) {
        const chosen = await vscode.window.showInformationMessage(question.title, options, question.accept, look);
        if (chosen !== look) return chosen === question.accept;
        const { showPromptPreview } = await loadChunk(() => import("./previewPrompt.ts"));
        if (await showPromptPreview(preview)) options = again;
      }
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
      const { message, percent } = progressText(mirror.current(), performance.now());
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
