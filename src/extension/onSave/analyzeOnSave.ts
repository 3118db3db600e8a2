import * as vscode from "vscode";

/** The user's own word alone: a workspace does not decide it. What it does not know is off. */
export function readAnalyzeOnSave(): "off" | "offline" | "model" {
  const set = vscode.workspace.getConfiguration("onceover").inspect<string>("analyzeOnSave");
  const value = set?.globalValue ?? set?.defaultValue;
  return value === "offline" || value === "model" ? value : "off";
}
