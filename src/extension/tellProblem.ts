import * as vscode from "vscode";
import { plainMessage } from "./plainMessage.ts";
import type { Problem } from "./problems.ts";

/** One message with the buttons that help; resolves when it is gone. */
export async function tellProblem(level: "warning" | "error", problem: Problem): Promise<void> {
  const titles = problem.remedies.map((remedy) => remedy.title);
  const show = level === "error" ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  const chosen = await show(plainMessage(problem.text), ...titles);
  const remedy = problem.remedies.find((one) => one.title === chosen);
  if (remedy) await vscode.commands.executeCommand(remedy.command, ...(remedy.arguments ?? []));
}
