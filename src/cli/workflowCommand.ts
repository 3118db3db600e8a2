/** GitHub's workflow commands: lines of a step's log that its runner obeys. */
import { escapeLine } from "../shared/escapeText.ts";

export type AnnotationKind = "error" | "warning" | "notice";

export interface Annotation {
  readonly kind: AnnotationKind;
  readonly title: string;
  readonly message: string;
  /** Missing: the annotation is about the run. */
  readonly place?: {
    /** Relative to the checked-out repository. */
    readonly file: string;
    readonly line: number;
    readonly endLine: number;
    /** Taken only where the range lies in one line. */
    readonly columns: { readonly start: number; readonly end: number } | null;
  };
}

/** One line, without its end. */
export function workflowCommand({ kind, title, message, place }: Annotation): string {
  const properties = [
    ...(place ? [`file=${property(escapeLine(place.file))}`, `line=${place.line}`, `endLine=${place.endLine}`] : []),
    ...(place?.columns ? [`col=${place.columns.start}`, `endColumn=${place.columns.end}`] : []),
    `title=${property(escapeLine(title))}`,
  ];
  const shown = message.split(/\r?\n/).map(escapeLine).join("\n");
  return `::${kind} ${properties.join(",")}::${data(shown)}`;
}

/** As the runner's own toolkit writes it. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/**
 * Text for people in a log that the runner reads: what looks like a command in it (a path, a line of code, a model's
 * words) is broken up. The runner takes `::name` after any indentation, and `##[name]` anywhere.
 */
export function withoutWorkflowCommands(text: string): string {
  return text.replaceAll("##[", "# #[").replace(/^(\s*):(?=:)/gm, "$1: ");
}
