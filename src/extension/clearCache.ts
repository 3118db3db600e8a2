import * as vscode from "vscode";
import type { Engine } from "../core/engine.ts";
import { formatCount } from "../shared/format.ts";
import { t } from "../shared/localize.ts";

/** Forgets reviews after asking. Resolves with the number forgotten; null: the user kept them. */
export async function clearCache(engine: Engine): Promise<number | null> {
  const { reviews, analyses } = await engine.cache.stats();
  const accept = t("Clear Cache");
  const detail = [
    t(
      "{0} reviews by models and {1} offline analyses are stored on this machine, for all workspaces.",
      formatCount(reviews),
      formatCount(analyses),
    ),
    reviews > 0 ? t("Reviews were paid for: unchanged files will be sent and paid for again.") : "",
    t("The record of what was spent stays."),
  ];
  const options = { modal: true, detail: detail.filter(Boolean).join(" ") };
  const chosen = await vscode.window.showWarningMessage(t("Clear Onceover's cache?"), options, accept);
  if (chosen !== accept) return null;
  return engine.cache.clear();
}
