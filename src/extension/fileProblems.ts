/** The problems that the editor shows, as the engine's tools ask for them. What Onceover itself has said is none. */
import * as vscode from "vscode";
import type { Ports } from "../core/ports.ts";

/** As diagnostics.ts signs what it shows. */
const OWN_SOURCE = "onceover";

type FileProblems = NonNullable<Ports["problems"]>;
type FileProblem = Awaited<ReturnType<FileProblems["of"]>>[number];

export function createFileProblems(): FileProblems {
  return {
    // Texts, not a count: a language server that says the same again has said nothing new.
    version: (absolutePath) => JSON.stringify(problemsIn(absolutePath)),
    of: async ({ absolutePath }) => problemsIn(absolutePath),
  };
}

function problemsIn(absolutePath: string): FileProblem[] {
  const all = vscode.languages.getDiagnostics(vscode.Uri.file(absolutePath));
  return all.filter(({ source }) => source !== OWN_SOURCE).map(problemOf);
}

function problemOf({ range, severity, source, code, message }: vscode.Diagnostic): FileProblem {
  const value = typeof code === "object" ? code.value : code;
  return {
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: severityOf(severity),
    source: source ?? "",
    code: value === undefined ? "" : String(value),
    message,
  };
}

function severityOf(severity: vscode.DiagnosticSeverity): FileProblem["severity"] {
  if (severity === vscode.DiagnosticSeverity.Error) return "error";
  return severity === vscode.DiagnosticSeverity.Warning ? "warning" : "info";
}
