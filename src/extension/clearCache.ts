import * as vscode from "vscode";
import type { Engine } from "../core/engine.ts";

/** Forgets reviews after asking. Resolves with the number forgotten; null: the user kept them. */
export async function clearCache(engine: Engine): Promise<number | null> {
  const { reviews, analyses } = await engine.cache.stats();
  const accept = "Clear Cache";
  const detail = [
    `${reviews} reviews by models and ${analyses} offline analyses are stored on this machine, for all workspaces.`,
    reviews > 0 ? "Reviews were paid for: unchanged files will be sent and paid for again." : "",
    "The record of what was spent stays.",
  ];
  const options = { modal: true, detail: detail.filter(Boolean).join(" ") };
  const chosen = await vscode.window.showWarningMessage("Clear Onceover's cache?", options, accept);
  if (chosen !== accept) return null;
  return engine.cache.clear();
}
