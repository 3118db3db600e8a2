import * as vscode from "vscode";
import { plainMessage } from "./plainMessage.ts";
import type { Problem } from "./problems.ts";

const showers = {
  info: vscode.window.showInformationMessage,
  warning: vscode.window.showWarningMessage,
  error: vscode.window.showErrorMessage,
} as const;

/** One message with the buttons that help; resolves when it is gone. */
export async function tellProblem(level: "info" | "warning" | "error", problem: Problem): Promise<void> {
  const titles = problem.remedies.map((remedy) => remedy.title);
  const chosen = await showers[level](plainMessage(problem.text), ...titles);
  const remedy = problem.remedies.find((one) => one.title === chosen);
  if (remedy) await vscode.commands.executeCommand(remedy.command, ...(remedy.arguments ?? []));
}
