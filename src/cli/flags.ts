/** The flags of each command: what `--help` prints and what the parser accepts come from here. */

export type Command = "analyze" | "overnight" | "hotspots" | "tool" | "cache" | "models";

export interface Flag {
  /** What its value is called in `--help`; undefined: it takes none. */
  readonly value?: string;
  readonly isRepeatable?: boolean;
  readonly help: string;
  readonly commands: readonly Command[];
}

const EVERYWHERE: readonly Command[] = ["analyze", "overnight", "hotspots", "tool", "cache", "models"];
const ANALYZE: readonly Command[] = ["analyze"];
const FILES: readonly Command[] = ["analyze", "hotspots"];
const STORE: readonly Command[] = ["analyze", "overnight", "hotspots", "tool", "cache"];

export const FLAGS: Readonly<Record<string, Flag>> = {
  provider: { value: "NAME", help: "offline (default), openai, anthropic or ollama", commands: ["analyze", "models"] },
  model: { value: "NAME", help: "the model that reviews", commands: ANALYZE },
  "base-url": {
    value: "URL",
    help: "a server that speaks the provider's protocol; default: its own",
    commands: ["analyze", "overnight", "models"],
  },
  endpoint: {
    value: "URL",
    isRepeatable: true,
    help: "a further server with the same model, to share the load; repeatable",
    commands: ANALYZE,
  },
  "strong-model": {
    value: "NAME",
    help: "the provider's model for complex or security-sensitive files; default: one for all",
    commands: ANALYZE,
  },
  "no-refute": { help: "take errors as the model claims them; default: a second look first", commands: ANALYZE },
  price: {
    value: "IN:OUT[:CACHED]",
    help: "the model's price, US dollars per million tokens; overrides the price list",
    commands: ANALYZE,
  },
  budget: { value: "USD|none", help: "wall for what the run may cost; default 1.00", commands: ANALYZE },
  "daily-budget": {
    value: "USD|none",
    help: "wall for what this day may cost, runs in the editor included; default none",
    commands: ANALYZE,
  },
  "service-tier": {
    value: "NAME",
    help: "openai: default, flex (half price, slow) or flex-or-default (usual price if refused)",
    commands: ANALYZE,
  },
  overnight: { help: "submit as batches, at half price; results within a day", commands: ANALYZE },
  "no-wait-batch": { help: "send, and pay for, again what was submitted overnight", commands: ANALYZE },
  estimate: { help: "print the plan and the quote; send nothing", commands: ANALYZE },
  concurrency: { value: "N", help: "most requests at a time, 1 to 256; default 16", commands: ANALYZE },
  include: { value: "GLOB", isRepeatable: true, help: "only these files; repeatable", commands: FILES },
  exclude: { value: "GLOB", isRepeatable: true, help: "not these files; repeatable", commands: [...FILES, "tool"] },
  since: { value: "REF", help: "only files that differ from this git revision", commands: ANALYZE },
  "fail-on": {
    value: "LEVEL",
    help: "error, warning, info or never (default): exit 1 from there up",
    commands: ANALYZE,
  },
  format: {
    value: "NAME",
    help: "pretty (default) or json; for analyze also sarif, markdown or github (annotations)",
    commands: EVERYWHERE,
  },
  output: { value: "FILE", help: "write the result to FILE instead of stdout", commands: ANALYZE },
  trace: { value: "FILE", help: "write where the time went to FILE, for Perfetto or speedscope", commands: ANALYZE },
  "cache-dir": {
    value: "DIR",
    help: "where reviews and the ledger lie; default: shared with the editor",
    commands: STORE,
  },
  "team-folder": {
    value: "DIR",
    help: "where a team shares what it has paid for (a network drive, say); default: nowhere",
    commands: ANALYZE,
  },
  "no-cache": { help: "reuse no stored answer; what is paid for is stored all the same", commands: ANALYZE },
  diagnostics: {
    help: "tool: run the folder's own TypeScript for problems; only in a folder you trust",
    commands: ["tool"],
  },
  calls: {
    value: "FILE",
    help: "tool batch: a JSON call a line, { tool, parameters }; - for stdin",
    commands: ["tool"],
  },
  "max-mb": { value: "N", help: "cache prune: size to keep; default 200", commands: ["cache"] },
  yes: { help: "cache erase: do it; it cannot be undone", commands: ["cache"] },
  quiet: { help: "no progress, only the result and errors", commands: EVERYWHERE },
  verbose: { help: "more about what happens; stack traces of errors", commands: EVERYWHERE },
  "no-color": { help: "no colour; NO_COLOR is honoured as well", commands: EVERYWHERE },
  help: { help: "this text", commands: EVERYWHERE },
  version: { help: "the version", commands: EVERYWHERE },
};

/** Known words that this version answers with one line rather than with "unknown". */
export const LATER_COMMANDS: readonly string[] = ["ask", "worker"];

const EXAMPLES = [
  ["onceover analyze", "review the current folder, free and offline"],
  ["onceover analyze src --provider openai --estimate", "what a model would cost"],
  ["onceover analyze --format json --output report.json", "for scripts"],
  ["onceover analyze --since origin/main --format github", "a pull request, in a GitHub workflow"],
] as const;

export function helpText(): string {
  return [
    "Onceover reviews a whole folder, once, and with the meter running.",
    "",
    "Usage",
    "  onceover analyze [PATH…]                   review folders; default: the current one",
    "  onceover overnight [status|collect|cancel] what was submitted with --overnight; default: status",
    "  onceover hotspots [PATH…]                  where to look first, free and offline",
    "  onceover tool NAME [--FLAG VALUE…] [PATH]  a read-only look at a folder, as JSON; see onceover tool list",
    "  onceover tool batch --calls FILE [PATH]    many of them at once",
    "  onceover cache stats|verify|prune|clear    look after stored reviews; clear keeps the ledger",
    "  onceover cache erase --yes                 forget all of it, the ledger too",
    "  onceover models                            models that can review, with list prices",
    "  onceover --version | --help",
    "",
    "Flags",
    ...Object.entries(FLAGS).map(([name, flag]) => flagLine(name, flag)),
    "",
    "Environment",
    "  ONCEOVER_API_KEY, else OPENAI_API_KEY      the key; sent to the chosen endpoint alone",
    "  ONCEOVER_API_KEY_2, _3, …                  the keys of what --endpoint names, in that order",
    "  OPENAI_BASE_URL                            the endpoint, where --base-url is not given",
    "",
    "Exit status",
    "  0 done · 1 findings at or above --fail-on · 2 usage, configuration, key or quota · 3 partial",
    "  4 budget reached · 5 storage failed · 130 cancelled",
    "",
    "Examples",
    ...EXAMPLES.map(([command, meaning]) => `  ${command.padEnd(53)}${meaning}`),
    "",
  ].join("\n");
}

function flagLine(name: string, flag: Flag): string {
  return `  ${`--${name}${flag.value ? ` ${flag.value}` : ""}`.padEnd(26)}${flag.help}`;
}
