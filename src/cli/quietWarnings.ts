/** Some versions of Node announce node:sqlite as experimental on stderr. Every other warning still shows. */
export function quietWarnings(target: Pick<NodeJS.Process, "emitWarning">): void {
  const emit = target.emitWarning.bind(target) as (...args: unknown[]) => void;
  target.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    const text = typeof warning === "string" ? warning : warning.message;
    if (!/\bsqlite\b/i.test(text) || !isExperimental(warning, rest[0])) emit(warning, ...rest);
  }) as NodeJS.Process["emitWarning"];
}

function isExperimental(warning: string | Error, options: unknown): boolean {
  const type = typeof options === "object" && options !== null ? (options as { type?: unknown }).type : options;
  return type === "ExperimentalWarning" || (typeof warning !== "string" && warning.name === "ExperimentalWarning");
}
